"""Meet an installed Debian package with what goes wrong on people's computers.

    sudo python3 packaging/try_troubles.py dist/ganart_0.1.0_amd64.deb --wheels FOLDER

Each trouble is to end in a sentence and a studio that still starts; pictures of the windows come
into a folder, to be looked at. FOLDER holds the wheels of the pack for graphics cards, as
`packaging/pack_list.py` fetches them; without it what concerns the pack is left out. There need be
no card: a program that answers as NVIDIA's does stands in for it. Needs what `try_deb.py` needs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from try_deb import USER, WINDOW_WITHIN_S, Root, ask, clean_root, do, on_screen, screen
from trying_index import Index

OTHER = "neighbour"
PROJECT = "Pictures/Demo.ganart"
_HOME = Path("home") / USER
_DATA = _HOME / ".local/share/ganart"
_CARD = "NVIDIA GeForce RTX 4090, {driver}, 24564, 8.9"
_SETTLE_S = 4.0


class Trial:
    """The program in a root, and a folder for pictures."""

    def __init__(self, root: Root, out: Path) -> None:
        self.root = root
        self.out = out
        self.environ = ""
        """What is set for each command, as `env` takes it."""

    def tell(self, command: str, user: str = USER) -> tuple[int, str]:
        """Run a command as a user; return its exit code and what it says of errors."""
        line = f"env {self.environ} {command}"
        done = subprocess.run(
            self.root.as_user(line, user), capture_output=True, text=True, check=False
        )
        return done.returncode, f"{done.stdout}\n{done.stderr}".strip()

    def refuse(self, command: str, *words: str) -> str:
        """Run what has to fail with a sentence that has these words; return the sentence."""
        code, said = self.tell(command)
        if code != 1 or "Traceback" in said or not all(word in said for word in words):
            sys.exit(f"`{command}` should have been refused with {words}, but ({code}):\n{said}")
        return " ".join(said.splitlines()[-3:])

    @contextmanager
    def window(self, command: str = "ganart", user: str = USER) -> Iterator[None]:
        """Have the program's window, until it is closed by its key."""
        before = titles()
        line = self.root.as_user(f"env {self.environ} {command}", user)
        program = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begun = time.monotonic()
        while len(titles()) == len(before):
            if program.poll() is not None or time.monotonic() - begun > WINDOW_WITHIN_S:
                sys.exit(f"No window came from `{command}`.")
            time.sleep(0.05)
        yield
        identity = next(each for each in titles() if each not in before)
        do(["xdotool", "windowfocus", identity, "key", "ctrl+q"], on_screen())
        program.wait(WINDOW_WITHIN_S)

    def look(self, name: str) -> None:
        """Take a picture of the screen once it has settled."""
        time.sleep(_SETTLE_S)
        do(["import", "-window", "root", str(self.out / f"{name}.png")], on_screen())


def titles() -> dict[str, str]:
    """Return the titles of the program's windows that are to be seen, by their numbers."""
    found = ask(["xdotool", "search", "--onlyvisible", "--class", "ganart"]).split()
    return {each: ask(["xdotool", "getwindowname", each]).strip() for each in found}


def manners(trial: Trial) -> Iterator[str]:
    """Two people, two starts, and a settings file, folders and a disk that are not as they were."""
    root = trial.root
    root.do("useradd", "--create-home", "--shell", "/bin/bash", OTHER)
    do(root.as_user("ganart demo --minutes 0.1 --quiet --out Pictures"))
    with trial.window(), trial.window(user=OTHER):
        assert len(titles()) == 2
        begun = time.monotonic()
        code, said = trial.tell(f"ganart {PROJECT}")
        handed_s = time.monotonic() - begun
        assert code == 0, said
        trial.look("handed-over")
        assert sorted("Demo" in title for title in titles().values()) == [False, True], titles()
    yield f"two people have a window each; a second start handed over in {handed_s:.1f} s"

    settings = root.folder / _HOME / ".config/ganart/settings.json"
    settings.write_bytes(os.urandom(500))
    with trial.window():
        trial.look("settings-damaged")
    yield "a damaged settings file: the window opens"

    own = root.folder / _HOME
    folders = [own / part for part in (".local", ".config", ".cache")]
    do(["chmod", "-R", "a-w", *map(str, folders)])
    with trial.window(f"ganart {PROJECT}"):
        trial.look("read-only")
    do(["chmod", "-R", "u+w", *map(str, folders)])
    yield "folders that cannot be written to: the window opens"

    with (
        full(own / ".config/ganart"),
        full(own / ".cache"),
        full(own / ".local"),
        trial.window(f"ganart {PROJECT}"),
    ):
        trial.look("disk-full")
    yield "a full disk: the window opens"


