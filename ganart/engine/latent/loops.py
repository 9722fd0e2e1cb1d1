"""Saving a loop, frame by frame: as a film, as a picture that moves, or as single pictures."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ganart.engine.gan.model_file import read_info
from ganart.engine.latent.behind import Behind
from ganart.engine.latent.exports import (
    Exported,
    Exporting,
    LoopPlan,
    Place,
    Records,
    pinned,
    place_of,
    recipe_of,
)
from ganart.engine.latent.output import (
    CODECS,
    LoopOutput,
    check_output,
    from_values,
)
from ganart.engine.latent.output_sizes import (
    estimated_bytes,
)
from ganart.engine.latent.walks import walk
from ganart.files import as_studio_error, atomic_new_path, require_space, write_atomic
from ganart.media.animations import (
    FORMATS,
    Format,
    NoCodec,
    animation,
    film_format,
    has_codec,
)
from ganart.media.metadata import SEQUENCE_RECIPE
from ganart.media.names import free_name
from ganart.media.pictures import Pixels
from ganart.media.recipe import Recipe
from ganart.media.stills import StillForm, encoded_still
from ganart.project.store import Project

if TYPE_CHECKING:  # these load torch
    from ganart.engine.asks import Poll
    from ganart.engine.latent.frame_store import FrameStore
    from ganart.engine.latent.render import Model

_FRAME_FORM = StillForm("png", dpi=72)
_DIGITS = 5


class _Stopped(Exception):
    """The person cancelled a loop half-way."""


def save_loop(
    project: Project, model_path: Path, plan: LoopPlan, poll: "Poll", folder: Path | None = None
) -> Records:
    """Save a loop that closes without a seam; its memory does not grow with its length.

    Stopped, it leaves no file; of single pictures those that are done.
    """
    from ganart.engine.latent.render import Model

    check_output(plan.output)
    kept = pinned(project, model_path)
    recipe = loop_recipe(kept, plan)
    place = place_of(project, folder, read_info(kept), plan.output.pattern)
    target = loop_target(place, recipe, plan.output)
    yield from write_loop(Model.load(kept), recipe, target, poll, with_recipe=plan.output.recipe)


def loop_recipe(model_path: Path, plan: LoopPlan) -> Recipe:
    """Return the recipe of a loop, which says that its frames are drawn together.

    Raises `BadOption` for a loop that cannot be walked.
    """
    from ganart.engine.latent.remake import BATCH, TOGETHER

    info = read_info(model_path)
    walk(plan.composition, plan.frames, info.config.latent_size)
    recipe = recipe_of("loop", (), info, plan.output, plan)
    recipe.output[TOGETHER] = BATCH  # type: ignore[index]  # its own dict, made just now
    return recipe


def loop_target(place: Place, recipe: Recipe, output: LoopOutput) -> Path:
    """Return a free name for a loop; for single pictures that of their folder, which is made.

    Raises `FolderNotWritable`.
    """
    if output.format != "png":
        return place.name(recipe, f".{output.format}")
    while True:
        target = place.name(recipe, "")
        try:
            target.mkdir()
        except FileExistsError:  # another program was quicker
            continue
        except OSError as error:
            raise as_studio_error(error, place.folder) from error
        return target


def write_loop(
    model: "Model",
    recipe: Recipe,
    target: Path,
    poll: "Poll",
    store: "FrameStore | None" = None,
    *,
    with_recipe: bool = True,
) -> Records:
    """Write the loop of a recipe to `target`, or into that folder; see `small_frames` of `store`.

    Raises `NoCodec`, `DiskFull`, `FolderNotWritable`.
    """
    from ganart.engine.latent.remake import loop_finisher, small_frames

    output = from_values(LoopOutput, recipe.output)
    check_loop(output)
    require_space(target.parent, estimated_bytes(output, recipe.drawn, frames=recipe.frames))
    finish = loop_finisher(recipe)
    inside = recipe if with_recipe else None
    made = [target]
    opened = (
        picture_folder(target, inside)
        if output.format == "png"
        else _new_film(made, output, inside)
    )
    done = 0
    try:
        with opened as add, Behind[Pixels](lambda part: _add_all(add, finish, part)) as coding:
            for frames in small_frames(recipe, model, store):
                yield Exporting(done, recipe.frames)
                if poll():
                    raise _Stopped  # noqa: TRY301  (unwinds the writer, which removes its file)
                coding.put(frames)
                done += len(frames)
            yield Exporting(done, recipe.frames)
    except _Stopped:
        return
    yield Exported(made[0])


@contextmanager
def _new_film(
    made: list[Path], output: LoopOutput, recipe: Recipe | None
) -> Iterator[Callable[[Pixels], None]]:
    """Give `animation` of the file in `made`; a number is added where it is there by then."""
    wanted = made[0]

    def choose() -> Path:
        made[0] = free_name(wanted.parent, wanted.stem, wanted.suffix)
        return made[0]

    with (
        atomic_new_path(wanted.parent, wanted.suffix, choose) as temporary,
        animation(temporary, output.fps, recipe, loop_format(output)) as add,
    ):
        yield add


def _add_all(
    add: Callable[[Pixels], None], finish: Callable[[Pixels], Pixels], frames: Iterable[Pixels]
) -> None:
    for small in frames:
        add(finish(small))


def check_loop(output: LoopOutput) -> None:
    """Raise `NoCodec` where this computer cannot code a loop so."""
    codec = loop_format(output).codec if output.format != "png" else ""
    if codec and not has_codec(codec):
        raise NoCodec(codec=codec)


def loop_format(output: LoopOutput) -> Format:
    """Return how a loop is coded."""
    if output.format not in CODECS:
        return FORMATS[f".{output.format}"]
    codec = CODECS[output.format][0] if output.codec == "auto" else output.codec
    return film_format(output.format, codec, output.quality)


@contextmanager
def picture_folder(folder: Path, recipe: Recipe | None) -> Iterator[Callable[[Pixels], None]]:
    """Give a function that saves frames as 00001.png and on in a folder, with the recipe beside.

    The pictures carry no recipe, which tells the time: equal loops are equal files. Whatever the
    block raises leaves those that are done.
    """
    count = 0

    def add(pixels: Pixels) -> None:
        nonlocal count
        count += 1
        content, _ = encoded_still(pixels, _FRAME_FORM)
        target = folder / f"{count:0{_DIGITS}}.png"
        unfinished = target.with_suffix(".part")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(target)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise as_studio_error(error, folder) from error

    if recipe is not None:
        write_atomic(folder / SEQUENCE_RECIPE, recipe.to_json().encode("ascii"))
    yield add


def save_frames(
    frames: Iterator[Pixels],
    total: int,
    target: Path,
    fps: float,
    poll: "Poll",
) -> Records:
    """Save `total` frames of any source as a film, one at a time; stopped, there is no file."""
    try:
        with animation(target, fps) as add:
            for done, pixels in enumerate(frames):
                if done % 16 == 0:
                    yield Exporting(done, total)
                    if poll():
                        raise _Stopped  # noqa: TRY301  (as above)
                add(pixels)
    except _Stopped:
        return
    yield Exported(target)
