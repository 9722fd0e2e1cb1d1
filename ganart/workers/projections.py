"""Putting a photo into a model, as `Run` takes it. Torch is loaded when it starts."""

from collections.abc import Iterator
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.latent.projection_plan import EFFORTS as EFFORTS
from ganart.engine.latent.projection_plan import Looking as Looking
from ganart.engine.latent.projection_plan import Photo as Photo
from ganart.engine.latent.projection_plan import Projected as Projected
from ganart.engine.latent.projection_plan import Projecting as Projecting
from ganart.engine.latent.projection_plan import ProjectionPlan as ProjectionPlan
from ganart.workers.run import Job


def projection_job(model_path: Path, plan: ProjectionPlan) -> Job:
    """Return a job that looks for a photo in a model; its last record is a `Projected`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.latent.projection import project

        return project(model_path, plan, poll)

    return job
