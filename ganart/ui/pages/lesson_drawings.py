"""The drawings on the covers of the lesson's chapters, as data.

Texts are marked for translation in context "lesson drawings".
"""

from collections.abc import Iterable
from itertools import pairwise

from ganart.text import QT_TRANSLATE_NOOP
from ganart.ui.widgets.diagram import Arrow, Box, Drawing, Kind

_GENERATOR = QT_TRANSLATE_NOOP("lesson drawings", "Generator")
_DISCRIMINATOR = QT_TRANSLATE_NOOP("lesson drawings", "Discriminator")
_NUMBERS = QT_TRANSLATE_NOOP("lesson drawings", "random numbers")
_MADE = QT_TRANSLATE_NOOP("lesson drawings", "generated pictures")
_YOURS = QT_TRANSLATE_NOOP("lesson drawings", "your pictures")
_VERDICT = QT_TRANSLATE_NOOP("lesson drawings", "real or not?")
_HINT = QT_TRANSLATE_NOOP("lesson drawings", "what would seem more real")
_ONE_STEP = QT_TRANSLATE_NOOP("lesson drawings", "one step a round")
_MORE_STEPS = QT_TRANSLATE_NOOP("lesson drawings", "three steps a round, each four times as far")
_ALWAYS = QT_TRANSLATE_NOOP("lesson drawings", "not real!")
_FIRST = QT_TRANSLATE_NOOP("lesson drawings", "learnt first")
_LAST = QT_TRANSLATE_NOOP("lesson drawings", "faded in last")
_MAPPING = QT_TRANSLATE_NOOP("lesson drawings", "mapping network")
_STYLE = QT_TRANSLATE_NOOP("lesson drawings", "style")
_FORMS = QT_TRANSLATE_NOOP("lesson drawings", "4 px: large forms")
_PARTS = QT_TRANSLATE_NOOP("lesson drawings", "8 px: their parts")
_EDGES = QT_TRANSLATE_NOOP("lesson drawings", "16 px: outlines")
_COLOURS = QT_TRANSLATE_NOOP("lesson drawings", "32 px: colours, details")
_TRAIN = QT_TRANSLATE_NOOP("lesson drawings", "Train")
_EXPLORE = QT_TRANSLATE_NOOP("lesson drawings", "Explore")
_STYLIZE = QT_TRANSLATE_NOOP("lesson drawings", "Stylize")
_GALLERY = QT_TRANSLATE_NOOP("lesson drawings", "Gallery")
_PHOTO = QT_TRANSLATE_NOOP("lesson drawings", "a photo and a painting")

_SQUARES = (("4 × 4", 0.8), ("8 × 8", 1.1), ("16 × 16", 1.5), ("32 × 32", 2.1))
"""Sides in pixels, and the columns of the squares that stand for them."""
_FLATNESS = 76 / 54
"""Rows of as much height as a column is wide."""


def _in_a_row(squares: Iterable[tuple[str, float]], top: float) -> tuple[Box, ...]:
    """Return squares beside each other, their middles in one line; the largest reaches the top."""
    boxes: list[Box] = []
    column, middle = 0.0, top + _FLATNESS * _SQUARES[-1][1] / 2
    for text, span in squares:
        height = _FLATNESS * span
        boxes.append(Box(text, column, middle - height / 2, span, height, Kind.NETWORK))
        column += span + 0.7
    return tuple(boxes)


def _chain(*places: int) -> tuple[Arrow, ...]:
    """Return arrows from each place to the next."""
    return tuple(Arrow(*pair) for pair in pairwise(places))


_SIMPLE = Drawing(
    10,
    5,
    (
        Box(_NUMBERS, 0, 1, 1.8),
        Box(_GENERATOR, 2.4, 0.8, 2, 1.4, Kind.NETWORK),
        Box(_MADE, 5, 1, 1.8),
        Box(_YOURS, 5, 2.8, 1.8),
        Box(_DISCRIMINATOR, 7.6, 1.7, 2.2, 1.4, Kind.NETWORK),
        Box(_VERDICT, 7.6, 4, 2.2, 1, Kind.NOTE),
        Box(_HINT, 2, 4, 2.8, 1, Kind.NOTE),
    ),
    (
        *_chain(0, 1, 2, 4),
        Arrow(3, 4),
        *(Arrow(*pair, is_dashed=True) for pair in ((4, 5), (5, 6), (6, 1))),
    ),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "The generator makes pictures of random numbers, the discriminator tells them from yours, "
        "and both learn from what it says.",
    ),
)

