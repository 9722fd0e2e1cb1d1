"""The errors that people are shown: what happened, what is safe, what to do."""

from collections import defaultdict
from collections.abc import Callable
from typing import ClassVar

from ganart.text import QT_TRANSLATE_NOOP


def as_written(text: str) -> str:
    """Leave a text in English; the default 'translation'."""
    return text


class StudioError(Exception):
    """An expected trouble, told in up to three sentences.

    A child declares its sentences as templates; `details` fill the braces. The window passes its
    translator to `sentences`, the command line and the logs use the English text. `title` stands
    above the sentences in a dialog, and names the kind of trouble.
    """

    context: ClassVar[str] = "errors"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "This could not be done")
    happened: ClassVar[str] = QT_TRANSLATE_NOOP("errors", "Something went wrong: {reason}")
    safe: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, **details: object) -> None:
        super().__init__()
        self.details = details

    def sentences(self, translate: Callable[[str], str] = as_written) -> tuple[str, ...]:
        """Return what happened, what is safe and what to do; empty parts are left out."""
        parts = (self.happened, self.safe, self.remedy)
        # A detail that was forgotten must not turn one trouble into two.
        details = defaultdict(lambda: "…", self.details)
        return tuple(translate(part).format_map(details) for part in parts if part)

    def __str__(self) -> str:
        return " ".join(self.sentences())


class FolderNotWritable(StudioError):
    """Details: `folder`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The folder {folder} cannot be written to ({reason}).")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another folder, or allow writing to this one.")


class DiskFull(StudioError):
    """Details: `folder`, `needed`, `free` (both as text, such as '12 MB')."""

    title = QT_TRANSLATE_NOOP("errors", "The disk is full")
    happened = QT_TRANSLATE_NOOP(
        "errors", "The disk that holds {folder} is full: {needed} are needed, {free} are free."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Everything saved before is still there.")
    remedy = QT_TRANSLATE_NOOP("errors", "Free some space, then try again.")


class DiskRanFull(DiskFull):
    """Found while writing, when nobody knows how much is missing. Details: `folder`, `free`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The disk that holds {folder} has run full; {free} are free."
    )
