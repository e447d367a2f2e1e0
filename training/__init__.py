"""How the shipped verifier weights are made: data in, ONNX and a model card out."""
