"""What can go wrong with folders and pictures, each in plain words."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from unicodedata import category

from ganart.errors import StudioError, as_written
from ganart.text import QT_TRANSLATE_NOOP


class Reason(StrEnum):
    """Why a file is refused; the value is the text to show, marked for translation."""

    EMPTY = QT_TRANSLATE_NOOP("errors", "it is empty")
    NOT_A_PICTURE = QT_TRANSLATE_NOOP("errors", "it is not a picture")
    UNSUPPORTED = QT_TRANSLATE_NOOP("errors", "pictures of this kind cannot be read")
    DAMAGED = QT_TRANSLATE_NOOP("errors", "it is damaged or incomplete")
    TOO_LARGE = QT_TRANSLATE_NOOP("errors", "it is larger than 120 megapixels")
    NO_MEMORY = QT_TRANSLATE_NOOP("errors", "there is not enough memory to open it")
    MISSING = QT_TRANSLATE_NOOP("errors", "it is not there")
    BROKEN_LINK = QT_TRANSLATE_NOOP("errors", "it is a link that leads nowhere")
    NOT_A_FILE = QT_TRANSLATE_NOOP("errors", "it is not an ordinary file")
    FORBIDDEN = QT_TRANSLATE_NOOP("errors", "reading it is not allowed")
    DISK = QT_TRANSLATE_NOOP("errors", "the disk could not read it")


def printable(path: Path) -> str:
    """Return `path` as one line that can be shown and written anywhere.

    Control characters, line ends and bytes that are no Unicode become '�'; joiners stay, since
    many scripts need them.
    """
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if category(letter) in _UNSHOWN else letter
        for letter in str(path)
    )


_UNSHOWN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of control characters, surrogates, line and paragraph separators."""


class Unreadable(StudioError):
    """A picture that cannot be used; `path` and `reason` say which and why."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be used: {reason}.")

    def __init__(self, path: Path, reason: Reason) -> None:
        super().__init__(path=printable(path), reason=reason)
        self.path = path
        self.reason = reason

    def sentences(self, translate: Callable[[str], str] = as_written) -> tuple[str, ...]:
        """Return the sentence with its reason translated too."""
        details = self.details | {"reason": translate(self.reason)}
        return (translate(self.happened).format_map(details),)


class FolderGone(StudioError):
    """A folder of the dataset is missing or cannot be listed, such as on an unplugged drive."""

    happened = QT_TRANSLATE_NOOP("errors", "{folder} cannot be reached.")
    safe = QT_TRANSLATE_NOOP("errors", "What the studio knows of its pictures is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Put the folder back or connect its drive, then scan again, or remove it from the dataset.",
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(folder=printable(folder))
        self.folder = folder


class NoPictures(StudioError):
    """Nothing in the dataset can be read. Detail: `refused`, the count of refused files."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The dataset has no readable picture (files refused: {refused})."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Add a folder of pictures to the dataset.")


class AllExcluded(StudioError):
    """Every readable picture was excluded by hand. Detail: `count`."""

    happened = QT_TRANSLATE_NOOP("errors", "All readable pictures are excluded ({count} of them).")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Include some pictures of the dataset again.")


class CatalogueDamaged(StudioError):
    """The catalogue is no sound database; it was set aside. Details: `path`, `kept`."""

    happened = QT_TRANSLATE_NOOP("errors", "The list of pictures {path} was damaged.")
    safe = QT_TRANSLATE_NOOP(
        "errors", "Your pictures are untouched, and the damaged list was kept as {kept}."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Open the dataset again, add any folder that is missing from it, then scan.",
    )


class CatalogueTooNew(StudioError):
    """The catalogue was written by a newer studio. Details: `path`, `version`, `known`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "The list of pictures {path} has version {version}; this studio knows up to {known}.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "It was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Open the project with the newer studio.")


class CatalogueBusy(StudioError):
    """Another program holds the catalogue for too long. Detail: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "The list of pictures {path} is in use elsewhere.")
    safe = QT_TRANSLATE_NOOP("errors", "The last change was not made; all before it is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Close the other program, then try again.")
