"""Giving a model away: a folder or archive with its weights, a card that says what it is, a sheet
of samples and, where wanted, the generator as ONNX.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from safetensors import SafetensorError, safe_open

from ganart.engine.asks import Poll
from ganart.engine.gan.curves import MEASURES, read_curves
from ganart.engine.gan.events import Measured
from ganart.engine.gan.model_file import ModelInfo, read_model
from ganart.engine.gan.models import checkpoints, packed
from ganart.engine.latent.exports import recipe_of
from ganart.files import (
    UNFINISHED_PREFIX,
    as_studio_error,
    atomic_path,
    make_folder,
    require_space,
    write_atomic,
)
from ganart.media.names import free_name, safe_stem
from ganart.media.pictures import enlarged, save_png
from ganart.media.point import Point
from ganart.media.sheets import contact_sheet
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project

if TYPE_CHECKING:  # it loads torch; a window that knows the records below does without
    from ganart.engine.gan.model_card import Facts
    from ganart.engine.latent.render import Model

CARD = "README.md"
SHEET = "samples.png"
LICENCE_MAX = 20_000
"""Characters of a licence note."""
_COLUMNS = 6
_ROWS = 4
_SHEET_PX = 1536
"""About the width of the sheet: small pictures are enlarged by whole pixels."""
_GAP_PX = 4

Part = Literal["reading", "drawing", "onnx", "writing"]
PARTS: tuple[Part, ...] = ("reading", "drawing", "onnx", "writing")


@dataclass(frozen=True, slots=True)
class OutPlan:
    """What is given away."""

    name: str = ""
    """Of the folder and its files; empty for the model's own."""
    licence: str = ""
    """In the artist's words, for the card."""
    onnx: bool = False
    is_zip: bool = False
    """One archive in place of a folder."""


@dataclass(frozen=True, slots=True)
class GivingAway:
    """What is being done now."""

    part: Part


@dataclass(frozen=True, slots=True)
class GivenAway:
    """The model lies there."""

    path: Path
    """The folder or the archive."""
    files: tuple[str, ...]
    model_hash: str
    onnx_difference: float | None
    """The largest difference between the ONNX file's pictures and the model's, 0 ... 1."""


def give_away(
    project: Project, model_path: Path, plan: OutPlan, folder: Path, poll: Poll
) -> Iterator[GivingAway | GivenAway]:
    """Write a model of the project into a new folder, or archive, inside `folder`.

    Nothing is left there if it is stopped or fails. Raises `BadCheckpoint`, `OnnxMissing`,
    `OnnxFailed`, `DiskFull`, `FolderNotWritable`.
    """
    yield GivingAway("reading")
    if plan.onnx:
        from ganart.engine.gan.model_onnx import require_onnx  # it loads torch

        require_onnx()
    info, weights = read_model(model_path)
    name = safe_stem(plan.name.strip() or info.label or f"{info.preset} {info.model_hash}")
    content = packed(info, weights)
    require_space(make_folder(folder), 4 * len(content))
    if poll():
        return
    yield GivingAway("drawing")
    with _workplace(folder) as work:
        # From here on by the copy: a live model may be replaced by a newer one meanwhile.
        copy = work / f"{name}.safetensors"
        write_atomic(copy, content)
        _draw_sheet(_loaded(copy), work / SHEET)
        difference = None
        if plan.onnx:
            if poll():
                return
            yield GivingAway("onnx")
            difference = _write_onnx(copy, work / f"{name}.onnx", poll)
            if difference is None:
                return
        if poll():
            return
        yield GivingAway("writing")
        files = (CARD, *sorted(each.name for each in work.iterdir()))
        parameters = sum(each.size for each in weights.values())
        facts = _facts(project, model_path, info, parameters)
        _write_card(work / CARD, name, info, facts, plan, difference)
        target = _moved(work, folder, name, is_zip=plan.is_zip)
    yield GivenAway(target, files, info.model_hash, difference)


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """Give a new folder that is gone afterwards, unless it was moved away."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED_PREFIX, dir=parent))
        folder.chmod(0o755)  # a folder like others, once it is renamed
    except OSError as error:
        raise as_studio_error(error, parent) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved(work: Path, folder: Path, name: str, *, is_zip: bool) -> Path:
    """Give the finished files their place, and return it."""
    if is_zip:
        target = free_name(folder, name, ".zip")
        with atomic_path(target) as temporary, zipfile.ZipFile(temporary, "w") as archive:
            for path in sorted(work.iterdir()):
                # Weights are random digits: they do not become smaller.
                archive.write(path, f"{name}/{path.name}")
        return target
    target = free_name(folder, name, "")
    try:
        work.rename(target)
    except OSError as error:
        raise as_studio_error(error, folder) from error
    return target


def _loaded(path: Path) -> "Model":
    from ganart.engine.latent.render import Model

    return Model.load(path)


def _write_onnx(model_path: Path, target: Path, poll: Poll) -> float | None:
    from ganart.engine.gan.model_onnx import write_onnx

    return write_onnx(model_path, target, lambda: bool(poll()))


def _draw_sheet(model: "Model", target: Path) -> None:
    info = model.info
    points = tuple(Point.at(seed) for seed in range(1, 1 + _COLUMNS * _ROWS))
    scale = max(1, _SHEET_PX // (_COLUMNS * info.drawn.width))
    tiles = [enlarged(each, scale) for each in model.render(points)]
    save_png(contact_sheet(tiles, _COLUMNS, _GAP_PX), target, recipe_of("sheet", points, info))


def _write_card(
    target: Path,
    name: str,
    info: ModelInfo,
    facts: "Facts",
    plan: OutPlan,
    difference: float | None,
) -> None:
    from ganart.engine.gan.model_card import card

    files = [each.name for each in target.parent.iterdir()]
    text = card(name, info, facts, plan.licence[:LICENCE_MAX], files, difference or 0.0)
    write_atomic(target, text.encode())


def _facts(project: Project, path: Path, info: ModelInfo, parameters: int) -> "Facts":
    from ganart.engine.gan.model_card import Facts

    run = _run_of(project, path, info)
    folder = Runs(project.runs_folder).folder(run.id) if run is not None else None
    return Facts(
        parameters=parameters,
        learnt=_learnt(folder) if folder is not None else None,
        measured=_measured(folder, info.step) if folder is not None else None,
        device=info.config.device,
    )


def _run_of(project: Project, path: Path, info: ModelInfo) -> RunRecord | None:
    """Return the run that a model comes from, by its place or by what it says of itself."""
    runs = Runs(project.runs_folder)
    for record in runs.list():
        if path.is_relative_to(runs.folder(record.id)):
            return record
    if not info.step:
        return None  # blended or imported
    for record in runs.list():
        same = info.data_hash and record.data_hash == info.data_hash
        if same and record.preset == info.preset and record.steps >= info.step:
            return record
    return None


def _learnt(run_folder: Path) -> int | None:
    """Return how many pictures a run learns from: as many as its checkpoints put in order."""
    for kept in reversed(checkpoints(run_folder)):
        with suppress(OSError, SafetensorError), safe_open(kept.path, framework="numpy") as file:
            return int(file.get_slice("batches.order").get_shape()[0])
    return None


def _measured(run_folder: Path, step: int) -> Measured | None:
    """Return the newest measures up to a step."""
    curves = read_curves(run_folder, Measured, MEASURES)
    row = int(curves["step"].searchsorted(step, side="right")) - 1
    if row < 0:
        return None
    found: dict[str, Any] = {name: float(each[row]) for name, each in curves.items()}
    found |= {name: int(found[name]) for name in ("step", "pictures")}
    return Measured(**found)
