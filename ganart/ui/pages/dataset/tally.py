"""How many pictures have which notes, counted once and kept up with each change."""

from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ganart.workers.pictures import Pictures

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


_MANY = 2000
"""To count everything anew takes less time than to look at what was before."""


class RunningTally(QObject):
    """Counts of the readable pictures; after `noted` only those that changed are looked at."""

    changed = Signal()

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._counted: dict[int, PictureRow] = {}
        self.seen = 0
        self.marks: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        pictures.listed.connect(self._count_all)
        pictures.noted.connect(self._count_again)
        self._count_all()

    @property
    def total(self) -> int:
        """All of them."""
        return len(self._counted)

    def tags_by_name(self) -> list[str]:
        """Return all tags in use, in the order of the alphabet."""
        return sorted(self.tags, key=lambda tag: (tag.casefold(), tag))

    @Slot()
    def _count_all(self) -> None:
        rows = self._pictures.rows
        self._counted = dict(zip(self._pictures.places, rows, strict=True))
        self.seen = sum(map(attrgetter("seen"), rows))
        self.marks = Counter(map(attrgetter("mark"), rows))
        self.tags = Counter(tag for row in rows if row.tags for tag in row.tags)
        self.changed.emit()

    @Slot(object)
    def _count_again(self, ids: set[int]) -> None:
        if len(ids) > _MANY:
            self._count_all()
            return
        known = [each for each in ids if each in self._counted]
        for picture_id in known:
            now = self._pictures.row(picture_id)
            if now is not None:
                self._exchange(self._counted[picture_id], now)
                self._counted[picture_id] = now
        self.changed.emit()

    def _exchange(self, before: "PictureRow", now: "PictureRow") -> None:
        self.seen += now.seen - before.seen
        self.marks[before.mark] -= 1
        self.marks[now.mark] += 1
        self.tags.subtract(before.tags - now.tags)
        self.tags.update(now.tags - before.tags)
        for tag in before.tags - now.tags:
            if not self.tags[tag]:
                del self.tags[tag]
