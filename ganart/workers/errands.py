"""Jobs that change what the dataset is made of, and bring its catalogue up to date after that."""

import shutil
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ganart.datasets.pool import Stop
from ganart.engine.asks import Poll
from ganart.engine.sources.frame_choice import FrameChoice
from ganart.errors import StudioError
from ganart.workers.png import png_of
from ganart.workers.run import ErrorReport, Job

if TYPE_CHECKING:  # they bring Pillow
    from ganart.datasets.catalogue import Catalogue
    from ganart.engine.sources.gathering import GatherEvent


@dataclass(frozen=True, slots=True)
class Taking:
    """The pictures of a ZIP file, or some frames of a film, which are put into the project."""

    path: Path
    choice: FrameChoice | None = None
    """None for a ZIP file."""
    instead_of: Path | None = None
    """The folder of what was taken before, whose notes pass over to equal pictures."""


@dataclass(frozen=True, slots=True, eq=False)
class Pasted:
    """A picture of the clipboard, which is kept in the project."""

    content: QImage | bytes
    """The bytes are a PNG file."""


Addition = Path | Taking | Pasted
"""A path is a folder or a picture, which stays where it is."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done before a scan."""

    everything: bool = False
    """All sources are to be looked through, also those that were not touched."""
    add: Sequence[Addition] = ()
    remove: Sequence[Path] = ()
    move: tuple[Path, Path] | None = None
    """A source, and where it lies now."""
    only: Sequence[Path] = ()
    """Sources to be looked through that are not touched."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The pictures inside a file are taken out next."""

    path: Path


@dataclass(frozen=True, slots=True)
class Taken:
    """`done` of `total` files or frames were looked at; `total` is 0 where nobody knows."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """Taking pictures out of a file was stopped; `source` holds those taken so far."""

    source: Path


@dataclass(frozen=True, slots=True)
class Recognized:
    """`done` of `total` pictures were looked for at the new place of their source."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Left:
    """Something inside a file that was not taken."""

    origin: Path
    name: str
    reason: str
    """Marked for translation."""


@dataclass(frozen=True, slots=True)
class NotAdded:
    """An addition failed; those behind it come next."""

    report: ErrorReport


def errand_job(catalogue_path: Path, errand: Errand) -> Job:
    """Do an errand, then scan what it concerns.

    Yields `Opened`, `Taken`, `Stopped`, `Left`, `NotAdded`, `Recognized` and `ScanEvent`. Pictures
    that are new to the catalogue get the tags and notes that lie beside them.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.captions import import_tags
        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.errors import FolderGone
        from ganart.datasets.manifests import import_notes
        from ganart.datasets.scan import scan
        from ganart.engine.sources.gathering import follow_project

        stop = Stop(poll)
        gone: FolderGone | None = None
        with Catalogue(catalogue_path) as catalogue:
            follow_project(catalogue, catalogue_path.parent)
            before = catalogue.newest()
            concerned = yield from _concerned(catalogue, errand, stop)
            try:
                yield from scan(catalogue, stop, None if errand.everything else concerned)
            except FolderGone as error:  # what the others hold is no less new
                gone = error
            if catalogue.newest() > before:
                import_notes(catalogue, before)
                import_tags(catalogue, before)
        if gone is not None:
            raise gone

    return job


def _concerned(
    catalogue: "Catalogue", errand: Errand, stop: Stop
) -> Generator[object, None, list[Path]]:
    """Do all of an errand but the scan; return the sources to be looked through."""
    from ganart.engine.sources.gathering import FOLDER

    folder = catalogue.path.parent.resolve() / FOLDER
    concerned = [*errand.only]
    if errand.move is not None:
        yield from _moved(catalogue, *errand.move, stop)
        concerned.append(errand.move[1].resolve())
    for source in errand.remove:
        catalogue.remove_source(source)
        _discard(source, folder)
    # What takes no time comes first: a stop in the midst of a ZIP file is none of its business.
    for addition in sorted(errand.add, key=lambda each: not isinstance(each, Path)):
        if stop():
            break
        try:
            new = yield from _added(catalogue, addition, folder, stop)
        except StudioError as error:
            yield NotAdded(ErrorReport.of(error))
        else:
            if new is not None:
                concerned.append(new)
    return [source for source in catalogue.sources() if source in concerned]


def _added(
    catalogue: "Catalogue", addition: Addition, folder: Path, stop: Stop
) -> Generator[object, None, Path | None]:
    """Add something; return the source that it is, None if it was stopped before there was any."""
    if isinstance(addition, Taking):
        return (yield from _taken(catalogue, addition, folder, stop))
    if isinstance(addition, Pasted):
        from ganart.engine.sources.paste import keep_pasted

        content = addition.content
        png = content if isinstance(content, bytes) else png_of(content)
        source = keep_pasted(png, folder).parent
    else:
        source = addition
    catalogue.add_source(source)
    return source.resolve()


def _taken(
    catalogue: "Catalogue", taking: Taking, folder: Path, stop: Stop
) -> Generator[object, None, Path | None]:
    from ganart.engine.sources.gathering import Gathered, LeftOut

    yield Opened(taking.path)
    gathered: Gathered | None = None
    for event in _gathering(taking, folder, stop):
        if isinstance(event, LeftOut):
            yield Left(taking.path, event.name, event.why)
        elif isinstance(event, Gathered):
            gathered = event
        else:
            yield Taken(event.done, event.total)
    if gathered is None or not gathered.count:
        return None
    source = gathered.folder.resolve()
    if not gathered.complete:
        yield Stopped(source)
    old = taking.instead_of
    if old is None or old == source or not (yield from _handed_over(catalogue, old, source, stop)):
        catalogue.add_source(source)
    return source


def _gathering(taking: Taking, folder: Path, stop: Stop) -> "Iterator[GatherEvent]":
    if taking.choice is None:
        from ganart.engine.sources.archives import unpack

        return unpack(taking.path, folder, stop)
    from ganart.engine.sources.frames import take_frames

    return take_frames(taking.path, folder, stop, taking.choice)


def _handed_over(
    catalogue: "Catalogue", old: Path, new: Path, stop: Stop
) -> Generator[object, None, bool]:
    """Let a source take the place of an older one; false, and both stay, where little is equal."""
    from ganart.datasets.repoint import NotThatFolder

    with suppress(NotThatFolder):
        if (yield from _moved(catalogue, old, new, stop)):
            _discard(old, new.parent)
            return True
    return False


def _moved(
    catalogue: "Catalogue", old: Path, new: Path, stop: Stop
) -> Generator[object, None, bool]:
    """Have a source lie elsewhere; false if it was stopped."""
    from ganart.datasets.repoint import Repointed, repoint

    for event in repoint(catalogue, old, new, stop):
        if isinstance(event, Repointed):
            return True
        yield Recognized(event.done, event.total)
    return False


def _discard(source: Path, folder: Path) -> None:
    """Delete copies that the project has made; what lies elsewhere is the artist's."""
    if source.parent == folder:
        shutil.rmtree(source, ignore_errors=True)
