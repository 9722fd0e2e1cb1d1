"""What is remembered of looking for newer versions: when it was, and which one was passed over."""

from pathlib import Path

from ganart.settings import files
from ganart.settings.paths import updates_file

VERSION = 1
WEEK_S = 7 * 24 * 3600.0
_NEVER_S = 1e12
"""Later than any time that a clock tells; JSON holds numbers that are no times at all."""


class UpdateMemory:
    """A small file that all windows share. Times are seconds since 1970."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or updates_file()

    def asked_s(self) -> float:
        """Return when it was asked at a start for the last time; 0 for never."""
        asked = files.read(self._path)[0].get("asked_s")
        if isinstance(asked, int | float) and 0 <= asked < _NEVER_S:
            return float(asked)
        return 0.0

    def passed_over(self) -> str:
        """Return the version that the person does not want to hear of again; empty without one."""
        version = files.read(self._path)[0].get("passed_over")
        return version if isinstance(version, str) else ""

    def note_asked(self, when_s: float) -> None:
        """Remember when it was asked. Raises `NotKept`."""
        self._write("asked_s", when_s)

    def pass_over(self, version: str) -> None:
        """Remember not to tell of a version again. Raises `NotKept`."""
        self._write("passed_over", version)

    def _write(self, key: str, value: float | str) -> None:
        stored, _ = files.read(self._path)
        files.write(self._path, {**stored, "version": VERSION, key: value})


def is_due(asked_s: float, now_s: float) -> bool:
    """Whether a week has passed. A time that is yet to come was told by a wrong clock."""
    return not 0 <= now_s - asked_s < WEEK_S
