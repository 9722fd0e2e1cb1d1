"""Use a Debian package as a new user would, in a clean root: install, start, upgrade, remove.

    sudo python3 packaging/try_deb.py dist/ganart_0.1.0_amd64.deb --next dist/ganart_0.2.0_amd64.deb

The root holds a minimal Debian and an ordinary user. The program is started from its entry in the
menu, on a virtual screen; pictures of it, the times that it took and the sizes come into a folder.
Needs root, mmdebstrap, xvfb, xdotool and imagemagick.
"""

import argparse
import configparser
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "artist"
DISPLAY = ":93"
SCREEN = "1280x800x24"
WINDOW_WITHIN_S = 60.0
_LOOK_S = 0.02


class Root:
    """A minimal Debian in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, suite: str) -> None:
        """Fill the folder, and add the user."""
        do(["mmdebstrap", "--quiet", "--variant=minbase", suite, str(self.folder)])
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        for place in Path("/etc/apt/apt.conf.d").iterdir():
            shutil.copy(place, self.folder / "etc/apt/apt.conf.d")
        self.do("apt-get", "update", "-qq")
        self.do("useradd", "--create-home", "--shell", "/bin/bash", USER)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have what a running system has: its processes, and memory to share."""
        mounts = [("proc", self.folder / "proc"), ("tmpfs", self.folder / "dev/shm")]
        for kind, place in mounts:
            do(["mount", "-t", kind, kind, str(place)])
        try:
            yield
        finally:
            for _, place in mounts:
                do(["umount", "--lazy", str(place)])

    def do(self, *command: str) -> str:
        """Run a command as root in there; return what it prints."""
        environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        return do(["chroot", str(self.folder), *command], {**environ, "LC_ALL": "C.UTF-8"})

    def as_user(self, command: str, user: str = USER) -> list[str]:
        """Return what runs a line of the shell as a user."""
        line = f"cd; export DISPLAY={DISPLAY} LC_ALL=C.UTF-8; exec {command}"
        return ["chroot", str(self.folder), "su", "-", user, "-c", line]

    def install(self, package: Path) -> float:
        """Install a package file with what it depends on; return the seconds it took."""
        shutil.copy(package, self.folder / "tmp")
        begun = time.monotonic()
        path = f"/tmp/{package.name}"
        self.do("apt-get", "install", "--yes", "-qq", "--no-install-recommends", path)
        (self.folder / "tmp" / package.name).unlink()
        return time.monotonic() - begun

    def traces(self) -> list[str]:
        """Return what in there is named after the program, but the user's own files and logs."""
        found = do(["find", str(self.folder), "-xdev", "-iname", "*ganart*"]).split("\n")
        places = [path.removeprefix(str(self.folder)) for path in found if path]
        own = (f"/home/{USER}/", "/var/log/", "/proc/")
        return [place for place in places if not place.startswith(own)]


@contextmanager
def screen() -> Iterator[None]:
    """Have a virtual screen."""
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    )
    try:
        while subprocess.run(
            ["xdotool", "getmouselocation"], env=on_screen(), capture_output=True, check=False
        ).returncode:
            time.sleep(_LOOK_S)
        yield
    finally:
        server.terminate()
        server.wait()


def start(root: Root, picture: Path) -> float:
    """Start the program by its menu entry, take a picture, close it; return the seconds until its
    window was there.
    """
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(root.folder / "usr/share/applications/ganart.desktop", encoding="utf-8")
    command = re.sub(r" %[a-zA-Z]", "", entry["Desktop Entry"]["Exec"])
    begun = time.monotonic()
    program = subprocess.Popen(root.as_user(command))
    search = ["xdotool", "search", "--onlyvisible", "--class", "ganart"]
    while not (found := ask(search)):
        if program.poll() is not None or time.monotonic() - begun > WINDOW_WITHIN_S:
            sys.exit("No window came.")
        time.sleep(_LOOK_S)
    seconds = time.monotonic() - begun
    time.sleep(6)  # for its pages and the lamp of the device, which are only looked at
    do(["import", "-window", "root", str(picture)], on_screen())
    do(["xdotool", "windowfocus", found.split()[-1], "key", "ctrl+q"], on_screen())
    program.wait(WINDOW_WITHIN_S)
    return seconds


def use(root: Root, package: Path, following: Path | None, out: Path) -> Iterator[str]:
    """Do all that a user does; yields a line for each step."""
    before = root.traces()
    yield f"installed with what it needs in {root.install(package):.0f} s"
    size_kib = int(root.do("dpkg-query", "-Wf${Installed-Size}", "ganart"))
    yield f"{package.stat().st_size / 1e6:.0f} MB packed, {size_kib * 1.024e-3:.0f} MB installed"
    do(root.as_user("ganart --self-test"))
    yield "the self-test passes for an ordinary user"
    Path("/proc/sys/vm/drop_caches").write_text("3")
    yield f"first window cold after {start(root, out / 'first.png'):.2f} s"
    warm = sorted(start(root, out / "again.png") for _ in range(3))
    yield f"first window warm after {warm[1]:.2f} s (median of 3, with su and its shell)"
    do(root.as_user("ganart demo --minutes 0.1 --quiet --out Pictures"))
    project = root.folder / f"home/{USER}/Pictures/Demo.ganart"
    files = sorted(project.rglob("*"))
    if following is not None:
        yield f"upgraded in {root.install(following):.0f} s"
        shown = do(root.as_user("ganart --version")).strip()
        yield f"it is {shown} now, and the project has {len(files)} files as before"
        assert files == sorted(project.rglob("*"))
        do(root.as_user("ganart --self-test"))
        do(root.as_user(f"ganart sample --project Pictures/{project.name} --seeds 1"))
        yield "the upgraded program passes its self-test and draws from the older project"
        files = sorted(project.rglob("*"))
    root.do("apt-get", "purge", "--yes", "-qq", "ganart")
    assert root.traces() == before, root.traces()
    assert files == sorted(project.rglob("*"))
    yield "removed: nothing is left but the user's own files"


def clean_root(out: Path, suite: str) -> Root:
    """Return a root newly made in a folder, which is emptied before."""
    if os.geteuid() != 0:
        sys.exit("This makes a root of its own, which only root may.")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    root = Root((out / "root").resolve())
    root.make(suite)
    return root


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Use a Debian package as a new user would.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--next", type=Path, metavar="PACKAGE", help="upgrade to this one")
    parser.add_argument("--suite", default="bookworm", help="of Debian (%(default)s)")
    parser.add_argument("--out", type=Path, default=Path("dist/tried"), help="(%(default)s)")
    options = parser.parse_args()
    root = clean_root(options.out, options.suite)
    with screen(), root.running():
        for line in use(root, options.package, options.next, options.out):
            print(line, flush=True)


def on_screen() -> dict[str, str]:
    """Return the environment of programs that use the virtual screen."""
    return {**os.environ, "DISPLAY": DISPLAY}


def do(command: Sequence[str], environ: dict[str, str] | None = None) -> str:
    """Run a command, and end if it fails; return what it prints."""
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def ask(command: Sequence[str]) -> str:
    """Return what a command on the virtual screen prints, whether it fails or not."""
    return subprocess.run(
        command, env=on_screen(), capture_output=True, text=True, check=False
    ).stdout


if __name__ == "__main__":
    main()
