"""What the commands that make art share: whose pictures, from which model, to where."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ganart.cli.arguments import number_from
from ganart.cli.option_flags import given_options
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model
from ganart.engine.asks import Ask, Poll
from ganart.engine.latent.exports import Exported, Exporting
from ganart.engine.latent.output import (
    LoopOutput,
    PrintOutput,
    SheetOutput,
    StillOutput,
    check_output,
)
from ganart.errors import StudioError
from ganart.media.point import SEED_MAX
from ganart.media.recipe import MAX_POINTS
from ganart.project.store import Project, open_project, project_folder
from ganart.settings.store import Settings

Job = Iterator[Exporting | Exported]
Chosen = TypeVar("Chosen", StillOutput, SheetOutput, PrintOutput, LoopOutput)


def chosen(arguments: argparse.Namespace, kind: type[Chosen], **given: object) -> Chosen:
    """Return the output that flags choose; ends the program with code 2 where that is none.

    Recipes are left out where the settings of the studio say so and no flag says otherwise.
    """
    values: dict[str, Any] = given_options(arguments, kind) | given
    values.setdefault("recipe", not Settings().get("leave_recipes_out"))
    output = kind(**values)
    try:
        check_output(output)
    except StudioError as error:
        arguments.parser.error(str(error))
    return output


def make(
    arguments: argparse.Namespace,
    output: Output,
    jobs: Callable[[Project, Path, Poll], Iterator[Job]],
) -> int:
    """Drive the jobs to their end, or to the first Ctrl-C."""
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
    ):
        entry = choose_model(project, arguments.model)
        paths = follow(jobs(project, entry.path, lambda: asks[0] if asks else None), output, asks)
    output.result(
        "\n".join(str(path) for path in paths),
        {"model": entry.model_hash, "files": paths},
    )
    return STOPPED if asks else DONE


def follow(jobs: Iterator[Job], output: Output, asks: Sequence[Ask]) -> list[Path]:
    """Drive jobs until something is asked; return the files that they made."""
    paths = []
    with output.bar(0, "pictures") as bar:
        for job in jobs:
            if asks:
                break
            for event in job:
                if isinstance(event, Exported):
                    paths.append(event.path)
                    if event.recipe_beside is not None:
                        output.warn(
                            f"The recipe is too long for {event.path.name}: it lies beside, in "
                            f"{event.recipe_beside.name}."
                        )
                else:
                    bar.total = event.total
                    bar.update(event.done - bar.n)
    return paths


def add_model_flags(parser: argparse.ArgumentParser) -> None:
    """Declare which model is used, and where what is made goes."""
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
    parser.add_argument(
        "--model",
        default="best",
        help="'best' or 'last' of the newest run, the id of a run, RUN@STEP, or the start of a "
        "model's hash (%(default)s)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="instead of the project's artworks"
    )


def add_common(parser: argparse.ArgumentParser) -> None:
    """Declare the flags of what is made from seeds."""
    add_model_flags(parser)
    parser.add_argument(
        "--seeds", type=seed_numbers, default=list(range(1, 13)), metavar="1,5,9-12", help="(1-12)"
    )
    parser.add_argument(
        "--diversity",
        type=number_from(0, 2),
        default=1.0,
        help="0 the average picture ... 1 as trained ... 2 wild (%(default)s)",
    )


def seed_numbers(text: str) -> list[int]:
    """Read "1,5,9-12"."""
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        try:
            low, high = int(first), int(last or first)
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                f"seeds are numbers, such as 1,5,9-12, not {text}"
            ) from error
        if low > high:
            raise argparse.ArgumentTypeError(f"write the smaller seed first: {high}-{low}")
        if not 0 <= low <= high <= SEED_MAX or high - low >= MAX_POINTS:
            raise argparse.ArgumentTypeError(f"seeds are 0 to {SEED_MAX}, not {part}")
        seeds.extend(range(low, high + 1))
    if len(seeds) > MAX_POINTS:
        raise argparse.ArgumentTypeError(f"at most {MAX_POINTS} seeds at once")
    return seeds
