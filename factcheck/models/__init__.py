"""The two neural models, a sentence encoder and a verifier, each with two runtimes."""
