"""What the lesson and its narrator say, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from ganart.engine.gan.lesson.records import Said
from ganart.ui.widgets import words


def said(text: str) -> str:
    """Return a text of the lesson in the language of the window."""
    return QCoreApplication.translate("lesson", text)


def spoken(record: Said) -> str:
    """Return the narrator's sentence with its numbers."""
    values = {
        name: value if isinstance(value, str) else words.number(value)
        for name, value in record.values
    }
    return said(record.sentence).format_map(values)
