"""`ganart breed`: children of some pictures of a model."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.make import Job, add_model_flags, chosen, make, seed_numbers
from ganart.cli.option_flags import add_option_flags
from ganart.cli.output import Output
from ganart.engine.asks import Poll
from ganart.engine.gan.model_file import read_info
from ganart.engine.latent.breeding import children
from ganart.engine.latent.exports import save_picture, save_sheet
from ganart.engine.latent.output import SheetOutput, StillOutput
from ganart.media.family import COUNTS, PARENTS, Kind, Litter
from ganart.media.point import SEED_MAX, Point
from ganart.project.store import Project


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "breed",
        parents=[common],
        help="save children of some pictures",
        description="Breed two to four pictures of a model and save their children, each with its "
        "recipe inside. The same parents, seed and wildness give the same children.",
    )
    add_model_flags(parser)
    parser.add_argument("--parents", required=True, type=_parents, metavar="1,5,9", help="seeds")
    parser.add_argument(
        "--children", type=whole_from(1, COUNTS[-1]), default=COUNTS[0], help="(%(default)s)"
    )
    parser.add_argument(
        "--wildness",
        type=number_from(0, 1),
        default=0.3,
        help="how far they stray: 0 not at all ... 1 up to half-way to a random one (%(default)s)",
    )
    parser.add_argument(
        "--generation-seed",
        type=whole_from(0, SEED_MAX),
        default=1,
        help="another one gives other children (%(default)s)",
    )
    parser.add_argument(
        "--kind",
        choices=get_args(Kind),
        default="all",
        help="mix crosses, slerp lies in between, mutate changes one parent (%(default)s)",
    )
    parser.add_argument(
        "--diversity", type=number_from(0, 2), default=1.0, help="of the parents (%(default)s)"
    )
    parser.add_argument("--sheet", action="store_true", help="all children on one sheet")
    add_option_flags(parser.add_argument_group("how they are saved"), StillOutput, SheetOutput)
    parser.set_defaults(run=breed, parser=parser)


def breed(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    litter = Litter(
        tuple(Point.at(seed, arguments.diversity) for seed in arguments.parents),
        arguments.generation_seed,
        arguments.wildness,
        arguments.kind,
        arguments.children,
    )
    sheet = chosen(arguments, SheetOutput) if arguments.sheet else None
    still = chosen(arguments, StillOutput) if not arguments.sheet else None

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        points = children(litter, read_info(model).config.latent_size)
        if sheet is not None:
            yield save_sheet(project, model, points, poll, sheet, arguments.out)
            return
        for number, point in enumerate(points, 1):
            yield save_picture(project, model, point, poll, still, arguments.out, number)

    return make(arguments, output, jobs)


def _parents(text: str) -> list[int]:
    seeds = seed_numbers(text)
    if not PARENTS[0] <= len(seeds) <= PARENTS[1]:
        raise argparse.ArgumentTypeError(f"{PARENTS[0]} to {PARENTS[1]} parents, not {len(seeds)}")
    return seeds
