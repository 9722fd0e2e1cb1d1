"""How a run came to be, as a film: its sample grids, or chosen seeds gliding from one kept
checkpoint to the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from ganart.engine.asks import Poll
from ganart.engine.errors import BadCheckpoint, TooFewMoments
from ganart.engine.gan.mix import Mix
from ganart.engine.gan.models import GRIDS, checkpoints
from ganart.engine.latent.exports import SHEET_BACKGROUND, Exported, Exporting
from ganart.engine.latent.loops import save_frames
from ganart.files import make_folder
from ganart.media.pictures import Pixels, enlarged, free_name
from ganart.media.point import Point
from ganart.media.sheets import contact_sheet
from ganart.project.runs import Runs
from ganart.project.store import Project

if TYPE_CHECKING:  # it loads torch
    from ganart.engine.gan.blend import Blender, Relative

HOLD_S = 1.0
"""How long the end stands still."""
GAP_PX = 2


@dataclass(frozen=True, slots=True)
class TimelapsePlan:
    """What the film shows."""

    seeds: tuple[int, ...] = ()
    """The pictures to follow; none: the sample grids as they were drawn."""
    seconds: float = 10.0
    fps: float = 24.0
    suffix: str = ".mp4"
    """.gif, .webp or .mp4"""
    scale: int = 1

    @property
    def frames(self) -> int:
        """How many frames the way has, the stand at the end left out."""
        return max(2, round(self.seconds * self.fps))


def save_timelapse(
    project: Project, run_id: str, plan: TimelapsePlan, poll: Poll, folder: Path | None = None
) -> Iterator[Exporting | Exported]:
    """Save a time-lapse of a run into `folder`, the project's artworks unless given.

    Stopped, it leaves no file. Raises `BadRun`, `TooFewMoments`, and other `StudioError` children.
    """
    runs = Runs(project.runs_folder)
    record = runs.load(run_id)
    run_folder = runs.folder(run_id)
    if plan.seeds:
        moments = [each.path for each in checkpoints(run_folder)]
    else:
        moments = [each for each in sorted((run_folder / GRIDS).glob("[0-9]*.png")) if _whole(each)]
    if len(moments) < 2:
        raise TooFewMoments(run=record.name, count=len(moments))
    frames = _glide(moments, plan) if plan.seeds else _flip(moments, plan)
    hold = round(HOLD_S * plan.fps)
    target = free_name(
        make_folder(folder or project.artworks_folder), f"time-lapse {record.name}", plan.suffix
    )
    yield from save_frames(
        (enlarged(each, plan.scale) for each in _held(frames, hold)),
        plan.frames + hold,
        target,
        plan.fps,
        poll,
    )


def _flip(grids: Sequence[Path], plan: TimelapsePlan) -> Iterator[Pixels]:
    """Show every grid equally long; the studio draws them ever more rarely, so time hastens."""
    shown, pixels = -1, np.empty(0, np.uint8)
    for frame in range(plan.frames):
        number = frame * len(grids) // plan.frames
        if number != shown:
            shown, pixels = number, _pixels(grids[number])
        yield pixels


def _pixels(path: Path) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _whole(grid: Path) -> bool:
    """Tell whether a grid can be read; a damaged one is passed over."""
    try:
        _pixels(grid)
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for damaged files
        return False
    return True


def _glide(models: Sequence[Path], plan: TimelapsePlan) -> Iterator[Pixels]:
    """Draw the seeds with models between one checkpoint and the next.

    Where the run goes on meanwhile and a checkpoint is thinned out, even what was the last one, the
    way leads to the one after, or ends at the one before.
    """
    from ganart.engine.gan.blend import Blender

    points = [Point.at(seed) for seed in plan.seeds]
    places = np.linspace(0, len(models) - 1, plan.frames)
    blender, start, drawn = None, 0, 0
    for end, path in enumerate(models):
        there = _left(path)
        if there is None:
            continue
        blender = Blender(blender.second if blender else there, there)
        for place in places[drawn : places.searchsorted(end)]:
            yield _sheet(blender, float(place - start) / (end - start), points)
            drawn += 1
        start = end
    if blender is None:
        raise BadCheckpoint(path=models[-1], reason="it is gone, as are those before it")
    for _ in places[drawn:]:
        yield _sheet(blender, 1.0, points)


def _sheet(blender: "Blender", share: float, points: Sequence[Point]) -> Pixels:
    tiles = blender.model(Mix(share)).render(points)
    return contact_sheet(list(tiles), ceil(sqrt(len(points))), GAP_PX, SHEET_BACKGROUND)


def _left(path: Path) -> "Relative | None":
    """Load a checkpoint, None where it is gone. Raises `BadCheckpoint` for a damaged one."""
    from ganart.engine.gan.blend import Relative

    try:
        return Relative.load(path)
    except BadCheckpoint:
        if path.exists():
            raise
        return None


def _held(frames: Iterator[Pixels], times: int) -> Iterator[Pixels]:
    """Yield all frames, then the last one over again."""
    last = next(frames)
    yield last
    for last in frames:
        yield last
    for _ in range(times):
        yield last
