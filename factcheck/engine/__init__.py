"""How the pipeline is run: in this process, or spread over others."""
