"""Writes the curated set as a folder or ZIP file that other tools can use. Imports no torch."""

import csv
import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

from ganart.datasets.captions import METADATA
from ganart.datasets.catalogue import Catalogue, PictureRow
from ganart.datasets.errors import NoPictures, Reason, Unreadable, printable
from ganart.datasets.filters import Filter
from ganart.datasets.framing import WHOLE, Fill, Framing, Size, both_sides, unstretched
from ganart.datasets.kinds import PICTURE_SUFFIXES, SIGNATURE_BYTES, usual_suffix
from ganart.datasets.manifests import MANIFEST, ORIGINALS, PREPARED, SCHEMA
from ganart.datasets.pool import Poll, Stop, in_order
from ganart.datasets.prepare import framed
from ganart.datasets.reasons import reason_of
from ganart.datasets.records import Mark
from ganart.datasets.scan import Refused
from ganart.datasets.whole import framing_of
from ganart.engine.errors import EngineError
from ganart.files import UNFINISHED_PREFIX, as_studio_error, make_folder, require_space
from ganart.media.names import safe_stem
from ganart.media.suffixes import ARCHIVE_SUFFIXES
from ganart.text import QT_TRANSLATE_NOOP

ZIP_SUFFIX = ".zip"
PICTURES = "pictures"
"""The folder of the pictures, beside the manifests."""
CURATED = Filter(marks=frozenset({Mark.NONE, Mark.PICKED}))
"""All but the rejected."""

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""Of files in a ZIP, so that equal sets give equal files; the earliest that the format has."""
_COLUMNS = (
    "file", "original", "hash", "width", "height", "size_bytes", "mark", "stars", "weight", "tags",
    "framing",
)  # fmt: skip


class TargetTaken(EngineError):
    """Detail: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} is there already.")
    safe = QT_TRANSLATE_NOOP("errors", "It was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose a name that nothing has yet.")


class NoArchive(EngineError):
    """Details: `path`, `suffix`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be written: {suffix} is no ZIP file.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose a name that ends in .zip, or one without such an ending for a folder."
    )


class TargetInDataset(EngineError):
    """Details: `path`, `source`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} lies in {source}, a folder of the dataset.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was written, for it would join the dataset.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose a place outside.")


class _Stopped(Exception):
    """Asked to stop, so that what was written goes."""


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What is exported, and how."""

    target: Path
    """A name that ends in .zip is a ZIP file, any other a folder."""
    prepared: Size | None = None
    """Pictures are framed for this size and written as PNG; None copies the originals."""
    unstretch: bool = False
    """Pictures that were stretched for training are pulled back to their own aspect."""
    wanted: Filter = field(default=CURATED)
    only: frozenset[int] | None = None
    """Numbers of the pictures that may be taken, of those that are wanted; None for all."""


@dataclass(frozen=True, slots=True)
class Exporting:
    """`done` of `total` pictures are written."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The end: `count` pictures lie at `path`."""

    path: Path
    count: int


ExportEvent = Exporting | Refused | Exported
_Put = Callable[[str, bytes], None]
"""Writes a file of that name, parts divided by slashes."""


def export_set(catalogue: Catalogue, plan: SetPlan, poll: Poll) -> Iterator[ExportEvent]:
    """Write pictures with manifest.csv, manifest.json and metadata.jsonl, which holds the tags.

    The last event is `Exported`. All is written under another name and gets its own at the end;
    asked to stop, or after an error, nothing is left behind. What cannot be read is left out, each
    told by `Refused`. Raises `NoPictures`, `NoArchive`, `TargetTaken`, `TargetInDataset`,
    `DiskFull` and `FolderNotWritable`; the originals are only read.
    """
    stop = Stop(poll)
    chosen = set(catalogue.matching(plan.wanted))
    if plan.only is not None:
        chosen &= plan.only
    rows = [row for row in catalogue.pictures() if row.id in chosen]
    _check(catalogue, plan, rows)
    usual = catalogue.usual_framing()
    try:
        with _target(plan.target) as put:
            written = yield from _write_pictures(rows, plan, usual, put, stop)
            if not written:
                raise NoPictures(refused=len(rows))
            entries = [_entry(name, row, catalogue.sources()) for name, row in written]
            for name, text in _manifests(entries, plan):
                put(name, text.encode("utf-8"))
    except _Stopped:
        return
    except OSError as error:
        raise as_studio_error(error, plan.target.parent) from error
    yield Exported(plan.target, len(written))


def _check(catalogue: Catalogue, plan: SetPlan, rows: list[PictureRow]) -> None:
    """Refuse before anything is written."""
    if not rows:
        raise NoPictures(refused=catalogue.counts().refused)
    suffix = plan.target.suffix.lower()
    if suffix in ARCHIVE_SUFFIXES and suffix != ZIP_SUFFIX:
        raise NoArchive(path=printable(plan.target), suffix=suffix)
    target = Path(os.path.realpath(plan.target))
    for source in catalogue.sources():
        if target.is_relative_to(source):
            raise TargetInDataset(path=printable(plan.target), source=printable(source))
    if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
        raise TargetTaken(path=printable(plan.target))
    make_folder(target.parent)
    needed = sum(row.size_bytes for row in rows)
    if plan.prepared is not None:
        width, height = both_sides(plan.prepared)
        needed = len(rows) * width * height * 3
    require_space(target.parent, needed)


