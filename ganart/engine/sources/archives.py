"""Unpacks the pictures of a ZIP file into a folder of the project, trusting nothing in it."""

import re
import stat
import zipfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from ganart.datasets.errors import Reason
from ganart.datasets.kinds import PICTURE_SUFFIXES, UNSUPPORTED_SUFFIXES
from ganart.datasets.pool import Poll, Stop
from ganart.datasets.reasons import reason_of
from ganart.engine.sources.errors import BadArchive, NothingInside, Why
from ganart.engine.sources.gathering import (
    GatherEvent,
    Gathering,
    Keeper,
    Kind,
    LeftOut,
    Origin,
    file_print,
    is_companion,
)
from ganart.engine.style.batch_sources import BAD_ZIP, ENCRYPTED, METHODS, ZIP_SUFFIXES
from ganart.files import atomic_path, make_folder, require_space
from ganart.media.names import safe_stem
from ganart.text import QT_TRANSLATE_NOOP

MAX_MEMBERS = 200_000
"""Entries of any kind; a list of more is refused."""
MAX_MEMBER_BYTES = 2**29
_MAX_COMPANION_BYTES = 2**26
_SUSPECT_BYTES = 2**24
_SUSPECT_RATIO = 200
"""What is larger and unfolds to so many times its packed size is no picture that anybody packed."""
_SUSPECT_TOTAL_BYTES = 2**31
"""The same of all together: files that share their packed bytes are each of an honest size."""
_BLOCK_BYTES = 2**16
_MAX_NAME_BYTES = 1000
_DRIVE = re.compile(r"^[A-Za-z]:")
_NESTED_SUFFIXES = ZIP_SUFFIXES | {".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"}
_TOLD_SUFFIXES = PICTURE_SUFFIXES | UNSUPPORTED_SUFFIXES | _NESTED_SUFFIXES
_TOO_MANY = QT_TRANSLATE_NOOP("errors", "it lists more files than anybody packs")


class _Stopped(Exception):
    """Asked to stop in the midst of a file."""


@dataclass(frozen=True, slots=True)
class _Member:
    info: zipfile.ZipInfo
    target: PurePosixPath
    """Where it is put, below the folder."""


def unpack(path: Path, sources: Path, poll: Poll) -> Iterator[GatherEvent]:
    """Unpack the pictures of a ZIP file into a folder of their own below `sources`.

    Captions beside them come along. The last event is `Gathered`. Unpacking the same file again
    adds nothing, and goes on where it was stopped. Every name is made one that all systems accept,
    within the folder; files that are no pictures are passed over. Raises `BadArchive`,
    `NothingInside`, `DiskFull` and `FolderNotWritable`; the ZIP file is only read.
    """
    stop = Stop(poll)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a FIFO would block for ever
            raise BadArchive(path, reason=Reason.NOT_A_FILE)
        with zipfile.ZipFile(path) as archive:
            members = yield from _members(archive, path)
            keeper = Keeper(sources, Origin(Kind.ZIP, path, file_print(path), {}))
            gathered = keeper.finished()
            if gathered is None:
                yield from _unpack(archive, members, keeper, stop)
                gathered = keeper.finish(complete=not stop())
    except OSError as error:
        raise BadArchive(path, reason=reason_of(error, path)) from error
    except BAD_ZIP as error:
        raise BadArchive(path, reason=Reason.DAMAGED) from error
    if gathered.complete and not gathered.count:
        raise NothingInside(path)
    yield gathered


