"""Exports that take long, written down so that they can go on after a pause or a crash.

An order is a folder with a recipe, which says all that there is to draw, and where it goes. Frames
that were drawn lie beside it. Imports no torch before it is carried out.
"""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ganart.engine.errors import EngineError
from ganart.engine.gan.model_file import read_info
from ganart.engine.latent import loops
from ganart.engine.latent.exports import (
    Exporting,
    LoopPlan,
    Place,
    Records,
    pinned,
    place_of,
    print_kind,
    recipe_of,
    write_print,
)
from ganart.engine.latent.output import (
    LoopOutput,
    PrintOutput,
    check_output,
    from_values,
)
from ganart.engine.latent.output_sizes import (
    estimated_bytes,
)
from ganart.errors import StudioError
from ganart.files import as_studio_error, make_folder, require_space
from ganart.media.names import check_pattern
from ganart.media.point import Point
from ganart.media.recipe import Recipe
from ganart.project.documents import Damaged, read_document, write_document
from ganart.project.store import Project
from ganart.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from ganart.engine.asks import Poll

DOCUMENT = "order.json"
FRAMES = "frames"
_SCHEMA = 1


class ModelGone(EngineError):
    """Details: `name`."""

    happened = QT_TRANSLATE_NOOP("errors", "The model of the export {name} is not here any more.")
    safe = QT_TRANSLATE_NOOP("errors", "What was drawn of it is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Bring back the file from the artworks' folder of models, or cancel the export."
    )


@dataclass(frozen=True, slots=True)
class Order:
    """An export that was begun or waits."""

    folder: Path
    """Where it is written down."""
    recipe: Recipe
    target: Path
    """The folder that the files go to."""
    pattern: str
    with_recipe: bool
    result: str = ""
    """Name of the folder of a loop of single pictures."""
    done: int = 0
    """Files of a print of single pictures that are there."""

    @property
    def output(self) -> LoopOutput | PrintOutput:
        """How it is saved."""
        kind: Any = LoopOutput if self.recipe.kind == "loop" else PrintOutput
        output: LoopOutput | PrintOutput = from_values(kind, self.recipe.output)
        return replace(output, pattern=self.pattern, recipe=self.with_recipe)

    @property
    def name(self) -> str:
        """What it is called in lists: a short text without the file's suffix."""
        seeds = self.recipe.places[0].seeds[:2]
        kind = "loop" if self.recipe.kind == "loop" else "print"
        return " ".join([kind, *(str(seed) for seed in seeds)])


def order_loop(
    project: Project, model_path: Path, plan: LoopPlan, folder: Path | None = None
) -> Order:
    """Write down a loop that is to be saved. Raises `StudioError` children where it cannot be."""
    check_output(plan.output)
    loops.check_loop(plan.output)
    kept = pinned(project, model_path)
    return _placed(project, kept, loops.loop_recipe(kept, plan), plan.output, folder)


def order_print(
    project: Project,
    model_path: Path,
    points: Sequence[Point],
    output: PrintOutput,
    folder: Path | None = None,
) -> Order:
    """Write down a print that is to be saved; errors as above."""
    check_output(output)
    kept = pinned(project, model_path)
    recipe = recipe_of(print_kind(points), tuple(points), read_info(kept), output)
    return _placed(project, kept, recipe, output, folder)


def _placed(
    project: Project,
    model_path: Path,
    recipe: Recipe,
    output: LoopOutput | PrintOutput,
    folder: Path | None,
) -> Order:
    place = place_of(project, folder, read_info(model_path), output.pattern)
    needed = estimated_bytes(output, recipe.drawn, len(recipe.points), recipe.frames)
    require_space(place.folder, needed)
    require_space(
        make_folder(project.exports_folder), recipe.frames * recipe.width * recipe.height * 3
    )
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    order = Order(
        make_folder(project.exports_folder / name),
        recipe,
        place.folder,
        output.pattern,
        output.recipe,
    )
    _write(order)
    return order


