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
        done = self._call(program, *arguments)
        said = done.stdout.decode("utf-8", errors="replace").strip()
        if done.returncode:
            words = " ".join([str(program), *arguments])
            sys.exit(f"{words} ended with {done.returncode}: {said}")
        return said

    def registry(self, key: str) -> str:
        """Return all that the registry holds below a key, as regedit writes it but without its
        backslashes before others; empty where there is no such key.
        """
        file = self.home / "ganart-registry.reg"
        if self._call("reg", "export", key, self.name(file), "/y").returncode:
            return ""
        text = file.read_text("utf-16")
        file.unlink()
        return _ESCAPED.sub(r"\1", text)

    def _folder(self, variable: str) -> Path:
        if not self._wine:
            return Path(os.environ[variable])
        place = self.run("cmd", "/c", f"echo %{variable}%").removeprefix(_DRIVE)
        return self._drive.joinpath(*place.split("\\"))

    def _call(self, program: Path | str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*self._wine, str(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environ,
            timeout=_LONGEST_S,
            check=False,
        )
