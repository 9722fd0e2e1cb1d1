"""Saving art: a picture, a contact sheet, a print, a loop, each with its recipe inside.

Each job is a generator. It first pins the model in the project, so that the recipe can be opened
again whatever happens to the run that the model came from. What it writes are the pixels that
`remake` makes of the recipe.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ganart
from ganart.engine.gan.model_file import ModelInfo, read_info
from ganart.engine.gan.models import keep_model
from ganart.engine.latent.output import (
    LoopOutput,
    Output,
    PrintOutput,
    SheetOutput,
    StillOutput,
    check_output,
    to_values,
)
from ganart.engine.latent.output_parts import AS_DRAWN
from ganart.engine.latent.output_sizes import (
    estimated_bytes,
    layout_of,
    picture_size,
)
from ganart.files import atomic_new_path, make_folder, require_space
from ganart.media.composition import Composition
from ganart.media.names import filled, free_name
from ganart.media.point import Point
from ganart.media.recipe import Kind, Recipe
from ganart.media.recipe_checks import Value
from ganart.media.sheets import COLOURS
from ganart.media.stills import StillForm, save_still
from ganart.project.store import Project

if TYPE_CHECKING:  # these load torch; a window that knows the records below does without
    from ganart.engine.asks import Poll
    from ganart.engine.latent.render import Model

SHEET_BACKGROUND = COLOURS["dark"]
_SEEDS_NAMED = 2
_HASH_NAMED = 8


@dataclass(frozen=True, slots=True)
class Exporting:
    """`done` of `total` pictures, pages or frames are made."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The artwork is on disk."""

    path: Path
    """Its file, or the folder of a loop of single pictures."""
    recipe_beside: Path | None = None
    """A file with the recipe, where the artwork has no room for one."""


Records = Iterator[Exporting | Exported]