def _members(archive: zipfile.ZipFile, path: Path) -> Generator[GatherEvent, None, list[_Member]]:
    """Tell what is left out, and return the rest with the names that they get."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise BadArchive(path, reason=_TOO_MANY)
    names = _Names()
    members = []
    for info in infos:
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or not _concerns(name):
            continue
        why = _why_not(info, name)
        if why is None:
            members.append(_Member(info, names.take(name)))
        else:
            yield LeftOut(info.filename, why)
    total = sum(each.info.file_size for each in members)
    if total > max(_SUSPECT_TOTAL_BYTES, _SUSPECT_RATIO * path.stat().st_size):
        raise BadArchive(path, reason=Why.UNFOLDS)
    return members


def _unpack(
    archive: zipfile.ZipFile, members: list[_Member], keeper: Keeper, stop: Stop
) -> Iterator[GatherEvent]:
    missing = [each for each in members if not (keeper.folder / each.target).exists()]
    require_space(keeper.folder, sum(each.info.file_size for each in missing))
    done = len(members) - len(missing)
    yield Gathering(done, len(members))
    for number, member in enumerate(missing, start=done + 1):
        try:
            _write(archive, member, keeper.folder / member.target, stop)
        except _Stopped:
            return
        except NotImplementedError:
            yield LeftOut(member.info.filename, Why.UNSUPPORTED)
        except BAD_ZIP:
            yield LeftOut(member.info.filename, Why.DAMAGED)
        else:
            keeper.added += not is_companion(member.target.name)
        yield Gathering(number, len(members))


def _concerns(name: PurePosixPath) -> bool:
    """Tell whether a file is one to take, or one that people should hear about."""
    if any(part.startswith((".", "__MACOSX")) for part in name.parts if part != ".."):
        return False
    return name.suffix.lower() in _TOLD_SUFFIXES or is_companion(name.name)


def _why_not(info: zipfile.ZipInfo, name: PurePosixPath) -> Why | None:
    suffix = name.suffix.lower()
    most = _MAX_COMPANION_BYTES if is_companion(name.name) else MAX_MEMBER_BYTES
    unfolds = info.file_size > max(_SUSPECT_BYTES, _SUSPECT_RATIO * info.compress_size)
    tests: tuple[tuple[Why, Callable[[], bool]], ...] = (
        (Why.OUTSIDE, lambda: _leads_out(name)),
        (Why.LINK, lambda: stat.S_ISLNK(info.external_attr >> 16)),
        (Why.LOCKED, lambda: bool(info.flag_bits & ENCRYPTED)),
        (Why.NESTED, lambda: suffix in _NESTED_SUFFIXES),
        (Why.NO_PICTURE, lambda: suffix in UNSUPPORTED_SUFFIXES),
        (Why.UNFOLDS, lambda: unfolds or info.file_size > most),
        (Why.UNSUPPORTED, lambda: info.compress_type not in METHODS),
    )
    return next((why for why, holds in tests if holds()), None)


def _leads_out(name: PurePosixPath) -> bool:
    return name.is_absolute() or ".." in name.parts or bool(_DRIVE.match(str(name)))


class _Names:
    """Gives each file a name that all systems accept and that no other has."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, name: PurePosixPath) -> PurePosixPath:
        """Return the name for a file; names that differ in capitals only are the same."""
        last = safe_stem(name.stem) + name.suffix.lower()
        wanted = PurePosixPath(*[safe_stem(part) for part in name.parts[:-1]], last)
        above = [_folded(folder) for folder in wanted.parents]
        # A file may have the name of another one's folder, in an archive.
        if len(str(wanted).encode()) > _MAX_NAME_BYTES or self._files & set(above):
            wanted, above = PurePosixPath(last), []
        free, number = wanted, 1
        while _folded(free) in self._files | self._folders:
            number += 1
            free = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        self._files.add(_folded(free))
        self._folders.update(above)
        return free


def _folded(name: PurePosixPath) -> str:
    return normalize("NFC", str(name)).casefold()


def _write(archive: zipfile.ZipFile, member: _Member, target: Path, stop: Stop) -> None:
    """Unpack a file in blocks, so that little memory is taken and a stop is heard."""
    make_folder(target.parent)
    with (
        archive.open(member.info) as packed,
        atomic_path(target) as temporary,
        temporary.open("wb") as stream,
    ):
        while True:
            if stop():
                raise _Stopped
            block = packed.read(_BLOCK_BYTES)
            if not block:
                return
            stream.write(block)
