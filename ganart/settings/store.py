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
        self._change({key: value})

    def reset(self, *keys: str) -> None:
        """Give settings their defaults again; all of them where none is named."""
        self._change({each.key: each.default for each in SETTINGS if not keys or each.key in keys})

    def _change(self, values: dict[str, Value]) -> None:
        self._values |= values
        # Read again first: another window may have changed other settings meanwhile.
        stored, _ = files.read(self._path)
        stored |= {"version": VERSION, **values}
        defaults = {each.key: each.default for each in SETTINGS}
        sparse = {key: value for key, value in stored.items() if defaults.get(key) != value}
        files.write(self._path, sparse)

    def _read(self) -> tuple[dict[str, Value], StudioError | None]:
        stored, notice = files.read(self._path)
        known = {each.key: stored[each.key] for each in SETTINGS if each.key in stored}
        return {key: value for key, value in known.items() if setting(key).accepts(value)}, notice
