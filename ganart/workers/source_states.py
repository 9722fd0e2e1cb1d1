"""What the sources of a project are and how things stand with them, and the jobs that look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.sources.frame_choice import FrameChoice
from ganart.workers.run import Job


class SourceKind(StrEnum):
    """What a source is for the artist."""

    FOLDER = "folder"
    FILE = "file"
    ZIP = "zip"
    FILM = "film"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class SourceState:
    """How things stand with one source."""

    path: Path
    kind: SourceKind = SourceKind.FOLDER
    is_there: bool = True
    is_bare: bool = False
    """Whether it is a folder with nothing in it, as an unplugged drive may leave."""
    origin: Path | None = None
    """The ZIP file or film whose pictures it holds."""
    choice: FrameChoice | None = None
    """Which frames of a film were taken."""
    is_whole: bool = True
    """False where taking the pictures out of the origin was stopped."""
    has_newer: bool = False
    """Whether the origin was changed since."""

    def is_away(self) -> bool:
        """Whether its pictures cannot be there at the moment."""
        return self.is_bare or not self.is_there

    @property
    def name(self) -> str:
        """Its file or folder, or the file that its pictures come from."""
        path = self.origin or self.path
        return path.name or str(path)


@dataclass(frozen=True, slots=True)
class Watched:
    """The sources that the artist wants to be watched."""

    sources: frozenset[Path]


def look_job(catalogue_path: Path, sources: Sequence[Path]) -> Job:
    """Look at each source, but at none of its pictures; yields `Watched`, then `SourceState`s."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            yield Watched(catalogue.watched())
        for source in sources:
            if poll():
                return
            yield _state(source, catalogue_path.parent.resolve())

    return job


def watch_job(catalogue_path: Path, sources: frozenset[Path]) -> Job:
    """Keep which sources are to be watched."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_watched(sources)
        yield Watched(sources)

    return job


def ignore_job(catalogue_path: Path, files: frozenset[Path]) -> Job:
    """Keep which refused files nobody wants to hear of."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.datasets.catalogue import Catalogue

        with Catalogue(catalogue_path) as catalogue:
            catalogue.set_ignored(files)
        yield from ()

    return job


def _state(source: Path, project: Path) -> SourceState:
    from ganart.datasets.kinds import PICTURE_SUFFIXES
    from ganart.datasets.scan import is_bare
    from ganart.engine.sources import gathering, paste

    is_there = source.exists()
    if source == project / gathering.FOLDER / paste.FOLDER:
        return SourceState(source, SourceKind.PASTED, is_there)
    if source.parent == project / gathering.FOLDER:
        origin = gathering.origin_of(source)
        if origin is not None:
            return SourceState(
                path=source,
                kind=SourceKind(origin.kind.value),
                is_there=is_there,
                origin=origin.path,
                choice=_choice(origin.choice),
                is_whole=gathering.is_complete(source),
                has_newer=gathering.has_newer(source, origin),
            )
    is_file = source.is_file() if is_there else source.suffix.lower() in PICTURE_SUFFIXES
    kind = SourceKind.FILE if is_file else SourceKind.FOLDER
    return SourceState(source, kind, is_there, is_bare(source))


def _choice(values: Mapping[str, object]) -> FrameChoice | None:
    try:
        return FrameChoice(**values) if values else None  # type: ignore[arg-type]  # from a file
    except (TypeError, ValueError):
        return None
