"""The computer's wastebasket, out of which a person can take things back."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths


def to_wastebasket(path: Path) -> str:
    """Move a file, or a folder with all in it, there; return why it stayed, "" if it went."""
    # On Linux Qt makes the wastebasket, but not the folder of a new account that it lies in.
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    with suppress(OSError):
        Path(data).mkdir(parents=True, exist_ok=True)
    file = QFile(str(path))
    return "" if file.moveToTrash() else file.errorString() or "?"
