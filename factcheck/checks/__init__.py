"""The deterministic tier: rules that can be read, tested and shown to the reader."""