@dataclass(frozen=True, slots=True)
class LoopPlan:
    """How a composed loop is saved."""

    composition: Composition
    output: LoopOutput = field(default_factory=LoopOutput)

    @property
    def frames(self) -> int:
        """How many pictures the loop has; at least one a keyframe."""
        wanted = round(self.composition.seconds * self.output.fps)
        return max(len(self.composition.keyframes), wanted)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one export go and what they are called."""

    project: Project
    folder: Path
    info: ModelInfo
    pattern: str

    def name(self, recipe: Recipe, suffix: str, number: int = 1, copy: str = "") -> Path:
        """Return a free name for the file with this number, of this copy of an edition."""
        is_print = "width_cm" in recipe.output
        seeds = recipe.places[0].seeds[:_SEEDS_NAMED]
        values: dict[str, str | int] = {
            "project": self.project.folder.stem,
            "model": recipe.model_hash[:_HASH_NAMED],
            "preset": self.info.label or recipe.preset,
            "kind": "print" if is_print else recipe.kind,
            "seed": " ".join(str(each) for each in seeds),
            "size": _size_of(recipe),
            "edition": copy,
            "date": recipe.created[:10],
            "n": number,
        }
        return free_name(self.folder, filled(self.pattern, values), suffix)


def save_picture(
    project: Project,
    model_path: Path,
    point: Point,
    poll: "Poll",
    output: StillOutput | None = None,
    folder: Path | None = None,
    place_in_row: int = 1,
) -> Records:
    """Save one picture, or as many copies as its edition has.

    `folder` is the project's artworks unless given, here and below; `place_in_row` is the number
    of the first file in names. Raises `BadOption` for choices
    that do not go together and other `StudioError` children.
    """
    output = output or StillOutput()
    total = max(1, output.edition)
    yield Exporting(0, total)
    model, place, recipe = _begun(project, model_path, folder, output, "picture", (point,))
    for number in range(1, total + 1):
        if number > 1:
            yield Exporting(number - 1, total)
            if poll():
                return
        is_copy = bool(output.edition)
        each = _with(recipe, edition_number=number) if is_copy else recipe
        copy = f"{number}-{total}" if is_copy else ""
        place_now = place_in_row + number - 1
        yield _save_still(model, each, place, still_form(output), output.recipe, place_now, copy)


def save_sheet(
    project: Project,
    model_path: Path,
    points: Sequence[Point],
    poll: "Poll",
    output: SheetOutput | None = None,
    folder: Path | None = None,
) -> Records:
    """Save many pictures as one, row by row."""
    output = output or SheetOutput()
    yield Exporting(0, 1)
    model, place, recipe = _begun(project, model_path, folder, output, "sheet", tuple(points))
    if poll():
        return
    yield _save_still(model, recipe, place, still_form(output), output.recipe)


def save_print(
    project: Project,
    model_path: Path,
    points: Sequence[Point],
    poll: "Poll",
    output: PrintOutput | None = None,
    folder: Path | None = None,
) -> Records:
    """Save pictures on pages of paper: one PDF, or a picture for every page."""
    output = output or PrintOutput()
    yield Exporting(0, 1)
    kind = print_kind(points)
    model, place, recipe = _begun(project, model_path, folder, output, kind, tuple(points))
    yield from write_print(model, recipe, place, output, poll)


def print_kind(points: Sequence[Point]) -> Kind:
    """Return what the recipe of a print calls it."""
    return "picture" if len(points) == 1 else "sheet"


def write_print(
    model: "Model",
    recipe: Recipe,
    place: Place,
    output: PrintOutput,
    poll: "Poll",
    done: int = 0,
) -> Records:
    """Write the pages of a print; of single pictures the first `done` are there already."""
    if output.format == "pdf":
        yield from _save_pdf(model, recipe, place, output, poll)
    else:
        yield from _save_pages(model, recipe, place, output, poll, done)


def still_form(output: StillOutput | SheetOutput) -> StillForm:
    """Return how the file of a picture is written."""
    return StillForm(output.format, output.quality, output.lossless, output.compression, output.dpi)


def recipe_of(
    kind: Kind,
    points: tuple[Point, ...],
    info: ModelInfo,
    output: Output | None = None,
    plan: LoopPlan | None = None,
) -> Recipe:
    """Return the recipe of what a model makes at these points, saved in the way of `output`."""
    return Recipe(
        kind=kind,
        points=points,
        model_hash=info.model_hash,
        architecture=info.config.architecture,
        width=info.drawn.width,
        height=info.drawn.height,
        stretched_from=info.stretched_from,
        preset=info.preset,
        steps=info.step,
        pictures=info.pictures,
        data_hash=info.data_hash,
        app_version=ganart.__version__,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        composition=plan.composition if plan else None,
        frames=plan.frames if plan else 0,
        fps=plan.output.fps if plan else 0.0,
        output=to_values(output) if output else {},
    )


def pinned(project: Project, model_path: Path) -> Path:
    """Return the copy of a model that the project keeps for good."""
    return keep_model(project, model_path)


def place_of(project: Project, folder: Path | None, info: ModelInfo, pattern: str) -> Place:
    """Return where an export goes; the folder is made. Raises `FolderNotWritable`."""
    return Place(project, make_folder(folder or project.artworks_folder), info, pattern)


def _begun(
    project: Project,
    model_path: Path,
    folder: Path | None,
    output: Output,
    kind: Kind,
    points: tuple[Point, ...],
) -> "tuple[Model, Place, Recipe]":
    """Pin and load the model, and see that all can be written."""
    from ganart.engine.latent.render import Model

    check_output(output)
    kept = pinned(project, model_path)
    info = read_info(kept)
    place = place_of(project, folder, info, output.pattern)
    require_space(place.folder, estimated_bytes(output, info.drawn, len(points)))
    return Model.load(kept), place, recipe_of(kind, points, info, output)


def _save_still(
    model: "Model",
    recipe: Recipe,
    place: Place,
    form: StillForm,
    with_recipe: bool,
    number: int = 1,
    copy: str = "",
) -> Exported:
    from ganart.engine.latent.remake import remake

    (pixels,) = remake(recipe, model)
    return Exported(
        *save_still(
            pixels,
            place.folder,
            partial(place.name, recipe, form.suffix, number, copy),
            form,
            recipe if with_recipe else None,
        )
    )


def _save_pages(
    model: "Model", recipe: Recipe, place: Place, output: PrintOutput, poll: "Poll", skip: int
) -> Records:
    from ganart.engine.latent.remake import page_numbers

    form = StillForm(output.format, dpi=output.dpi)
    pages = page_numbers(recipe)
    for done, (copy, page) in list(enumerate(pages))[skip:]:
        yield Exporting(done, len(pages))
        if poll():
            return
        each = _with(recipe, page=page, **({"edition_number": copy} if copy else {}))
        named = f"{copy}-{output.edition}" if copy else ""
        yield _save_still(model, each, place, form, output.recipe, done + 1, named)


def _save_pdf(
    model: "Model", recipe: Recipe, place: Place, output: PrintOutput, poll: "Poll"
) -> Records:
    from ganart.engine.latent.remake import page_numbers, print_pages
    from ganart.media.pdf import PdfWriter

    layout, total = layout_of(output, recipe.drawn), len(page_numbers(recipe))
    target = place.folder

    def choose() -> Path:
        nonlocal target
        target = place.name(recipe, ".pdf", copy=str(output.edition or ""))
        return target

    class Stopped(Exception):
        pass

    try:
        with (
            atomic_new_path(place.folder, ".pdf", choose) as temporary,
            PdfWriter(temporary, recipe if output.recipe else None) as pdf,
        ):
            for done, pixels in enumerate(print_pages(recipe, model)):
                yield Exporting(done, total)
                if poll():
                    raise Stopped  # noqa: TRY301  (unwinds the writer, which removes its file)
                pdf.add_page(pixels, *layout.sheet_mm, layout.around_mm, layout.bleed_mm)
    except Stopped:
        return
    yield Exported(target)


def _with(recipe: Recipe, **values: Value) -> Recipe:
    return replace(recipe, output={**recipe.output, **values})


def _size_of(recipe: Recipe) -> str:
    """Return how large the pictures of a recipe are, in pixels or as paper."""
    output = recipe.output
    if "width_cm" in output:
        return f"{output['width_cm']:g}x{output['height_cm']:g}cm"
    size, scale, aspect = output.get("size"), output.get("scale"), output.get("aspect")
    sized = StillOutput(size=int(size or 0), scale=int(scale or 1), aspect=str(aspect or AS_DRAWN))
    return "x".join(str(side) for side in picture_size(sized, recipe.drawn))
