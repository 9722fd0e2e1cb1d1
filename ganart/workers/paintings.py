"""Jobs on paintings: paint a photo, go on with a painting, list them, forget one."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from ganart.engine.asks import Poll
from ganart.engine.gan.curves import read_curves
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import PaintFinished, PaintPlan, PaintStats
from ganart.engine.style.painting_record import PaintingRecord as PaintingRecord
from ganart.engine.style.painting_record import paintings, read_record
from ganart.errors import FolderNotWritable
from ganart.files import make_folder, write_atomic
from ganart.media.names import free_name
from ganart.project.store import Project
from ganart.workers.png import png_of
from ganart.workers.run import Job


@dataclass(frozen=True)
class PaintStyle:
    """A painting as a style, with the areas where it counts as grey pictures in memory."""

    path: Path
    weight: float = 1.0
    photo_mask: QImage | None = None
    style_mask: QImage | None = None


@dataclass(frozen=True)
class PaintOrder:
    """A painting that is wanted."""

    photo: Path
    styles: tuple[PaintStyle, ...]
    config: PaintConfig


@dataclass(frozen=True, slots=True)
class PaintingKept:
    """The picture is among the artworks."""

    path: Path


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture from the clipboard is a file now."""

    path: Path
    is_style: bool


@dataclass(frozen=True, slots=True)
class PaintingsFound:
    """The paintings of a project, newest first."""

    records: tuple[PaintingRecord, ...]


@dataclass(frozen=True, slots=True)
class PlanMade:
    """What a painting will cost, and what this computer has for it."""

    order: PaintOrder
    plan: PaintPlan
    free_bytes: int
    """Free memory of the device that paints; 0 where it is unknown."""

    def is_too_large(self) -> bool:
        """Whether it needs more memory than is free."""
        return 0 < self.free_bytes < self.plan.memory_bytes


def plan_job(order: PaintOrder) -> Job:
    """Return a job that yields one `PlanMade`; fails with `Unreadable`."""

    def job(_poll: Poll) -> Iterator[PlanMade]:
        from ganart.engine.device import describe
        from ganart.engine.style.painting_run import plan

        found = plan(order.photo, order.config)
        yield PlanMade(order, found, describe(order.config.device).memory_free)

    return job


def paint_job(project: Project, order: PaintOrder) -> Job:
    """Return a job that paints, then puts the picture among the artworks (`PaintingKept`)."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style.painting_run import start

        folder = make_folder(project.paintings_folder)
        # The painting takes copies of the masks into its own folder.
        with TemporaryDirectory() as masks:
            styles = [_source(each, Path(masks)) for each in order.styles]
            records = start(order.photo, styles, order.config, folder, poll)
            yield from _kept(records, project)

    return job


def go_on_job(project: Project, folder: Path, iterations: int) -> Job:
    """Return a job that goes on with a painting, for `iterations` more than were planned."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style.painting_run import resume

        yield from _kept(resume(folder, poll, iterations), project)

    return job


def read_paintings(project: Project) -> Job:
    """Return a job that yields one `PaintingsFound`."""

    def job(_poll: Poll) -> Iterator[PaintingsFound]:
        yield PaintingsFound(tuple(paintings(project.paintings_folder)))

    return job


@dataclass(frozen=True, slots=True, eq=False)
class PaintingHistory:
    """A painting as it stands on disk."""

    record: PaintingRecord
    curves: Mapping[str, npt.NDArray[np.float64]]
    """The fields of `PaintStats`, and "step" for the iteration."""


def read_painting(folder: Path) -> Job:
    """Return a job that yields one `PaintingHistory`; fails with `BadPainting`."""

    def job(_poll: Poll) -> Iterator[PaintingHistory]:
        curves = read_curves(folder, PaintStats)
        yield PaintingHistory(read_record(folder), {**curves, "step": curves["iteration"]})

    return job


def discard_job(folder: Path) -> Job:
    """Return a job that deletes the work folder of a painting. Artworks made of it stay."""

    def job(_poll: Poll) -> Iterator[object]:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise FolderNotWritable(folder=folder, reason=error.strerror) from error
        yield from ()

    return job


def keep_pasted(image: QImage, folder: Path, is_style: bool) -> Job:
    """Return a job that writes a picture from the clipboard into `folder`; yields `Pasted`.

    `is_style` says what it is wanted for.
    """

    def job(_poll: Poll) -> Iterator[Pasted]:
        path = free_name(make_folder(folder), "pasted", ".png")
        write_atomic(path, png_of(image))
        yield Pasted(path, is_style)

    return job


def _kept(records: Iterator[object], project: Project) -> Iterator[object]:
    """Pass records on; put the finished picture among the artworks."""
    for record in records:
        yield record
        if isinstance(record, PaintFinished):
            painting = read_record(record.folder)
            stem = " ".join([painting.photo.stem, *(each.path.stem for each in painting.styles)])
            target = free_name(make_folder(project.artworks_folder), stem, ".png")
            write_atomic(target, record.picture.read_bytes())
            yield PaintingKept(target)


def _source(style: PaintStyle, folder: Path) -> StyleSource:
    return StyleSource(
        style.path,
        style.weight,
        _mask_file(style.photo_mask, folder),
        _mask_file(style.style_mask, folder),
    )


def _mask_file(mask: QImage | None, folder: Path) -> Path | None:
    if mask is None:
        return None
    path = free_name(folder, "mask", ".png")
    write_atomic(path, png_of(mask))
    return path
