"""What a filter asks for, in words."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject

from ganart.datasets.picture_table import Order
from ganart.datasets.records import Mark
from ganart.ui.widgets.words import count, decimal
from ganart.workers.finding import Wish

SQUARE = 1.05
"""Up to this ratio of the longer side to the shorter one a picture counts as square."""
SHAPES: Mapping[str, tuple[float, float | None]] = {
    "portrait": (0.0, 1 / SQUARE),
    "square": (1 / SQUARE, SQUARE),
    "landscape": (SQUARE, None),
}
"""The least and the most width / height."""
FALLING = frozenset(
    {Order.PIXELS, Order.SIDE, Order.BYTES, Order.MODIFIED, Order.STARS, Order.ISSUE}
)
"""Orders of which most people want the most first."""


class FilterWords(QObject):
    """Names for what can be asked for."""

    def mark(self, mark: Mark) -> str:
        """Return the name of a verdict."""
        return {
            Mark.PICKED: self.tr("Picked"),
            Mark.NONE: self.tr("Not judged"),
            Mark.REJECTED: self.tr("Rejected"),
        }[mark]

    def shape(self, shape: str) -> str:
        """Return the name of one of the `SHAPES`."""
        return {
            "portrait": self.tr("Upright"),
            "square": self.tr("Square"),
            "landscape": self.tr("Lying"),
        }[shape]

    def order(self, order: Order) -> str:
        """Return what pictures are sorted by."""
        return {
            Order.PATH: self.tr("Folder"),
            Order.NAME: self.tr("Name"),
            Order.PIXELS: self.tr("Pixels"),
            Order.SIDE: self.tr("Shorter side"),
            Order.ASPECT: self.tr("Width to height"),
            Order.BYTES: self.tr("File size"),
            Order.MODIFIED: self.tr("Date changed"),
            Order.STARS: self.tr("Stars"),
            Order.MARK: self.tr("Verdict"),
            Order.ISSUE: self.tr("Score of the issue"),
            Order.LIKENESS: self.tr("Alike to this one"),
        }[order]

    def chips(self, wish: Wish) -> list[tuple[str, Wish]]:
        """Return what is asked for, one by one, and what is left to ask without it."""
        chips: list[tuple[str, Wish]] = []
        if wish.among is not None:
            words = wish.among_words or self.tr("Some pictures")
            chips.append((words, replace(wish, among=None, among_words="")))
        chips += self._noted(wish)
        if wish.issue:
            chips.append((issue_name(wish.issue), replace(wish, issue="")))
        if wish.source is not None:
            name = wish.source.name or str(wish.source)
            chips.append((self.tr("in {folder}").format(folder=name), replace(wish, source=None)))
        if wish.filter.text:
            text = self.tr("“{text}”").format(text=wish.filter.text)
            chips.append((text, _without(wish, text="")))
        return chips + self._measured(wish)

    def _noted(self, wish: Wish) -> list[tuple[str, Wish]]:
        chips: list[tuple[str, Wish]] = []
        asked = wish.filter
        if asked.marks != frozenset(Mark):
            order = (Mark.PICKED, Mark.NONE, Mark.REJECTED)
            names = self.tr(" or ").join(self.mark(each) for each in order if each in asked.marks)
            chips.append((names, _without(wish, marks=frozenset(Mark))))
        if asked.least_stars:
            stars = "★" * asked.least_stars + ("" if asked.least_stars == 5 else " +")
            chips.append((stars, _without(wish, least_stars=0)))
        if asked.seen is not None:
            seen = self.tr("Seen") if asked.seen else self.tr("Not seen yet")
            chips.append((seen, _without(wish, seen=None)))
        for tag in sorted(asked.tags, key=str.casefold):
            chips.append(
                (self.tr("Tag: {tag}").format(tag=tag), _without(wish, tags=asked.tags - {tag}))
            )
        return chips

    def _measured(self, wish: Wish) -> list[tuple[str, Wish]]:
        chips: list[tuple[str, Wish]] = []
        asked = wish.filter
        if asked.least_side or asked.most_side is not None:
            text = self._range(count(asked.least_side), asked.most_side and count(asked.most_side))
            text = self.tr("Shorter side {range} px").format(range=text)
            chips.append((text, _without(wish, least_side=0, most_side=None)))
        bounds = (asked.least_aspect, asked.most_aspect)
        if bounds != (0.0, None):
            shapes = [self.shape(each) for each, its in SHAPES.items() if its == bounds]
            most = bounds[1] and decimal(bounds[1])
            own = self.tr("Width to height {range}").format(
                range=self._range(decimal(bounds[0]), most)
            )
            text = shapes[0] if shapes else own
            chips.append((text, _without(wish, least_aspect=0.0, most_aspect=None)))
        return chips

    def _range(self, least: str, most: "str | float | None") -> str:
        if not most:
            return self.tr("from {least}").format(least=least)
        return self.tr("{least} to {most}").format(least=least, most=most)


def issue_name(key: str) -> str:
    """Return the name of an issue."""
    from ganart.datasets.issues import ISSUES

    label = next(issue.label for issue in ISSUES if issue.key == key)
    return QCoreApplication.translate("issues", label)


def _without(wish: Wish, **changes: object) -> Wish:
    return replace(wish, filter=replace(wish.filter, **changes))  # type: ignore[arg-type]
