"""The person's settings: only what differs from the defaults is stored."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from ganart.errors import StudioError
from ganart.settings import files
from ganart.settings.paths import settings_file
from ganart.settings.schema import SETTINGS, Value, setting
from ganart.text import QT_TRANSLATE_NOOP

VERSION = 1


class ValuesRefused(StudioError):
    """A notice. Details: `path`, `names`, `aside`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Some settings in {path} cannot be used, so their defaults hold: {names}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The file as it was is kept as {aside}.")


class Settings:
    """Settings by key. Values that are unknown or out of range count as not set; `notice` tells of
    what was lost.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or settings_file()
        self._values, self.notice = self._read()

    def get(self, key: str) -> Value:
        """Return a setting or its default. Raises `KeyError` for a key that is not declared."""
        return self._values.get(key, setting(key).default)

    def set(self, key: str, value: Value) -> None:
        """Change a setting and write it at once.

        Raises `ValueError` out of range, `NotKept` where it cannot be written; the change then
        holds until the program ends.
        """
        if not setting(key).accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        self._values[key] = value
        # Read again first: another window may have changed other settings meanwhile.
        stored, damage = files.read(self._path)
        if damage is not None:
            stored = dict(self._values)
        stored |= {"version": VERSION, key: value}
        defaults = {each.key: each.default for each in SETTINGS}
        files.write(
            self._path, {name: each for name, each in stored.items() if each != defaults.get(name)}
        )

    def _read(self) -> tuple[dict[str, Value], StudioError | None]:
        stored, notice = files.read(self._path)
        known = {each.key: stored[each.key] for each in SETTINGS if each.key in stored}
        refused = [key for key, value in known.items() if not setting(key).accepts(value)]
        if refused:
            notice = self._give_up(stored, refused)
        return {key: value for key, value in known.items() if key not in refused}, notice

    def _give_up(self, stored: dict[str, Any], refused: list[str]) -> StudioError:
        """Take values out of the file, so that they are told of once."""
        aside = files.copy_aside(self._path)
        with suppress(StudioError):
            kept = {name: each for name, each in stored.items() if name not in refused}
            files.write(self._path, kept)
        return ValuesRefused(path=self._path, names=", ".join(refused), aside=aside)
