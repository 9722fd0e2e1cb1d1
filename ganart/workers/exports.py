"""The engine's export jobs as `Run` takes them. Torch is loaded when one starts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.latent import exports
from ganart.engine.latent.exports import Exported as Exported
from ganart.engine.latent.exports import Exporting as Exporting
from ganart.engine.latent.exports import LoopPlan as LoopPlan
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.workers.run import Job

Records = Iterator[Exporting | Exported]


def save_picture(project: Project, model_path: Path, point: Point, scale: int = 1) -> Job:
    """Return a job that saves one picture, each pixel as a square of `scale` pixels."""

    def job(poll: Poll) -> Records:
        return exports.save_picture(project, model_path, point, poll, scale)

    return job


def save_sheet(
    project: Project, model_path: Path, points: Sequence[Point], columns: int, scale: int = 1
) -> Job:
    """Return a job that saves many pictures as one, row by row."""

    def job(poll: Poll) -> Records:
        return exports.save_sheet(project, model_path, points, columns, poll, scale)

    return job


def save_loop(project: Project, model_path: Path, plan: LoopPlan) -> Job:
    """Return a job that saves a loop that closes without a seam."""

    def job(poll: Poll) -> Records:
        return exports.save_loop(project, model_path, plan, poll)

    return job
