"""Giving a model away, as `Run` takes it. Torch is loaded when the job starts."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.gan import model_out
from ganart.engine.gan.model_out import LICENCE_MAX as LICENCE_MAX
from ganart.engine.gan.model_out import PARTS as PARTS
from ganart.engine.gan.model_out import GivenAway as GivenAway
from ganart.engine.gan.model_out import GivingAway as GivingAway
from ganart.engine.gan.model_out import OutPlan as OutPlan
from ganart.project.store import Project
from ganart.workers.run import Job


def can_write_onnx() -> bool:
    """Whether the packages that write ONNX are installed."""
    return all(find_spec(each) is not None for each in ("onnx", "onnxscript"))


def give_away(project: Project, model_path: Path, plan: OutPlan, folder: Path) -> Job:
    """Return a job that writes a model into a new folder, or archive, inside `folder`."""

    def job(poll: Poll) -> Iterator[GivingAway | GivenAway]:
        return model_out.give_away(project, model_path, plan, folder, poll)

    return job
