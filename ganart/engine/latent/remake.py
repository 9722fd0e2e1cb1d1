"""The pixels of an artwork from its recipe: exports are made with this, and so are they again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ganart.engine.latent.frame_store import FrameStore
from ganart.engine.latent.output import (
    LoopOutput,
    Output,
    PrintOutput,
    SheetOutput,
    StillOutput,
    from_values,
)
from ganart.engine.latent.output_sizes import (
    layout_of,
    marks_of,
    picture_size,
)
from ganart.engine.latent.render import Model
from ganart.engine.latent.walks import walk
from ganart.media.marks import inks_for, marked
from ganart.media.pictures import Pixels
from ganart.media.point import Point
from ganart.media.prints import (
    filling,
    laid_out,
    picture_pixels,
)
from ganart.media.recipe import Recipe
from ganart.media.recipe_checks import BadRecipe
from ganart.media.sheets import COLOURS, contact_sheet
from ganart.media.sizing import AnyPixels, resized, to_8_bits

BATCH = 16
"""Frames of a loop that are drawn together; recipes of loops name it as `TOGETHER`."""
TOGETHER = "together"
NUMBER = "edition_number"
PAGE = "page"

SmallFrames = Iterator[Pixels]
"""Frames (N, height, width, 3) as the model draws them, some at a time."""


def output_of(recipe: Recipe) -> Output:
    """Return how the work of a recipe was saved. Raises `BadRecipe`.

    Older recipes do not say: their works are as the model draws them.
    """
    kind: Any = {"picture": StillOutput, "sheet": SheetOutput, "loop": LoopOutput}[recipe.kind]
    values = recipe.output or {"scale": 1}
    output: Output = from_values(PrintOutput if "width_cm" in values else kind, values)
    return output


def remake(recipe: Recipe, model: Model) -> Iterator[AnyPixels]:
    """Return the picture, the sheet, the pages or the frames of a recipe, (height, width, 3) each.

    `model` is the one of `recipe.model_hash`. Files that lose nothing hold exactly these pixels.
    Raises `BadRecipe` for points or choices that do not fit.
    """
    output = output_of(recipe)
    if isinstance(output, LoopOutput):
        finish = loop_finisher(recipe)
        for frames in small_frames(recipe, model):
            yield from (finish(each) for each in frames)
    elif isinstance(output, PrintOutput):
        yield from print_pages(recipe, model)
    elif isinstance(output, SheetOutput):
        yield _sheet(recipe, output, model)
    else:
        yield _picture(recipe, output, model)


def _picture(recipe: Recipe, output: StillOutput, model: Model) -> AnyPixels:
    draw = model.render_deep if output.bits == 16 else model.render
    large = resized(draw(recipe.points)[0], *picture_size(output, recipe.drawn), output.resample)
    return marked(large, marks_of(output, _number(recipe, NUMBER)))


def _sheet(recipe: Recipe, output: SheetOutput, model: Model) -> Pixels:
    size, marks = picture_size(output, recipe.drawn), marks_of(output)
    if output.merge:
        return to_8_bits(marked(_merged(recipe, output, model, size), marks))
    tiles = [
        to_8_bits(resized(small, *size, output.resample))
        for begin in range(0, len(recipe.points), BATCH)
        for small in model.render(recipe.points[begin : begin + BATCH])
    ]
    sheet = contact_sheet(
        tiles,
        output.columns,
        output.gap,
        COLOURS[output.background],
        captions_of(recipe.points) if output.captions else None,
        margin_px=output.margin,
    )
    return to_8_bits(marked(sheet, marks))


def _merged(recipe: Recipe, output: SheetOutput, model: Model, size: tuple[int, int]) -> Pixels:
    small = model.render_merged(recipe.points, output.columns)
    across, down = small.shape[1] // recipe.width, small.shape[0] // recipe.height
    large = resized(small, size[0] * across, size[1] * down, output.resample)
    return contact_sheet([large], 1, 0, COLOURS[output.background], margin_px=output.margin)


# Prints


def page_numbers(recipe: Recipe) -> list[tuple[int, int]]:
    """Return the number of the copy (0 without an edition) and of the page, for every page.

    A recipe that names one page has only that one.
    """
    output = output_of(recipe)
    if not isinstance(output, PrintOutput):
        raise BadRecipe(reason="it is no print")
    if PAGE in recipe.output:
        return [(_number(recipe, NUMBER), _number(recipe, PAGE))]
    pages = -(-len(recipe.points) // (output.rows * output.columns))
    copies = range(1, output.edition + 1) if output.edition else (0,)
    return [(copy, page) for copy in copies for page in range(1, pages + 1)]


def print_pages(recipe: Recipe, model: Model) -> Iterator[Pixels]:
    """Return the pages of a print one by one. Raises `NoRoomOnPage`."""
    output: Any = output_of(recipe)
    layout = layout_of(output, recipe.drawn)
    boxes = layout.pictures()
    for copy, page in page_numbers(recipe):
        points = recipe.points[(page - 1) * len(boxes) : page * len(boxes)]
        if not points:
            raise BadRecipe(reason=f"it has no page {page}")
        marks = marks_of(output, copy)
        pictures = []
        for point, box in zip(points, boxes, strict=False):
            _, _, width, height = picture_pixels(box, output.dpi)
            small = model.render([point])[0]
            large = filling(small, width, height, layout.aspect, output.resample)
            pictures.append(to_8_bits(marked(large, marks)))
        captions = captions_of(points) if output.captions else ()
        yield laid_out(layout, pictures, output.dpi, output.background, captions)


# Loops


def small_frames(recipe: Recipe, model: Model, store: FrameStore | None = None) -> SmallFrames:
    """Return the frames of a loop as the model draws them, a batch at a time.

    Those in `store` are taken from there, the others are put there.
    """
    if recipe.composition is None:
        raise BadRecipe(reason="it is no loop")
    points = walk(recipe.composition, recipe.frames, model.info.config.latent_size)
    batch = _number(recipe, TOGETHER) or 1
    count, kept = 0, []
    for frame in store.frames() if store is not None else ():
        kept.append(frame)
        count += 1
        if len(kept) == batch or count == len(points):
            yield np.stack(kept)
            kept = []
        if count == len(points):
            return
    for begin in range(count - len(kept), len(points), batch):
        part = points[begin : begin + batch]
        if batch == 1:
            frames = model.render(part)
        else:
            # Always as many: batches of another size round differently.
            full = [*part, *[part[-1]] * (batch - len(part))]
            frames = model.glance(full)[: len(part)]
        if store is not None:
            store.put(begin, frames)
        yield frames


def loop_finisher(recipe: Recipe) -> Callable[[Pixels], Pixels]:
    """Return a function that enlarges and signs one frame after the other, in their order."""
    output: Any = output_of(recipe)
    size, marks = picture_size(output, recipe.drawn), marks_of(output)
    inks: tuple[bool, ...] = ()

    def finish(small: Pixels) -> Pixels:
        nonlocal inks
        large = to_8_bits(resized(small, *size, output.resample))
        if not marks:
            return large
        # Chosen once: letters that change between light and dark would flicker.
        inks = inks or inks_for(large, marks)
        return to_8_bits(marked(large, marks, inks))

    return finish


# Both


def captions_of(points: Sequence[Point]) -> list[str]:
    """Return what stands below pictures: their seeds."""
    return [" + ".join(str(seed) for seed in point.seeds) for point in points]


def _number(recipe: Recipe, name: str) -> int:
    """Return a whole number that a recipe says of its output, 0 without. Raises `BadRecipe`."""
    value = recipe.output.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
        raise BadRecipe(reason=f"{name} is not a number")
    return value
