"""Jobs on the kept moments of a run: read and star them, keep a blend of two, save a time-lapse."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan import retention
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.mix import Mix as Mix
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import GRIDS, Kind, ModelEntry, checkpoints, list_models
from ganart.engine.gan.timelapse import GAP_PX as GAP_PX
from ganart.engine.gan.timelapse import TimelapsePlan as TimelapsePlan
from ganart.engine.gan.timelapse import save_timelapse
from ganart.engine.latent.exports import Exported, Exporting
from ganart.project.runs import Runs
from ganart.project.stars import set_star, starred
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class KeptMoment:
    """A checkpoint of a run."""

    path: Path
    model_hash: str
    config: TrainConfig
    """The options of that moment."""
    step: int
    pictures: int
    """Real pictures shown until then."""
    elapsed_s: float
    likeness: float | None
    """Sliced Wasserstein distance to the folder, lower is closer; None if not measured."""
    is_best: bool
    """Whether it is the closest one to the folder."""
    is_starred: bool
    """Whether it is kept for good."""


@dataclass(frozen=True, slots=True)
class MomentsFound:
    """The moments of a run as they are kept now."""

    run_id: str
    moments: tuple[KeptMoment, ...]
    """Oldest first."""
    others: tuple[ModelEntry, ...]
    """The other models of the project, as `list_models` orders them."""
    grids: int = 0
    """How many sample grids there are."""
    grid_size: tuple[int, int] = (0, 0)
    """Width and height of the newest of them in px."""


@dataclass(frozen=True, slots=True)
class BlendKept:
    """A blend is one of the project's models now."""

    path: Path
    label: str


def read_moments(project: Project, run_id: str) -> Job:
    """Return a job that yields one `MomentsFound`."""

    def job(_poll: Poll) -> Iterator[MomentsFound]:
        yield _found(project, run_id)

    return job


def star_moment(project: Project, run_id: str, step: int, on: bool) -> Job:
    """Return a job that stars a moment, or takes its star away, and yields one `MomentsFound`.

    Two of these must not run at once.
    """

    def job(_poll: Poll) -> Iterator[MomentsFound]:
        set_star(Runs(project.runs_folder).folder(run_id), step, on)
        # Read afterwards: a training may have thinned the moment out just before.
        yield _found(project, run_id)

    return job


def keep_blend(project: Project, first: Path, second: Path, mix: Mix, label: str) -> Job:
    """Return a job that makes a blend one of the project's models; yields one `BlendKept`.

    Fails with `NotRelated`, `BadCheckpoint`, `DiskFull`, `FolderNotWritable`.
    """

    def job(_poll: Poll) -> Iterator[BlendKept]:
        from ganart.engine.gan.blend import Blender

        path = Blender(first, second).keep(project, mix, label)
        yield BlendKept(path, read_info(path).label)

    return job


def timelapse_job(project: Project, run_id: str, plan: TimelapsePlan) -> Job:
    """Return a job that saves a time-lapse of a run among the artworks."""

    def job(poll: Poll) -> Iterator[Exporting | Exported]:
        return save_timelapse(project, run_id, plan, poll)

    return job


def _found(project: Project, run_id: str) -> MomentsFound:
    folder = Runs(project.runs_folder).folder(run_id)
    moments = tuple(_moments(folder))
    grids = sorted((folder / GRIDS).glob("[0-9]*.png"))
    return MomentsFound(
        run_id, moments, tuple(_others(project, run_id, moments)), len(grids), _size(grids)
    )


def _others(project: Project, run_id: str, moments: Sequence[KeptMoment]) -> Iterator[ModelEntry]:
    """Yield the models that are none of the moments, each once."""
    others = [each for each in list_models(project) if each.run_id != run_id]
    # The newest model of a run that has ended is its last checkpoint too.
    known = {each.model_hash for each in others if each.kind is not Kind.LIVE}
    own = {each.model_hash for each in moments}
    for each in others:
        is_double = each.kind is Kind.LIVE and each.model_hash in known
        if each.model_hash not in own and not is_double:
            yield each


def _size(grids: Sequence[Path]) -> tuple[int, int]:
    """Return the size in px of the newest grid that can be read."""
    from PIL import Image

    for path in reversed(grids):
        with suppress(OSError, SyntaxError, ValueError), Image.open(path) as image:
            return image.size
    return 0, 0


def _moments(run_folder: Path) -> Iterator[KeptMoment]:
    kept, stars = checkpoints(run_folder), starred(run_folder)
    favourite = retention.best(kept)
    for each in kept:
        with suppress(BadCheckpoint):  # thinned out between the two looks
            info = read_info(each.path)
            yield KeptMoment(
                each.path,
                info.model_hash,
                info.config,
                info.step,
                info.pictures,
                info.elapsed_s,
                each.likeness,
                each is favourite,
                info.step in stars,
            )
