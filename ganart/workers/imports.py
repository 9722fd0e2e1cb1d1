"""Taking a model from elsewhere into the open project, as `Run` takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class ModelImported:
    """A model lies in the project now."""

    path: Path
    name: str
    architecture: str
    size_px: tuple[int, int]
    """Width and height of its pictures."""


def import_job(project: Project, path: Path) -> Job:
    """Copy a model into the project; yields one `ModelImported`, and fails with `PickledModel`,
    `ForeignModel`, `BadCheckpoint`, `DiskFull` or `FolderNotWritable`. The original is only read.
    """

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.engine.gan.imports import import_model
        from ganart.engine.gan.model_file import read_info

        target = import_model(project, path)
        config = read_info(target).config
        yield ModelImported(target, path.stem, config.architecture, config.size)

    return job
