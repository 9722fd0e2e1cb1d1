"""The Windows that an installer is tried out on: this computer, or Wine that stands in for it."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from building.wine import ENVIRON

_LONGEST_S = 900.0
_DRIVE = "C:\\"
_ESCAPED = re.compile(r'\\([\\"])')


class Guest:
    """A computer with Windows, on which programs are run."""

    def __init__(self, wine: str | None, environ: Mapping[str, str]) -> None:
        self._wine = [wine] if wine else []
        self._environ = {**os.environ, **(ENVIRON if wine else {}), **environ}
        self._drive = Path(os.environ.get("WINEPREFIX", "~/.wine")).expanduser() / "drive_c"
        if wine:
            self.run("winecfg", "-v", "win10")  # makes the drive, too, where there is none

    @property
    def home(self) -> Path:
        """Folder of the person's files."""
        return self._folder("USERPROFILE")

    @property
    def menu(self) -> Path:
        """Folder of the person's entries in the start menu."""
        return self._folder("APPDATA") / "Microsoft/Windows/Start Menu/Programs"

    def name(self, path: Path) -> str:
        """Return what the computer itself calls a file or folder."""
        if not self._wine:
            return str(path)
        return _DRIVE + "\\".join(path.relative_to(self._drive).parts)

    def run(self, program: Path | str, *arguments: str) -> str:
        """Run a program; return what it says, or end with that if it fails."""
        return self.end(self.begin(program, *arguments))

    def begin(self, program: Path | str, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a program, which goes on by itself."""
        return subprocess.Popen(
            [*self._wine, str(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environ,
        )

    def end(self, process: "subprocess.Popen[bytes]") -> str:
        """Wait for a program; return what else it says, or end with that if it fails."""
        said, code = self.outcome(process)
        if code:
            sys.exit(f"{process.args!r} ended with {code}: {said}")
        return said

    def outcome(self, process: "subprocess.Popen[bytes]") -> tuple[str, int]:
        """Wait for a program; return what else it says, and its exit code."""
        said, _ = process.communicate(timeout=_LONGEST_S)
        return said.decode("utf-8", errors="replace").strip(), process.returncode

    def registry(self, key: str) -> str:
        """Return all that the registry holds below a key, as regedit writes it but without its
        backslashes before others; empty where there is no such key.
        """
        file = self.home / "ganart-registry.reg"
        _, code = self.outcome(self.begin("reg", "export", key, self.name(file), "/y"))
        if code:
            return ""
        text = file.read_text("utf-16")
        file.unlink()
        return _ESCAPED.sub(r"\1", text)

    def _folder(self, variable: str) -> Path:
        if not self._wine:
            return Path(os.environ[variable])
        place = self.run("cmd", "/c", f"echo %{variable}%").removeprefix(_DRIVE)
        return self._drive.joinpath(*place.split("\\"))
