"""How much memory a painting needs, and the tiles that make it fit.

The figures were measured on a processor with `ru_maxrss`, for the whole process.
"""

from ganart.engine.style.optimizers import history_length

BASE_BYTES = 850 * 2**20
"""The program, torch and the network with its transformed filters."""
WHOLE_BYTES = 2400
"""For each pixel that is evaluated at once: the feature maps that the gradient needs."""
TILED_BYTES = 205
"""For each pixel of a picture in tiles: what the blocks of the network hand on."""
PICTURE_BYTES = 90
"""For each pixel beside that: the photo, the painting, its gradient and newest change."""
PAIR_BYTES = 24
"""For each pixel and each pair that L-BFGS remembers."""
TILES = (1024, 512, 256)
"""Sides that are chosen from, the largest that fits first."""
BUDGET_SHARE = 0.7
"""Share of the free memory that a painting may take."""


def memory_estimate(width: int, height: int, tile: int) -> int:
    """Return the bytes that the process needs at the peak; a `tile` of 0 is none."""
    pixels = width * height
    at_once = min(tile * tile, pixels) if tile else pixels
    held = PICTURE_BYTES + PAIR_BYTES * history_length(3 * pixels)
    if tile:
        held += TILED_BYTES
    return BASE_BYTES + WHOLE_BYTES * at_once + held * pixels


def choose_tile(width: int, height: int, free_bytes: int) -> int:
    """Return the side of the tiles, 0 where the picture fits whole or the free memory is unknown.

    Where not even the smallest tiles fit they are returned all the same.
    """
    budget = BUDGET_SHARE * free_bytes
    for tile in (0, *TILES):
        if not free_bytes or memory_estimate(width, height, tile) <= budget:
            return tile
    return TILES[-1]
