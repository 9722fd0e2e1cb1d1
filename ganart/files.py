"""Writing files so that a crash, a full disk or a pulled plug never leaves half a file behind."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ganart.errors import DiskFull, DiskRanFull, FolderNotWritable

UNFINISHED_PREFIX = ".ganart-unfinished-"
"""Begins the names of files that are being written."""
DISK_RESERVE_BYTES = 32 * 2**20
"""Space that is left free on purpose, so that the system and SQLite can go on working."""


def human_size(size_bytes: float) -> str:
    """Return the size of files or of a disk as disks are sold: '812 B', '1.4 MB'."""
    return _human(size_bytes, 1000)


def human_memory(size_bytes: float) -> str:
    """Return an amount of memory as computers and cards are sold, 1 GB being 1024 MB: '24.0 GB'."""
    return _human(size_bytes, 1024)


def _human(size_bytes: float, step: int) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if abs(size_bytes) < step:
            return f"{size_bytes:.0f} {unit}" if unit == "B" else f"{size_bytes:.1f} {unit}"
        size_bytes /= step
    return f"{size_bytes:.1f} TB"


def make_folder(folder: Path) -> Path:
    """Make a folder and those above it where they are missing. Raises `FolderNotWritable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    return folder


def require_space(folder: Path, needed_bytes: int) -> None:
    """Raise `DiskFull` unless `needed_bytes` and a reserve are free where `folder` lies.

    Raises `FolderNotWritable` where the folder is gone.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    if free < needed_bytes + DISK_RESERVE_BYTES:
        raise DiskFull(folder=folder, needed=human_size(needed_bytes), free=human_size(free))


def sweep_unfinished(folder: Path) -> None:
    """Remove what programs that were killed left half-written in `folder` and below it.

    Only for folders that nobody else writes to, such as a locked project.
    """
    # Three times as fast as `Path.rglob`: a project may have a hundred thousand thumbnails.
    for below, _, names in os.walk(folder):
        for name in names:
            if name.startswith(UNFINISHED_PREFIX):
                with suppress(OSError):
                    Path(below, name).unlink()


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; on success sync it and rename it over `target`.

    If the block raises, the temporary file is removed and `target` stays as it was. Raises
    `DiskFull` or `FolderNotWritable` in place of the system's errors of that meaning.
    """
    temporary: Path | None = None
    try:
        # The suffix is kept: encoders choose their format by it.
        unused = target.parent / f"{UNFINISHED_PREFIX}{secrets.token_hex(6)}{target.suffix}"
        unused.touch(exist_ok=False)
        temporary = unused
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise as_studio_error(error, target.parent) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def atomic_new_path(folder: Path, suffix: str, choose: Callable[[], Path]) -> Iterator[Path]:
    """Give a temporary path in `folder`; on success sync it and rename it to what `choose` says.

    `choose` gives a path in `folder` that is free, and is asked again where another program was
    quicker; nothing is ever replaced. Else as `atomic_path`.
    """
    temporary = folder / f"{UNFINISHED_PREFIX}{secrets.token_hex(6)}{suffix}"
    try:
        temporary.touch(exist_ok=False)
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        while True:
            with suppress(FileExistsError):
                _rename_new(temporary, choose())
                break
        _sync_folder(folder)
    except OSError as error:
        raise as_studio_error(error, folder) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_atomic(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all; errors as in `atomic_path`."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(content)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; systems that cannot open folders (Windows) skip it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def as_studio_error(error: OSError, folder: Path) -> Exception:
    """Return `DiskFull` or `FolderNotWritable` for what the system said of writing to `folder`."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        with suppress(OSError):
            free = human_size(shutil.disk_usage(folder).free)
            return DiskRanFull(folder=folder, free=free)
    if error.errno is None:  # not the system's: a library's way of saying that data is bad
        return error
    return FolderNotWritable(folder=folder, reason=error.strerror)


def write_new(target: Path, content: bytes, mark: str, replace: bool = False) -> None:
    """Write `content` to `target`, whole or not at all, only where nothing is yet.

    Of two programs that write to one name at the same moment the later gets `FileExistsError`.
    With `replace` what is there is replaced. `mark` names the temporary file (`unfinished_path`),
    so that who knows it can remove what a killed program left. Raises `DiskFull` or
    `FolderNotWritable` else.
    """
    temporary = unfinished_path(target, mark)
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            temporary.replace(target)
        else:
            _rename_new(temporary, target)
        _sync_folder(target.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise as_studio_error(error, target.parent) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def unfinished_path(target: Path, mark: str) -> Path:
    """Return where `write_new` keeps what it has not finished."""
    return target.parent / f"{UNFINISHED_PREFIX}{mark}{target.suffix}"


def _rename_new(temporary: Path, target: Path) -> None:
    """Rename without replacing, which is what a hard link does on every system."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # File systems without links, such as FAT: here another program has a moment to come first.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.rename(target)
