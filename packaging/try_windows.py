"""Use an installer for Windows as a new user would: install, start, upgrade, remove.

    python packaging/try_windows.py dist/ganart-0.1.0-windows-x86_64.exe

On Linux it can be tried out under Wine (--wine), which is lent what it lacks
(packaging/building/wine.py), on a screen, such as that of xvfb-run: without one the program's
window does not close. Nothing of the person's own is touched but the menu and the registry.
"""

import argparse
import io
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from building.guest import Guest
from building.wine import lend

FOLDER = Path("Ölbilder & Öl", "GanArt Ünïcode Studio")
"""With spaces, and letters that not every code page has."""
APP_ID = "org.ganart.Studio"
HOME_VARIABLE = "GANART_HOME"
PORTABLE = "portable"
MENU_ENTRY = "GanArt Studio.lnk"
KEYS = {
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\GanArtStudio": (
        '"DisplayName"="GanArt Studio"',
        '"DisplayVersion"="{version}"',
        '"InstallLocation"="{folder}"',
        r'"QuietUninstallString"=""{folder}\uninstall.exe" /CurrentUser /S"',
    ),
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\ganart.exe": (
        r'@="{folder}\ganart.exe"',
    ),
    r"HKCU\Software\Classes\Applications\ganart.exe": (
        r'@=""{folder}\ganart.exe" "%1""',
        '".png"=""',
        '".jpg"=""',
    ),
    r"HKCU\Software\Classes\GanArt.Model": (r'@=""{folder}\ganart.exe" "%1""',),
    r"HKCU\Software\Classes\.safetensors\OpenWithProgids": ('"GanArt.Model"=""',),
    r"HKCU\Software\Classes\Directory\shell\GanArt": (
        '"AppliesTo"="System.FileName:~>".ganart""',
        r'@=""{folder}\ganart.exe" "%1""',
    ),
}
"""What the registry is to hold while the program is there: the list of programs, the command line,
"Open with" for pictures and models, and the menu of projects."""
REFUSED = 2
"""What the installer ends with while the program runs, as packaging/windows/ganart.nsi says."""
_LOOK_S = 0.2


class Trial:
    """One installation in a folder of its own."""

    def __init__(self, installer: Path, folder: Path, guest: Guest) -> None:
        self.installer = installer
        self.version = re.sub(r"^ganart-(.+)-windows.*$", r"\1", installer.name)
        self.folder = folder
        self.guest = guest

    def install(self) -> None:
        """Install silently."""
        # /D has to come last and takes no quotation marks, which a word with a space would get.
        place = f"/D={self.guest.name(self.folder)}".split(" ")
        self.guest.run(self.installer, "/S", "/CurrentUser", *place)

    def upgrade(self) -> None:
        """Install silently over what is there, whose folder the installer has to find by itself."""
        self.guest.run(self.installer, "/S", "/CurrentUser")

    def remove(self) -> None:
        """Uninstall silently. The uninstaller goes on as a copy of itself, so it is waited for."""
        self.guest.run(self.folder / "uninstall.exe", "/S")
        programs = [self.folder / "ganart.exe", self.folder / "uninstall.exe"]
        wait(lambda: not any(path.exists() for path in programs))

    def ask(self, *arguments: str) -> str:
        """Run the program for the command line; return what it says."""
        return self.guest.run(self.folder / "ganart.com", *arguments)

    def files(self) -> dict[Path, tuple[int, int]]:
        """Return all files with their sizes and dates."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}

    def lacks(self) -> list[str]:
        """Return what the registry should hold and does not."""
        folder = self.guest.name(self.folder)
        return [
            f"{key}: {line}"
            for key, lines in KEYS.items()
            for line in (each.format(version=self.version, folder=folder) for each in lines)
            if line not in self.guest.registry(key)
        ]


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
    begun = time.monotonic()
    trial.install()
    program = trial.folder / "ganart.exe"
    require(program.is_file(), f"installed in {time.monotonic() - begun:.0f} s")
    require("pip" in trial.ask("--pip", "--version"), "Python starts, and pip in it")
    start(trial, wine)
    look(trial, wine)
    upgrade(trial, wine)
    remove(trial)


def start(trial: Trial, wine: bool) -> None:
    """Let the program show what it can do, and that it leaves its own folder alone."""
    if wine:
        lend(trial.folder)
    before = trial.files()
    said = trial.ask("--version")
    require(said == f"ganart {trial.version}", f"it says that it is {said}")
    print(trial.ask("check"), flush=True)
    testing = trial.guest.begin(trial.folder / "ganart.com", "--self-test")
    assert testing.stdout is not None, "it is piped"
    testing.stdout.readline()  # by then it surely runs
    _, code = trial.guest.outcome(trial.guest.begin(trial.installer, "/S", "/CurrentUser"))
    require(code == REFUSED, "it is not replaced while it runs")
    print(trial.guest.end(testing), flush=True)
    require(trial.files() == before, "it writes nothing into the folder that it lies in")


def look(trial: Trial, wine: bool) -> None:
    """Look at what Windows was told about the program."""
    entry = (trial.guest.menu / MENU_ENTRY).read_bytes()
    names = trial.guest.name(trial.folder).encode("utf-16-le") in entry
    require(names, "the menu has an entry that leads to it")
    # Wine does not keep this property of an entry.
    require(wine or APP_ID.encode("utf-16-le") in entry, "the taskbar joins entry and window")
    require(not (lacks := trial.lacks()), f"the registry holds what it should {'; '.join(lacks)}")


def upgrade(trial: Trial, wine: bool) -> None:
    """Install over a program that has files of another version, beside which lie the person's."""
    stale = [trial.folder / name / "of-another-version.py" for name in ("_internal", "runtime")]
    own = trial.folder / PORTABLE / "settings.json"
    own.parent.mkdir()
    for path in (*stale, own):
        path.write_text("{}", "utf-8")
    trial.upgrade()
    left = [path.name for path in stale if path.exists()]
    require(not left, "an upgrade leaves nothing of the program before")
    require(own.exists(), "an upgrade leaves what is not the program's")
    if wine:
        lend(trial.folder)
    require(trial.ask("--version").endswith(trial.version), "the upgraded program starts")


def remove(trial: Trial) -> None:
    """Remove it, and look for what is left."""
    trial.remove()
    left = sorted(path.name for path in trial.folder.rglob("*"))
    require(left == [PORTABLE, "settings.json"], f"removed; what is left: {', '.join(left)}")
    entry = trial.guest.menu / MENU_ENTRY
    wait(lambda: not entry.exists() and not any(map(trial.guest.registry, KEYS)))
    require(True, "menu and registry know nothing of it")


@contextmanager
def temporary(parent: Path) -> Iterator[Path]:
    """Have a folder for a while."""
    folder = Path(tempfile.mkdtemp(prefix="ganart-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Try an installer for Windows out.")
    parser.add_argument("installer", type=Path)
    parser.add_argument("--wine", metavar="PROGRAM", help="run it by this, such as wine64")
    options = parser.parse_args()
    if sys.platform != "win32" and not options.wine:
        parser.error("without --wine this is for Windows alone")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # not every console has all letters
    with temporary(Guest(options.wine, {}).home) as home:
        own = Guest(options.wine, {}).name(home / "own")
        guest = Guest(options.wine, {HOME_VARIABLE: own})
        use(Trial(options.installer.resolve(), home / FOLDER, guest), options.wine is not None)
    print("All is well")


if __name__ == "__main__":
    main()
