"""The letters of signatures and captions: the same on every computer, as recipes need them."""

from functools import lru_cache

from PIL import ImageFont

from ganart.resources import resource

_NO_LETTER = "\U0010ffff"
"""Drawn as any letter that the font lacks."""


@lru_cache(maxsize=8)
def letters_of(size_px: int) -> ImageFont.FreeTypeFont:
    """Return letters of a height: Latin, Greek, Cyrillic, Arabic, Hebrew and others."""
    return ImageFont.truetype(resource("fonts/DejaVuSans.ttf"), size_px)


def lacking(text: str) -> str:
    """Return the letters of a text, each once, that cannot be drawn."""
    font = letters_of(16)
    none = bytes(font.getmask(_NO_LETTER))
    return "".join(each for each in dict.fromkeys(text) if bytes(font.getmask(each)) == none)