_CONVOLUTIONS = Drawing(
    7.6,
    6.4,
    (
        *_in_a_row(_SQUARES, 0.0),
        *_in_a_row(_SQUARES[::-1], 3.4),
        Box(_GENERATOR, 0, 0, 2, 0.8, Kind.NOTE),
        Box(_DISCRIMINATOR, 5.4, 3.5, 2.2, 0.8, Kind.NOTE),
    ),
    (*_chain(0, 1, 2, 3), *_chain(4, 5, 6, 7)),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "The generator doubles the side layer by layer; the discriminator halves it, until one "
        "look takes in the whole picture.",
    ),
)

_BALANCE = Drawing(
    10,
    4.6,
    (
        Box(_GENERATOR, 0.4, 0.8, 2.4, 1.4, Kind.NETWORK),
        Box(_DISCRIMINATOR, 6, 0.3, 3.8, 2.4, Kind.NETWORK),
        Box(_ONE_STEP, 0.2, 2.4, 2.8, 1, Kind.NOTE),
        Box(_MORE_STEPS, 6, 2.9, 3.8, 1, Kind.NOTE),
        Box(_MADE, 3.6, 0.2, 1.7, 1),
        Box(_ALWAYS, 3.5, 2, 1.9, 0.8, Kind.NOTE),
    ),
    (Arrow(0, 4), Arrow(4, 1), Arrow(1, 5, is_dashed=True), Arrow(5, 0, is_dashed=True)),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "Whoever learns much faster ends the game, for nothing helpful comes back.",
    ),
)

_GROWING = Drawing(
    7.6,
    4,
    (
        *_in_a_row(_SQUARES, 0.0),
        Box(_FIRST, 0, 3.1, 2, 0.8, Kind.NOTE),
        Box(_LAST, 5.4, 3.1, 2.2, 0.8, Kind.NOTE),
    ),
    _chain(0, 1, 2, 3),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "Small pictures are learnt first. Each doubling is faded in over what is known.",
    ),
)

_STYLES = Drawing(
    10,
    5.6,
    (
        Box(_NUMBERS, 0, 2.3, 1.8),
        Box(_MAPPING, 2.3, 2.1, 2, 1.4, Kind.NETWORK),
        Box(_STYLE, 4.8, 2.3, 1.4),
        Box(_FORMS, 7, 0.1, 2.8, 1.1, Kind.NETWORK),
        Box(_PARTS, 7, 1.5, 2.8, 1.1, Kind.NETWORK),
        Box(_EDGES, 7, 2.9, 2.8, 1.1, Kind.NETWORK),
        Box(_COLOURS, 7, 4.3, 2.8, 1.1, Kind.NETWORK),
    ),
    (*_chain(0, 1, 2), *(Arrow(2, layer) for layer in range(3, 7)), *_chain(3, 4, 5, 6)),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "A style tells every layer what to do: the first ones about large forms, the last ones "
        "about colours and details.",
    ),
)

_OWN = Drawing(
    10,
    4,
    (
        Box(_YOURS, 0, 0.4, 2),
        Box(_TRAIN, 2.8, 0.2, 1.8, 1.4, Kind.NETWORK),
        Box(_EXPLORE, 5.4, 0.4, 1.8),
        Box(_GALLERY, 8, 1.4, 1.8),
        Box(_PHOTO, 0, 2.4, 2.6),
        Box(_STYLIZE, 5.4, 2.4, 1.8),
    ),
    (*_chain(0, 1, 2, 3), *_chain(4, 5, 3)),
    QT_TRANSLATE_NOOP(
        "lesson drawings",
        "Two ways to a picture of your own: train a model, or repaint a photo.",
    ),
)

DRAWINGS = {
    "simple": _SIMPLE,
    "dcgan": _CONVOLUTIONS,
    "balance": _BALANCE,
    "growing": _GROWING,
    "styles": _STYLES,
    "own": _OWN,
}
"""By the chapters' keys."""
