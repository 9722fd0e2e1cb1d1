"""Installs the pack from wheels, tries it out, and leaves it ready for the next start."""

import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ganart import runtime
from ganart.engine.asks import Poll
from ganart.engine.pack.contents import Contents, is_whole
from ganart.engine.pack.errors import DoesNotRun, NotInstalled, NoWheels, WheelDamaged
from ganart.engine.pack.pip import PipFailed, Stopped, run_pip
from ganart.engine.pack.pruning import prune
from ganart.files import as_studio_error, make_folder, require_space

FROZEN = frozenset({"numpy", "pillow", "setuptools"})
"""Packages that the program brings itself: a second copy in one process would not work."""

_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl", re.I)


@dataclass(frozen=True, slots=True)
class Installing:
    """`done` of `total` bytes are unpacked; from `total` on it is being tried out."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Installed:
    """The end: the pack is used from the next start on."""

    device: str
    """What it computes with on this computer: "cuda", or "cpu" where it finds no card."""


def wheels_in(folder: Path, contents: Contents | None) -> tuple[Path, ...]:
    """Return the wheels of a folder that make up a pack.

    Those that the list names must be whole; others are taken as they are, except what the program
    brings itself. Raises `NoWheels` where there is no torch among them, and `WheelDamaged`.
    """
    known = {wheel.file: wheel for wheel in contents.wheels} if contents else {}
    found: dict[str, Path] = {}
    try:
        paths = sorted(folder.glob("*.whl"))
    except OSError as error:
        raise NoWheels(folder=folder) from error
    for path in sorted(paths, key=lambda path: path.name in known):  # the listed ones win
        match = _WHEEL.fullmatch(path.name)
        if match is None or match["name"].lower() in FROZEN:
            continue
        found[match["name"].lower()] = path
    for path in found.values():
        if path.name in known and not is_whole(path, known[path.name]):
            raise WheelDamaged(file=path.name)
    if "torch" not in found or not _is_our_torch(found["torch"].name):
        raise NoWheels(folder=folder)
    return tuple(found.values())


def install(wheels: Sequence[Path], poll: Poll) -> Iterator[Installing | Installed]:
    """Unpack wheels and try torch out; asked to stop it ends without `Installed`.

    Raises `DiskFull`, `FolderNotWritable`, `WheelDamaged`, `NotInstalled`, `DoesNotRun`. Unless it
    comes to its end, nothing of it stays.
    """
    packs = runtime.packs_folder()
    total = sum(map(_unpacked_bytes, wheels))
    require_space(make_folder(packs), total)
    staging = make_folder(packs / f"{time.time_ns():x}")
    is_well = False
    try:
        with runtime.in_use(staging):
            yield from _unpack(wheels, staging, total, poll)
            yield Installing(total, total)
            tried = runtime.trial(staging)
            if tried.reason:
                raise DoesNotRun(reason=tried.reason)
            runtime.use_pack(staging)
            is_well = True
    except Stopped:
        return
    except PipFailed as failure:
        raise _told(failure, packs, total) from failure
    except OSError as error:
        raise as_studio_error(error, packs) from error
    finally:
        if not is_well:
            shutil.rmtree(staging, ignore_errors=True)
    yield Installed(tried.device)


def _unpack(wheels: Sequence[Path], staging: Path, total: int, poll: Poll) -> Iterator[Installing]:
    temporary = make_folder(staging / "unpacking")
    arguments = [
        *("install", "--no-index", "--no-deps", "--no-compile", "--ignore-installed"),
        *("--no-warn-script-location", "--target", str(staging)),
        *map(str, wheels),
    ]
    for _ in run_pip(arguments, temporary, poll):
        yield Installing(min(_size(staging), total - 1), total)
    shutil.rmtree(temporary)
    prune(staging)


def _unpacked_bytes(wheel: Path) -> int:
    try:
        with ZipFile(wheel) as archive:
            return sum(info.file_size for info in archive.infolist())
    except BadZipFile as error:
        raise WheelDamaged(file=wheel.name) from error


def _told(failure: PipFailed, packs: Path, total: int) -> Exception:
    text = str(failure)
    if "No space" in text:
        require_space(packs, total)
    damaged = re.search(r"[\w.+-]+\.whl", text)
    if damaged and (
        "invalid" in text.lower() or "corrupt" in text.lower() or "zip" in text.lower()
    ):
        return WheelDamaged(file=damaged[0])
    return NotInstalled(reason=text)


def _is_our_torch(name: str) -> bool:
    """Tell whether a wheel is torch for this Python, whatever build of it."""
    return name.split("-")[-3] == f"cp{sys.version_info.major}{sys.version_info.minor}"


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
