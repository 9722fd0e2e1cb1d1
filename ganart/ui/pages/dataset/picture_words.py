"""What is known of a picture, in words, for those who look at it closely."""

from PySide6.QtCore import QCoreApplication

from ganart.datasets.records import PictureRow
from ganart.ui.widgets.words import count, decimal


def size_words(row: PictureRow) -> str:
    """Return the pixels of a picture: '4,000 × 3,000 px'."""
    return QCoreApplication.translate("picture_words", "{width} × {height} px").format(
        width=count(row.width), height=count(row.height)
    )


def mark_words(row: PictureRow) -> str:
    """Return the verdict on a picture, '' without one."""
    if row.mark == "picked":
        return QCoreApplication.translate("picture_words", "Picked")
    if row.mark == "rejected":
        return QCoreApplication.translate("picture_words", "Rejected")
    return ""


def note_words(row: PictureRow) -> list[str]:
    """Return all that was said of a picture, without its stars."""
    notes = [mark_words(row)]
    if row.weight not in {0.0, 1.0}:
        text = QCoreApplication.translate("picture_words", "shown {times} × as often")
        notes.append(text.format(times=decimal(row.weight)))
    if row.tags:
        notes.append(", ".join(sorted(row.tags, key=str.casefold)))
    if row.framing is not None:
        notes.append(QCoreApplication.translate("picture_words", "framed in its own way"))
    return [note for note in notes if note]
