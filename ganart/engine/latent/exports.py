"""Saving art: a picture, a contact sheet, a loop, each with its recipe inside.

Each job is a generator. It first pins the model in the project, so that the recipe can be opened
again whatever happens to the run that the model came from. A job that is stopped leaves no file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import ganart
from ganart.engine.gan.model_file import ModelInfo
from ganart.engine.gan.models import keep_model
from ganart.engine.latent.walks import walk
from ganart.files import make_folder
from ganart.media.animations import animation
from ganart.media.composition import Composition
from ganart.media.pictures import Pixels, enlarged, free_name, save_png
from ganart.media.point import Point
from ganart.media.recipe import Kind, Recipe
from ganart.media.sheets import contact_sheet
from ganart.project.store import Project

if TYPE_CHECKING:  # these load torch; a window that knows the records below does without
    from ganart.engine.asks import Poll
    from ganart.engine.latent.render import Model

SHEET_GAP_PX = 8
SHEET_BACKGROUND = (23, 24, 26)
_SEEDS_NAMED = 2
_RENDER_BATCH = 16
"""Pictures made between two looks at what was asked."""


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
    """The person cancelled a loop half-way."""


@dataclass(frozen=True, slots=True)
class LoopPlan:
    """How a composed loop is saved."""

    composition: Composition
    fps: float
    suffix: str
    """.gif, .webp or .mp4"""
    scale: int

    @property
    def frames(self) -> int:
        """How many pictures the loop has; at least one a keyframe."""
        return max(len(self.composition.keyframes), round(self.composition.seconds * self.fps))


def save_picture(
    project: Project,
    model_path: Path,
    point: Point,
    poll: "Poll",
    scale: int = 1,
    folder: Path | None = None,
) -> Iterator[Exporting | Exported]:
    """Save one picture, each pixel as a square of `scale` pixels.

    `folder` is the project's artworks unless given, here and below. Raises `StudioError` children.
    """
    yield Exporting(0, 1)
    model = _pinned(project, model_path)
    recipe = _recipe("picture", (point,), model.info)
    target = _target(project, folder, f"picture {_name(point)}", ".png")
    save_png(model.render([point])[0], target, recipe, scale)
    yield Exported(target)


def save_sheet(
    project: Project,
    model_path: Path,
    points: Sequence[Point],
    columns: int,
    poll: "Poll",
    scale: int = 1,
    folder: Path | None = None,
) -> Iterator[Exporting | Exported]:
    """Save many pictures as one, row by row."""
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
    target = _target(project, folder, f"sheet {_name(points[0])}", ".png")
    save_png(sheet, target, recipe)
    yield Exported(target)


def save_loop(
    project: Project, model_path: Path, plan: LoopPlan, poll: "Poll", folder: Path | None = None
) -> Iterator[Exporting | Exported]:
    """Save a loop that closes without a seam; its memory does not grow with its length."""
    model = _pinned(project, model_path)
    points = walk(plan.composition, plan.frames, model.info.config.latent_size)
    recipe = _recipe("loop", (), model.info, plan)
    first = plan.composition.keyframes[0].point
    target = _target(project, folder, f"loop {_name(first)}", plan.suffix)
    yield from save_frames(
        _frames(model, points), len(points), target, plan.fps, poll, recipe, plan.scale
    )


def save_frames(
    frames: Iterator[Pixels],
    total: int,
    target: Path,
    fps: float,
    poll: "Poll",
    recipe: Recipe | None = None,
    scale: int = 1,
) -> Iterator[Exporting | Exported]:
    """Save `total` frames, one at a time; stopped, there is no file."""
    try:
        with animation(target, fps, recipe, scale) as add:
            for done, pixels in enumerate(frames):
                if done % _RENDER_BATCH == 0:
                    yield Exporting(done, total)
                    if poll():
                        raise _Stopped  # noqa: TRY301  (unwinds the writer, which removes its file)
                add(pixels)
    except _Stopped:
        return
    yield Exported(target)


def _frames(model: "Model", points: Sequence[Point]) -> Iterator[Pixels]:
    for begin in range(0, len(points), _RENDER_BATCH):
        yield from model.render(points[begin : begin + _RENDER_BATCH])


def _target(project: Project, folder: Path | None, stem: str, suffix: str) -> Path:
    return free_name(make_folder(folder or project.artworks_folder), stem, suffix)


def _pinned(project: Project, model_path: Path) -> "Model":
    from ganart.engine.latent.render import Model

    return Model.load(keep_model(project, model_path))


def _recipe(
    kind: Kind, points: tuple[Point, ...], info: ModelInfo, plan: LoopPlan | None = None
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
        composition=plan.composition if plan else None,
        frames=plan.frames if plan else 0,
        fps=plan.fps if plan else 0.0,
    )


def _name(point: Point) -> str:
    """Return what a file is called after: the seeds of its point."""
    return " ".join(str(each) for each in point.seeds[:_SEEDS_NAMED])