def packs(trial: Trial, wheels: Path) -> Iterator[str]:
    """What can go wrong with the pack for graphics cards."""
    data = trial.root.folder / _DATA
    card(trial.root, "")
    yield "no card: " + trial.refuse("ganart pack --get --quiet", "no graphics card")
    card(trial.root, _CARD.format(driver="470.256.02"))
    yield "old driver: " + trial.refuse("ganart pack --get --quiet", "driver")
    card(trial.root, _CARD.format(driver="580.95.05"))
    do(trial.root.as_user("mkdir -p .local/share/ganart"))
    with full(data):
        yield "no space: " + trial.refuse("ganart pack --from /srv/wheels --quiet", "free")
    with Index(wheels) as index:
        trial.environ = f"PIP_INDEX_URL={index.address}"
        index.lose_at(0.6)
        yield "network lost at 60 %: " + trial.refuse("ganart pack --get --quiet", "fetched")
        first = index.served_bytes
        index.damage("nvidia_nvtx")
        yield "damaged on the way: " + trial.refuse("ganart pack --get --quiet", "damaged")
        index.damage("")
        begun = time.monotonic()
        code, said = trial.tell("ganart pack --get --quiet")
        assert code == 0, said
        whole = sum(path.stat().st_size for path in wheels.glob("*.whl"))
        assert index.served_bytes < 1.4 * whole, (first, index.served_bytes, whole)
        yield (
            f"it went on where it ended ({index.served_bytes / whole:.2f} of the pack was sent in "
            f"all) and was installed in {time.monotonic() - begun:.0f} s: {said.splitlines()[-1]}"
        )
    trial.environ = ""
    code, said = trial.tell("ganart check")
    assert "+cu" in said, said
    assert not list((data.parents[2] / ".cache/ganart/gpu-pack").glob("*")), "wheels were left"
    yield ", ".join(line for line in said.splitlines() if "torch" in line)


def old_pack(trial: Trial) -> Iterator[str]:
    """A pack after the program has changed, one for another Python, and one that was damaged."""
    code, said = trial.tell("ganart --self-test")
    assert code == 0, said
    assert "gpu-packs" in said, said
    yield "after the upgrade the pack is tried out anew, and used"
    pack = next(path for path in (trial.root.folder / _DATA / "gpu-packs").glob("*/torch"))
    core = next(pack.glob("_C.*.so"))
    elsewhere = core.with_name("_C.cpython-310-x86_64-linux-gnu.so")
    core.rename(elsewhere)
    code, said = trial.tell("ganart --self-test")
    assert code == 1, said
    assert "another version" in said, said
    elsewhere.rename(core)
    yield "a pack for another Python: it says so"
    library = pack / "lib/libtorch_cpu.so"
    with library.open("r+b") as stream:
        stream.truncate(library.stat().st_size // 2)
    with trial.window():
        trial.look("pack-damaged")
    code, said = trial.tell("ganart sample --help")
    assert code == 0, said
    code, said = trial.tell("ganart check")
    assert "+cpu" in said, said
    assert "cannot be used" in said, said
    yield "a damaged pack: the studio starts with what was installed, and says why"
    do(trial.root.as_user("ganart pack --remove"))
    assert not pack.exists()
    code, said = trial.tell("ganart --self-test")
    assert code == 0, said
    yield "removed: all is well without it"


def portable(trial: Trial) -> Iterator[str]:
    """A copy on a stick, in folders with blanks and letters of all kinds."""
    own = trial.root.folder / _HOME
    folder = "Bilder & Öl/استودیو 画"
    do(trial.root.as_user(f'mkdir -p "{folder}"'))
    do(trial.root.as_user(f'cp -r /opt/ganart/. "{folder}"'))
    do(trial.root.as_user(f'mkdir "{folder}/portable"'))
    before = {path for path in own.rglob("*") if "Bilder" not in str(path)}
    with trial.window(f'"{folder}/ganart"'):
        trial.look("portable")
    do(trial.root.as_user(f'"{folder}/ganart" --self-test'))
    do(
        trial.root.as_user(
            f'"{folder}/ganart" demo --minutes 0.1 --quiet --out "{folder}/portable"'
        )
    )
    after = {path for path in own.rglob("*") if "Bilder" not in str(path)}
    assert after == before, after ^ before
    assert (own / folder / "portable/config").is_dir()
    shutil.rmtree(own / "Bilder & Öl")
    yield "a copy in a folder of many letters keeps all that is its own beside it"


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Have a disk in place of a folder that has no space left."""
    do(["mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", str(folder)])
    try:
        with (folder / "ballast").open("wb") as stream:
            stream.write(bytes(64 * 1024))
        yield
    finally:
        do(["umount", "--lazy", str(folder)])


def card(root: Root, answer: str) -> None:
    """Put what answers as NVIDIA's program does, or nothing."""
    program = root.folder / "usr/local/bin/nvidia-smi"
    program.unlink(missing_ok=True)
    if answer:
        program.write_text(f"#!/bin/sh\necho '{answer}'\n")
        program.chmod(0o755)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("--next", type=Path, metavar="PACKAGE", help="upgrade to this one")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER", help="what the pack consists of")
    parser.add_argument("--suite", default="bookworm", help="of Debian (%(default)s)")
    parser.add_argument("--out", type=Path, default=Path("dist/troubles"), help="(%(default)s)")
    options = parser.parse_args()
    root = clean_root(options.out, options.suite)
    trial = Trial(root, options.out)
    with screen(), root.running():
        root.install(options.package)
        for line in chain(manners(trial), portable(trial)):
            print(line, flush=True)
        if options.wheels is not None:
            with bound(options.wheels, root.folder / "srv/wheels"):
                for line in packs(trial, options.wheels):
                    print(line, flush=True)
            if options.next is not None:
                root.install(options.next)
            for line in old_pack(trial):
                print(line, flush=True)


@contextmanager
def bound(folder: Path, place: Path) -> Iterator[None]:
    """Have a folder at another place."""
    place.mkdir(parents=True, exist_ok=True)
    do(["mount", "--bind", str(folder.resolve()), str(place)])
    try:
        yield
    finally:
        do(["umount", "--lazy", str(place)])


if __name__ == "__main__":
    main()
