"""Fetches the wheels of the pack: one after another, each checked, going on where it ended."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.pack.contents import Contents, Wheel, is_whole
from ganart.engine.pack.errors import NotFetched, WheelDamaged
from ganart.engine.pack.pip import PipFailed, Stopped, run_pip
from ganart.files import as_studio_error, make_folder, require_space

_UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Fetching:
    """`done` of `total` bytes are there."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The end: all wheels are there, whole."""

    wheels: tuple[Path, ...]


def fetch(contents: Contents, folder: Path, poll: Poll) -> Iterator[Fetching | Fetched]:
    """Have all wheels in `folder`; asked to stop it ends without `Fetched`, and keeps what it has.

    Raises `DiskFull`, `FolderNotWritable`, `NotFetched` and `WheelDamaged`.
    """
    make_folder(folder)
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)  # of a fetch that was cut short
    missing = [wheel for wheel in contents.wheels if not is_whole(folder / wheel.file, wheel)]
    total = contents.download_bytes
    done = total - sum(wheel.size_bytes for wheel in missing)
    require_space(folder, total - done + contents.installed_bytes)
    yield Fetching(done, total)
    try:
        make_folder(unfinished)
        for wheel in missing:
            for part in _fetch(wheel, folder, unfinished, poll):
                yield Fetching(min(done + part, total), total)
            done += wheel.size_bytes
            yield Fetching(done, total)
    except Stopped:
        return
    except OSError as error:
        raise as_studio_error(error, folder) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    yield Fetched(tuple(folder / wheel.file for wheel in contents.wheels))


def _fetch(wheel: Wheel, folder: Path, unfinished: Path, poll: Poll) -> Iterator[int]:
    """Fetch one wheel; yields how many bytes of it are there."""
    needs = unfinished / "needs.txt"
    needs.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n", "utf-8")
    arguments = [
        *("download", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--requirement", str(needs), "--dest", str(unfinished)),
        *(("--extra-index-url", wheel.index) if wheel.index else ()),
    ]
    try:
        for _ in run_pip(arguments, unfinished, poll):
            yield min(_size(unfinished), wheel.size_bytes)
    except PipFailed as failure:
        if "HASH" in str(failure).upper():
            raise WheelDamaged(file=wheel.file) from failure
        require_space(folder, wheel.size_bytes)  # which is what it may have lacked
        raise NotFetched(file=wheel.file, reason=failure) from failure
    if not is_whole(unfinished / wheel.file, wheel):
        raise WheelDamaged(file=wheel.file)
    (unfinished / wheel.file).replace(folder / wheel.file)


def _size(folder: Path) -> int:
    """Return how many bytes lie in a folder while files come and go."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
