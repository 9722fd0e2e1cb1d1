"""The person's settings: only what differs from the defaults is stored."""

from pathlib import Path

from ganart.errors import StudioError
from ganart.settings import files
from ganart.settings.paths import settings_file
from ganart.settings.schema import SETTINGS, Value, setting

VERSION = 1


class Settings:
    """Settings by key. Values that are unknown or out of range count as not set."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or settings_file()
        self._values, self.notice = self._read()

    def get(self, key: str) -> Value:
        """Return a setting or its default. Raises `KeyError` for a key that is not declared."""
        return self._values.get(key, setting(key).default)

    def set(self, key: str, value: Value) -> None:
        """Change a setting and write it at once.

        Raises `ValueError` out of range, `FolderNotWritable` or `DiskFull` where it cannot be
        written; the change then holds until the program ends.
        """
        if not setting(key).accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        self._values[key] = value
        # Read again first: another window may have changed other settings meanwhile.
        stored, _ = files.read(self._path)
        stored |= {"version": VERSION, key: value}
        defaults = {each.key: each.default for each in SETTINGS}
        files.write(
            self._path, {name: each for name, each in stored.items() if each != defaults.get(name)}
        )

    def _read(self) -> tuple[dict[str, Value], StudioError | None]:
        stored, notice = files.read(self._path)
        known = {each.key: stored[each.key] for each in SETTINGS if each.key in stored}
        return {key: value for key, value in known.items() if setting(key).accepts(value)}, notice
