"""The GPU pack: torch for NVIDIA's graphics cards, fetched on request into the artist's own folder.

The installed program brings torch for the processor, and takes it from the pack instead once there
is one that works; see `ganart.runtime`. Imports no torch.
"""
