"""Putting the files that cannot be used in order, and into words: there may be tens of thousands.

Words are in the language of the window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir

from ganart.engine.asks import Poll
from ganart.workers.errands import Left
from ganart.workers.run import Job

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

COLUMNS = 3
"""A file's name, its folder, and the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """All files, in order."""

    files: "list[PictureRow | Left]"


@dataclass(frozen=True, slots=True)
class Lines:
    """Files as lines of a text, whose columns stand between tabs."""

    text: str


def order_job(files: "Sequence[PictureRow | Left]", column: int, is_falling: bool) -> Job:
    """Yield the files `Ordered` by a column."""

    def key(file: "PictureRow | Left") -> str:
        return texts_of(file)[column].casefold()

    def job(_poll: Poll) -> Iterator[object]:
        yield Ordered(sorted(files, key=key, reverse=is_falling))

    return job


def lines_job(files: "Sequence[PictureRow | Left]") -> Job:
    """Yield the files as `Lines`."""

    def job(_poll: Poll) -> Iterator[object]:
        yield Lines("\n".join("\t".join(texts_of(file)) for file in files))

    return job


def texts_of(file: "PictureRow | Left") -> tuple[str, str, str]:
    """Return the columns of a file."""
    reason = QCoreApplication.translate("errors", file.reason or "")
    if isinstance(file, Left):
        return file.name, QDir.toNativeSeparators(str(file.origin)), reason
    return file.path.name, QDir.toNativeSeparators(str(file.path.parent)), reason
