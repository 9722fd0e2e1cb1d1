"""The studio without a window: the same engine from the command line."""
