"""Contact sheets: many pictures in one, in rows."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ganart.media.pictures import Pixels

Colour = tuple[int, int, int]
"""sRGB, 0 ... 255 each."""

MIN_CAPTION_PX = 9
"""Height below which a caption's letters run together."""


def contact_sheet(
    tiles: Sequence[Pixels],
    columns: int,
    gap_px: int = 2,
    background: Colour = (255, 255, 255),
    captions: Sequence[str] | None = None,
    caption_px: int = 0,
) -> Pixels:
    """Lay out `tiles`, all (height, width, 3), row by row with a gap around each.

    `captions`, one a tile, stand below the tiles, shortened where they are too long; their height
    is `caption_px`, or where that is 0 an eighth of a tile's width. Raises
    `ValueError` for no tiles, tiles of several sizes, or another number of captions.
    """
    if not tiles or columns < 1 or gap_px < 0:
        raise ValueError("a sheet needs tiles, a column and a gap of 0 or more")
    height, width, _ = tiles[0].shape
    if any(tile.shape != tiles[0].shape for tile in tiles):
        raise ValueError("the tiles of a sheet must have one size")
    if captions is not None and len(captions) != len(tiles):
        raise ValueError(f"{len(captions)} captions for {len(tiles)} tiles")
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    letters = max(MIN_CAPTION_PX, caption_px or width // 8) if captions else 0
    across, down = width + gap_px, height + gap_px + round(letters * 1.5)
    sheet = np.empty((gap_px + rows * down, gap_px + columns * across, 3), np.uint8)
    sheet[:] = background
    corners = [
        (gap_px + number % columns * across, gap_px + number // columns * down)
        for number in range(len(tiles))
    ]
    for tile, (left, top) in zip(tiles, corners, strict=True):
        sheet[top : top + height, left : left + width] = tile
    if captions is None:
        return sheet
    spots = [(left + width / 2, top + height + letters * 0.25) for left, top in corners]
    return _with_captions(sheet, captions, spots, letters, width)


def _with_captions(
    sheet: Pixels,
    captions: Sequence[str],
    spots: Sequence[tuple[float, float]],
    letters: int,
    width: int,
) -> Pixels:
    """Write each caption centred under its spot, at most `width` pixels wide."""
    image = Image.fromarray(sheet)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(letters)
    ink = (0, 0, 0) if np.mean(sheet[0, 0]) > 127 else (255, 255, 255)
    for caption, spot in zip(captions, spots, strict=True):
        shown = " ".join(caption.split())
        while len(shown) > 1 and draw.textlength(shown, font) > width:
            shown = shown[:-2] + "…"
        draw.text(spot, shown, ink, font, anchor="ma")
    return np.array(image)
