"""Contact sheets: many pictures in one, in rows."""

from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image, ImageDraw

from ganart.media.letters import letters_of
from ganart.media.pictures import Pixels

Colour = tuple[int, int, int]
"""sRGB, 0 ... 255 each."""

COLOURS: Mapping[str, Colour] = {
    "dark": (23, 24, 26),
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "white": (255, 255, 255),
}
"""Backgrounds by name."""
MIN_CAPTION_PX = 9
"""Height below which a caption's letters run together."""


def contact_sheet(
    tiles: Sequence[Pixels],
    columns: int,
    gap_px: int = 2,
    background: Colour = (255, 255, 255),
    captions: Sequence[str] | None = None,
    caption_px: int = 0,
    margin_px: int | None = None,
) -> Pixels:
    """Lay out `tiles`, all (height, width, 3), row by row with a gap between and a margin around.

    The margin is the gap unless given.

    `captions`, one a tile, stand below the tiles, shortened where they are too long; their height
    is `caption_px`, or where that is 0 an eighth of a tile's width. Raises
    `ValueError` for no tiles, tiles of several sizes, or another number of captions.
    """
    if not tiles or columns < 1 or min(gap_px, margin_px or 0) < 0:
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
    edge = gap_px if margin_px is None else margin_px
    size = (2 * edge - gap_px + rows * down, 2 * edge - gap_px + columns * across, 3)
    sheet = np.empty(size, np.uint8)
    sheet[:] = background
    corners = [
        (edge + number % columns * across, edge + number // columns * down)
        for number in range(len(tiles))
    ]
    for tile, (left, top) in zip(tiles, corners, strict=True):
        sheet[top : top + height, left : left + width] = tile
    if captions is None:
        return sheet
    spots = [(left + width / 2, top + height + letters * 0.25) for left, top in corners]
    return written(sheet, captions, spots, letters, width)


def written(
    sheet: Pixels,
    captions: Sequence[str],
    spots: Sequence[tuple[float, float]],
    letters: int,
    width: int,
) -> Pixels:
    """Write each caption centred under its spot, at most `width` pixels wide."""
    image = Image.fromarray(sheet)
    draw = ImageDraw.Draw(image)
    font = letters_of(letters)
    ink = (0, 0, 0) if np.mean(sheet[0, 0]) > 127 else (255, 255, 255)
    for caption, spot in zip(captions, spots, strict=True):
        shown = " ".join(caption.split())
        while len(shown) > 1 and draw.textlength(shown, font) > width:
            shown = shown[:-2] + "…"
        draw.text(spot, shown, ink, font, anchor="ma")
    return np.array(image)
