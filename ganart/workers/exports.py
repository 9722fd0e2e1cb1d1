"""Jobs that save art: a picture, a contact sheet, a loop, each with its recipe inside.

Each job first pins the model in the project, so that the recipe can be opened again whatever
happens to the run that the model came from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import ganart
from ganart.engine.gan.model_file import ModelInfo
from ganart.engine.gan.models import keep_model
from ganart.errors import FolderNotWritable
from ganart.media.animations import save_animation
from ganart.media.pictures import Pixels, enlarged, free_name, save_png
from ganart.media.recipe import Kind, Method, Point, Recipe
from ganart.media.sheets import contact_sheet
from ganart.project.store import Project
from ganart.workers.run import Job, Poll

if TYPE_CHECKING:
    from ganart.engine.latent.render import Model

SHEET_GAP_PX = 8
SHEET_BACKGROUND = (23, 24, 26)
_RENDER_BATCH = 16


@dataclass(frozen=True, slots=True)
class Exporting:
    """`done` of `total` pictures or frames are made."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The artwork is on disk."""

    path: Path


class _Stopped(Exception):
    """The person cancelled: unwinds through the encoder, which then removes its file."""


@dataclass(frozen=True, slots=True)
class LoopPlan:
    """A closed walk through the pictures of some seeds."""

    seeds: tuple[int, ...]
    method: Method
    diversity: float
    seconds: float
    fps: float
    suffix: str
    """.gif, .webp or .mp4"""
    scale: int

    @property
    def frames(self) -> int:
        """How many pictures the loop has; at least one a seed."""
        return max(len(self.seeds), round(self.seconds * self.fps))


def save_picture(project: Project, model_path: Path, point: Point, scale: int = 1) -> Job:
    """Return a job that saves one picture, each pixel as a square of `scale` pixels."""

    def job(_poll: Poll) -> Iterator[Exporting | Exported]:
        yield Exporting(0, 1)
        model = _pinned(project, model_path)
        pixels = model.render([point])[0]
        recipe = _recipe("picture", (point,), model.info)
        target = free_name(_artworks(project), f"picture {point.seed}", ".png")
        save_png(pixels, target, recipe, scale)
        yield Exported(target)

    return job


def save_sheet(
    project: Project, model_path: Path, points: Sequence[Point], columns: int, scale: int = 1
) -> Job:
    """Return a job that saves many pictures as one, row by row; a stop leaves nothing."""

    def job(poll: Poll) -> Iterator[Exporting | Exported]:
        model = _pinned(project, model_path)
        tiles: list[Pixels] = []
        for begin in range(0, len(points), _RENDER_BATCH):
            yield Exporting(begin, len(points))
            if poll():
                return
            pixels = model.render(points[begin : begin + _RENDER_BATCH])
            tiles.extend(enlarged(each, scale) for each in pixels)
        sheet = contact_sheet(tiles, columns, SHEET_GAP_PX, SHEET_BACKGROUND)
        recipe = _recipe("sheet", tuple(points), model.info)
        target = free_name(_artworks(project), f"sheet {points[0].seed}", ".png")
        save_png(sheet, target, recipe)
        yield Exported(target)

    return job


def save_loop(project: Project, model_path: Path, plan: LoopPlan) -> Job:
    """Return a job that saves a loop that closes without a seam; a stop leaves nothing."""

    def job(poll: Poll) -> Iterator[Exporting | Exported]:
        from ganart.engine.latent.walks import loop

        model = _pinned(project, model_path)
        walk = loop(plan.seeds, plan.frames, plan.method, plan.diversity)
        side = model.info.config.side
        # All frames are kept (a minute at 128 px: 90 MB), so that progress can be told between
        # them: the encoder asks for frames in one go.
        frames = np.empty((len(walk), side, side, 3), np.uint8)
        for begin in range(0, len(walk), _RENDER_BATCH):
            yield Exporting(begin, len(walk))
            if poll():
                return
            end = begin + _RENDER_BATCH
            frames[begin:end] = model.render(walk[begin:end])
        yield Exporting(len(walk), len(walk))
        stations = tuple(_station(plan, seed) for seed in plan.seeds)
        recipe = _recipe("loop", stations, model.info, len(walk), plan.fps)
        target = free_name(_artworks(project), f"loop {plan.seeds[0]}", plan.suffix)
        try:
            saved = save_animation(_until(poll, frames), target, plan.fps, recipe, plan.scale)
        except _Stopped:
            return
        yield Exported(saved)

    return job


def _station(plan: LoopPlan, seed: int) -> Point:
    return Point(seed, method=plan.method, diversity=plan.diversity)


def _until(poll: Poll, frames: Pixels) -> Iterator[Pixels]:
    """Yield the frames; raise `_Stopped` once a stop is asked."""
    for frame in frames:
        if poll():
            raise _Stopped
        yield frame


def _pinned(project: Project, model_path: Path) -> "Model":
    from ganart.engine.latent.render import Model

    return Model.load(keep_model(project, model_path))


def _artworks(project: Project) -> Path:
    folder = project.artworks_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    return folder


def _recipe(
    kind: Kind, points: tuple[Point, ...], info: ModelInfo, frames: int = 0, fps: float = 0.0
) -> Recipe:
    return Recipe(
        kind=kind,
        points=points,
        model_hash=info.model_hash,
        architecture=info.config.architecture,
        side=info.config.side,
        preset=info.preset,
        steps=info.step,
        pictures=info.pictures,
        data_hash=info.data_hash,
        app_version=ganart.__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        frames=frames,
        fps=fps,
    )
