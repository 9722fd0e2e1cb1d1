"""Use an installer for Windows as a new user would: install, start, upgrade, remove.

    python packaging/try_windows.py dist/ganart-0.1.0-windows-x86_64.exe

On Linux it can be tried out under Wine (--wine), which is lent what it lacks
(packaging/building/wine.py), on a screen, such as that of xvfb-run: without one the program's
window does not close. Nothing of the person's own is touched but the menu.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from building.wine import ENVIRON, lend

FOLDER = "GanArt Ünïcode Studio"
"""With a space, and letters that not every code page has."""
_LONGEST_S = 900.0
_LOOK_S = 0.2


class Trial:
    """One installation in a folder of its own."""

    def __init__(self, installer: Path, folder: Path, wine: str | None) -> None:
        self.installer = installer
        self.folder = folder
        self._wine = [wine] if wine else []
        self._environ = {**os.environ, **(ENVIRON if wine else {})}

    def install(self) -> None:
        """Install silently."""
        place = str(self.folder)
        if self._wine:
            place = "Z:" + place.replace("/", "\\")
        # /D has to come last and takes no quotation marks, which a word with a space would get.
        self.run(self.installer, "/S", "/CurrentUser", *f"/D={place}".split(" "))

    def remove(self) -> None:
        """Uninstall silently. The uninstaller goes on as a copy of itself, so it is waited for."""
        self.run(self.folder / "uninstall.exe", "/S")
        program = self.folder / "ganart.exe"
        wait(lambda: not program.exists() and not (self.folder / "uninstall.exe").exists())

    def ask(self, *arguments: str) -> str:
        """Run the program for the command line; return what it says."""
        return self.run(self.folder / "ganart.com", *arguments)

    def run(self, program: Path, *arguments: str) -> str:
        """Run a program; return what it says, or end with that if it fails."""
        command = [*self._wine, str(program), *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environ,
            timeout=_LONGEST_S,
            check=False,
        )
        said = done.stdout.decode("utf-8", errors="replace").strip()
        if done.returncode:
            sys.exit(f"{program.name} {' '.join(arguments)} ended with {done.returncode}: {said}")
        return said


def wait(is_so: Callable[[], bool], within_s: float = 120.0) -> None:
    """Wait until something is so; end if that does not come."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > within_s:
            sys.exit("The uninstaller did not come to its end.")
        time.sleep(_LOOK_S)


def require(is_so: bool, what: str) -> None:
    """Say that something is so, or end."""
    print(f"{'ok' if is_so else 'FAILED'}: {what}", flush=True)
    if not is_so:
        sys.exit(1)


def use(trial: Trial, wine: bool) -> None:
    """Install, start, upgrade and remove."""
    folder = trial.folder
    begun = time.monotonic()
    trial.install()
    require((folder / "ganart.exe").is_file(), f"installed in {time.monotonic() - begun:.0f} s")
    require("pip" in trial.ask("--pip", "--version"), "Python starts, and pip in it")
    if wine:
        lend(folder)
    print(trial.ask("--self-test"), flush=True)
    stale = folder / "_internal/of-another-version.py"
    own = folder / "portable/settings.json"
    for path in (stale, own):
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", "utf-8")
    trial.install()
    require(not stale.exists(), "an upgrade leaves nothing of the program before")
    require(own.exists(), "an upgrade leaves what is not the program's")
    trial.remove()
    left = sorted(path.name for path in folder.rglob("*"))
    require(left == ["portable", "settings.json"], f"removed; what is left: {', '.join(left)}")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Try an installer for Windows out.")
    parser.add_argument("installer", type=Path)
    parser.add_argument("--wine", metavar="PROGRAM", help="run it by this, such as wine64")
    options = parser.parse_args()
    if sys.platform != "win32" and not options.wine:
        parser.error("without --wine this is for Windows alone")
    home = Path(tempfile.mkdtemp())
    try:
        trial = Trial(options.installer.resolve(), home / FOLDER, options.wine)
        use(trial, options.wine is not None)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("All is well")


if __name__ == "__main__":
    main()