def carry_out(project: Project, order: Order, poll: "Poll") -> Records:
    """Make what was ordered, or what is left of it; its folder goes once all is made.

    Stopped or failed, it can be carried out again, and draws no frame twice. Raises `ModelGone`
    and other `StudioError` children.
    """
    from ganart.engine.latent.frame_store import FrameStore
    from ganart.engine.latent.render import Model

    order = _as_it_stands(order)
    yield Exporting(order.done, max(1, order.recipe.frames))
    model_path = project.models_folder / f"{order.recipe.model_hash}.safetensors"
    if not model_path.is_file():
        raise ModelGone(name=order.name)
    info, output = read_info(model_path), order.output
    if info.model_hash != order.recipe.model_hash:
        raise ModelGone(name=order.name)
    place = Place(project, make_folder(order.target), info, order.pattern)
    model = Model.load(model_path)
    has_ended = False
    if isinstance(output, LoopOutput):
        order, target = _loop_target(order, place, output)
        store = FrameStore(order.folder / FRAMES, order.recipe.width, order.recipe.height)
        records = loops.write_loop(
            model, order.recipe, target, poll, store, with_recipe=order.with_recipe
        )
    else:
        records = write_print(model, order.recipe, place, output, poll, order.done)
    total = 1
    for record in records:
        if isinstance(record, Exporting):
            total = record.total
        elif isinstance(output, PrintOutput) and output.format != "pdf":
            order = replace(order, done=order.done + 1)
            has_ended = order.done == total
            if not has_ended:
                _write(order)
        else:
            has_ended = True
        if has_ended:
            discard(order)
        yield record


def _as_it_stands(order: Order) -> Order:
    """Return an order with what was done since it was placed or read."""
    try:
        return _read(order.folder / DOCUMENT)
    except (Damaged, OSError):
        return order


def _loop_target(order: Order, place: Place, output: LoopOutput) -> tuple[Order, Path]:
    """Return where a loop goes, and the order that remembers the folder of single pictures."""
    known = order.target / order.result
    if order.result and known.is_dir():
        return order, known
    target = loops.loop_target(place, order.recipe, output)
    if output.format == "png":
        order = replace(order, result=target.name)
        _write(order)
    return order, target


def unfinished(project: Project) -> tuple[list[Order], list[Path]]:
    """Return the orders that were not carried out to the end, oldest first, and the folders of
    those that cannot be read.
    """
    found, damaged = [], []
    for document in sorted(project.exports_folder.glob(f"*/{DOCUMENT}")):
        try:
            found.append(_read(document))
        except (Damaged, OSError):
            damaged.append(document.parent)
    return found, damaged


def discard(order: Order) -> None:
    """Forget an order and the frames that were drawn; files that were saved stay."""
    shutil.rmtree(order.folder, ignore_errors=True)


def _write(order: Order) -> None:
    try:
        write_document(
            order.folder / DOCUMENT,
            {
                "schema": _SCHEMA,
                "recipe": order.recipe.to_json(),
                "target": _place_of(order),
                "pattern": order.pattern,
                "with_recipe": order.with_recipe,
                "result": order.result,
                "done": order.done,
            },
        )
    except OSError as error:
        raise as_studio_error(error, order.folder) from error


def _place_of(order: Order) -> str:
    """Return where the files of an order go, within its project as from there: it may move."""
    home = _home(order.folder)
    inside = order.target.is_relative_to(home)
    return order.target.relative_to(home).as_posix() if inside else str(order.target)


def _home(folder: Path) -> Path:
    """Return the project of an order that is written down in `folder`."""
    return folder.parents[1]


def _read(document: Path) -> Order:
    """Read an order; what does not look like one raises `Damaged`."""
    values = read_document(document)
    fitting = (
        values.get("schema") == _SCHEMA
        and all(isinstance(values.get(each), str) for each in ("recipe", "target", "pattern"))
        and isinstance(values.get("with_recipe"), bool)
        and isinstance(values.get("result"), str)
        # A name and no path: frames are written into that folder.
        and values["result"] == Path(values["result"]).name
        and isinstance(values.get("done"), int)
        and 0 <= values["done"] < 1_000_000
    )
    if not fitting:
        raise Damaged("it is no order")
    try:
        check_pattern(values["pattern"])
        order = Order(
            document.parent,
            Recipe.from_json(values["recipe"]),
            _home(document.parent) / values["target"],
            values["pattern"],
            values["with_recipe"],
            values["result"],
            values["done"],
        )
        _ = order.output  # raises where a choice in it is none
    except StudioError as error:
        raise Damaged("what it says cannot be used") from error
    return order