def _write_pictures(
    rows: list[PictureRow], plan: SetPlan, usual: Framing, put: _Put, stop: Stop
) -> Generator[ExportEvent, None, list[tuple[str, PictureRow]]]:
    """Write the pictures; return those that were written with their names. Raises `_Stopped`."""
    written: list[tuple[str, PictureRow]] = []
    taken: set[str] = set()
    yield Exporting(0, len(rows))
    with closing(_contents(rows, plan, usual, stop)) as results:
        for done, (row, content) in enumerate(results, start=1):
            if isinstance(content, Reason):
                yield Refused(row.path, content)
            else:
                suffix = _suffix(row.path, content) if plan.prepared is None else ".png"
                name = f"{PICTURES}/{_free(row.path.stem, suffix, taken)}"
                put(name, content)
                written.append((name, row))
            yield Exporting(done, len(rows))
    if stop():
        raise _Stopped
    return written


def _contents(
    rows: list[PictureRow], plan: SetPlan, usual: Framing, stop: Stop
) -> Generator[tuple[PictureRow, bytes | Reason], None, None]:
    """Yield the file of each picture, or why there is none."""
    if plan.prepared is not None:
        yield from in_order(partial(_rendered, plan, usual), rows, stop)
        return
    for row in rows:  # One at a time, since files may be large.
        if stop():
            return
        yield row, _original(row)


def _original(row: PictureRow) -> bytes | Reason:
    try:
        if not stat.S_ISREG(row.path.stat().st_mode):
            return Reason.NOT_A_FILE
        return row.path.read_bytes()
    except OSError as error:
        return reason_of(error, row.path)
    except MemoryError:
        return Reason.NO_MEMORY


def _rendered(plan: SetPlan, usual: Framing, row: PictureRow) -> bytes | Reason:
    assert plan.prepared is not None
    try:
        image = framed(row, plan.prepared, usual)
    except Unreadable as error:
        return error.reason
    framing = framing_of(row, usual)
    if plan.unstretch and framing.fill is Fill.STRETCH:
        left, top, right, bottom = (framing.crop or WHOLE).pixels(row.width, row.height)
        image = unstretched(image, (right - left) / (bottom - top))
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _suffix(path: Path, content: bytes) -> str:
    """Return the ending of a name; pictures from the web are called "picture.php?id=5"."""
    suffix = path.suffix.lower()
    return suffix if suffix in PICTURE_SUFFIXES else usual_suffix(content[:SIGNATURE_BYTES])


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    """Return a file name that all systems accept and no other has, however it is written."""
    stem, number = safe_stem(stem), 1
    name = stem + suffix
    while _folded(name) in taken:
        number += 1
        name = f"{stem} {number}{suffix}"
    taken.add(_folded(name))
    return name


def _folded(name: str) -> str:
    """Return what names share that some systems do not tell apart."""
    return normalize("NFC", name).casefold()


def _entry(name: str, row: PictureRow, sources: list[Path]) -> dict[str, Any]:
    """Return what the manifests tell of a picture."""
    return {
        "file": name,
        "original": _below(row.path, sources),
        "hash": row.pixel_hash,
        "width": row.width,
        "height": row.height,
        "size_bytes": row.size_bytes,
        "mark": row.mark.value,
        "stars": row.stars,
        "weight": row.kept_weight,
        "tags": sorted(row.tags),
        "framing": None if row.framing is None else json.loads(framing_of(row).to_json()),
    }


def _below(path: Path, sources: list[Path]) -> str:
    """Return a path from its source on: where that lies is nobody else's business."""
    for source in sources:
        if path.is_relative_to(source):
            return printable(path.relative_to(source.parent))
    return printable(Path(path.name))


def _manifests(entries: list[dict[str, Any]], plan: SetPlan) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the three files that tell what the set holds."""
    size = None if plan.prepared is None else list(both_sides(plan.prepared))
    whole = {"schema": SCHEMA, "pixels": ORIGINALS if size is None else PREPARED}
    yield MANIFEST, json.dumps(whole | {"size": size, "pictures": entries}, indent=2) + "\n"
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for entry in entries:
        framing = "" if entry["framing"] is None else json.dumps(entry["framing"])
        shown = entry | {"tags": ", ".join(entry["tags"]), "framing": framing}
        writer.writerow([shown[column] for column in _COLUMNS])
    yield "manifest.csv", table.getvalue()
    tagged = ({"file_name": entry["file"], "tags": entry["tags"]} for entry in entries)
    yield METADATA, "".join(json.dumps(each) + "\n" for each in tagged)


@contextmanager
def _target(target: Path) -> Iterator[_Put]:
    """Give what writes files; they come to `target` at the end, unless the block raises."""
    is_zip = target.suffix.lower() == ZIP_SUFFIX
    with (_zip if is_zip else _folder)(target) as put:
        yield put


@contextmanager
def _zip(target: Path) -> Iterator[_Put]:
    building = _building(target)
    try:
        with zipfile.ZipFile(building, "w") as archive:

            def put(name: str, content: bytes) -> None:
                # Pictures are packed as far as they go already.
                archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content)

            yield put
        _synced(building)
        _require_free(target)
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)


@contextmanager
def _folder(target: Path) -> Iterator[_Put]:
    building = _building(target)
    shutil.rmtree(building, ignore_errors=True)
    (building / PICTURES).mkdir(parents=True)

    def put(name: str, content: bytes) -> None:
        (building / name).write_bytes(content)
        _synced(building / name)

    try:
        yield put
        if target.is_dir():
            target.rmdir()  # It was empty.
        _require_free(target)
        building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _building(target: Path) -> Path:
    """Return where `target` is built: one place, so that what a killed program left goes then."""
    digest = sha256(os.fsencode(target.name)).hexdigest()[:12]
    return target.with_name(f"{UNFINISHED_PREFIX}{digest}{target.suffix}")


def _require_free(target: Path) -> None:
    """Replace nothing that came there in the meantime."""
    if os.path.lexists(target):
        raise TargetTaken(path=printable(target))


def _synced(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
