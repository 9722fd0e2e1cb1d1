"""A new run that begins at a kept checkpoint of an older one, whose files all stay.

It takes the story up to there along: checkpoint, curves, markers, grids and audits, so that it can
be looked at, resumed and branched like any other run, also when its parent is discarded.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ganart.engine.gan.marks import forget_departure
from ganart.engine.gan.models import CHECKPOINT_NAMES, CHECKPOINTS
from ganart.errors import StudioError
from ganart.files import as_studio_error, atomic_path, make_folder, require_space
from ganart.project.runs import RunRecord, Runs

BY_STEP = ("grids", "audits")
"""Folders whose files' names begin with the step in nine digits."""
ROWS = ("*.csv", "*.jsonl")
"""Logs; the rows behind the step are dropped when the run goes on, as with any resumed run."""
_DIGITS = 9


def checkpoint_path(run_folder: Path, step: int) -> Path:
    """Return where the checkpoint of `step` lies, whether or not it is kept."""
    return run_folder / CHECKPOINTS / f"{step:0{_DIGITS}d}.safetensors"


def kept_steps(run_folder: Path) -> list[int]:
    """Return the steps whose checkpoints are kept."""
    found = (run_folder / CHECKPOINTS).glob(CHECKPOINT_NAMES)
    return [int(path.stem) for path in found if path.stem.isdecimal()]


def copy_story(
    runs: Runs, parent: RunRecord, step: int, create: Callable[[], RunRecord]
) -> RunRecord:
    """Make the folder of the branch, fill it and return its record.

    If that fails nothing is left behind. Raises `DiskFull` or `FolderNotWritable`.
    """
    source = runs.folder(parent.id)
    checkpoint = checkpoint_path(source, step)
    files = [*_logs(source), *_steps_up_to(source, step)]
    record = create()
    target = runs.folder(record.id)
    try:
        require_space(target, sum(each.stat().st_size for each in [*files, checkpoint]))
        for each in files:
            place = target / each.relative_to(source)
            make_folder(place.parent)
            shutil.copyfile(each, place)
        forget_departure(target, step)
        # The last one, and whole: without it the run cannot go on.
        place = checkpoint_path(target, step)
        make_folder(place.parent)
        with atomic_path(place) as temporary:
            shutil.copyfile(checkpoint, temporary)
    except (OSError, StudioError) as error:
        with suppress(StudioError):
            runs.discard(record.id)
        if isinstance(error, OSError):
            raise as_studio_error(error, target.parent) from error
        raise
    return record


def _logs(run_folder: Path) -> list[Path]:
    return [path for pattern in ROWS for path in run_folder.glob(pattern)]


def _steps_up_to(run_folder: Path, step: int) -> list[Path]:
    found = []
    for name in BY_STEP:
        for path in (run_folder / name).glob("[0-9]*"):
            digits = path.name[:_DIGITS]
            if digits.isdecimal() and int(digits) <= step and path.is_file():
                found.append(path)
    return found
