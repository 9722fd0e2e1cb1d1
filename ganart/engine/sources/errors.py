"""What can go wrong with archives and films as sources, in plain words."""

from collections.abc import Callable
from enum import StrEnum

from ganart.datasets.errors import printable
from ganart.engine.errors import EngineError
from ganart.errors import as_written
from ganart.text import QT_TRANSLATE_NOOP


class Why(StrEnum):
    """Why something inside is left out; the value is the text to show, marked for translation."""

    OUTSIDE = QT_TRANSLATE_NOOP("errors", "its name leads out of the folder")
    LINK = QT_TRANSLATE_NOOP("errors", "it is a link")
    LOCKED = QT_TRANSLATE_NOOP("errors", "it is locked with a password")
    NESTED = QT_TRANSLATE_NOOP("errors", "it is an archive inside the archive")
    UNFOLDS = QT_TRANSLATE_NOOP("errors", "it would unfold to far more than a picture is")
    UNSUPPORTED = QT_TRANSLATE_NOOP("errors", "files packed like this cannot be read")
    NO_PICTURE = QT_TRANSLATE_NOOP("errors", "pictures of this kind cannot be read")
    DAMAGED = QT_TRANSLATE_NOOP("errors", "it is damaged or incomplete")


class _InsideError(EngineError):
    """Details: `path`, one that can be printed."""

    def __init__(self, path: object, **details: object) -> None:
        super().__init__(path=printable(path), **details)  # type: ignore[arg-type]  # a Path


class BadArchive(_InsideError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be unpacked: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose a ZIP file of pictures, or unpack it yourself.")

    def sentences(self, translate: Callable[[str], str] = as_written) -> tuple[str, ...]:
        """Return the sentences with the reason translated too."""
        details = self.details | {"reason": translate(str(self.details["reason"]))}
        texts = (self.happened, self.safe, self.remedy)
        return tuple(translate(text).format_map(details) for text in texts)


class NothingInside(_InsideError):
    """Detail: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} holds no picture that can be used.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is, and nothing was added.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another file.")
