"""How a picture of any shape becomes a square for training."""

from PIL import Image

FRAMING_VERSION = 1
"""Counts up when `frame` gives other pixels than before, so that prepared pictures are remade."""


def frame(image: Image.Image, side: int, focus: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
    """Return the largest square of `image`, resized to `side` × `side` pixels.

    `focus` says where: of what is cut off, this share on the left and at the top.
    A whole-number ratio, up or down, averages or repeats whole pixels, which keeps enlarged pixel
    art crisp; any other ratio is resampled by Lanczos.
    """
    crop = min(image.size)
    left, top = int((image.width - crop) * focus[0]), int((image.height - crop) * focus[1])
    whole = crop % side == 0 or side % crop == 0
    return image.resize(
        (side, side),
        Image.Resampling.BOX if whole else Image.Resampling.LANCZOS,
        box=(left, top, left + crop, top + crop),
        # Shrinks very large pictures in two passes: much faster, and no difference to be seen.
        reducing_gap=None if whole else 3.0,
    )
