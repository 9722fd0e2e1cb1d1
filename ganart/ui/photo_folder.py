"""The folder in which a person's photos are looked for first."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from ganart.settings.paths import window_file

_KEY = "photos/folder"


def photo_folder() -> Path:
    """Return the folder that pictures were chosen in last, at first the system's; maybe gone."""
    kept = str(_store().value(_KEY, ""))
    place = QStandardPaths.StandardLocation.PicturesLocation
    return Path(kept or QStandardPaths.writableLocation(place) or Path.home())


def keep_photo_folder(folder: Path) -> None:
    """Remember where pictures were chosen."""
    _store().setValue(_KEY, str(folder))


def _store() -> QSettings:
    return QSettings(str(window_file()), QSettings.Format.IniFormat)
