"""The contact sheet of a batch."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable
from ganart.media.pictures import Pixels
from ganart.media.sheets import Colour, contact_sheet

_BACKGROUND: Colour = (23, 24, 26)
_TILE_PX = 240
_MOST_PIXELS = 40_000_000
"""Of all tiles together; where there are too many for that, they are smaller."""
_GAP_PX = 8
_CAPTION_PX = 13


def sheet_of(results: Sequence[Path], stop: Callable[[], bool]) -> Pixels | None:
    """Return one picture of all results (of which some may be gone) with their names.

    None where there is none left, or when asked to stop.
    """
    side = min(_TILE_PX, math.isqrt(_MOST_PIXELS // max(1, len(results))))
    tiles, captions = [], []
    for path in results:
        if stop():
            return None
        try:
            picture = decode(path, _BACKGROUND, shortest=side)
        except Unreadable:
            continue
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        tile = Image.new("RGB", (side, side), _BACKGROUND)
        tile.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
        tiles.append(np.array(tile))
        captions.append(path.stem)
    if not tiles:
        return None
    columns = math.ceil(math.sqrt(len(tiles)))
    return contact_sheet(tiles, columns, _GAP_PX, _BACKGROUND, captions, _CAPTION_PX)
