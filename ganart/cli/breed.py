"""`ganart breed`: children of some pictures of a model."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.lineage import MODEL
from ganart.cli.make import seed_numbers
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model
from ganart.engine.asks import Poll
from ganart.engine.gan.model_file import read_info
from ganart.engine.latent.breeding import children
from ganart.engine.latent.exports import Exported, Exporting, save_picture, save_sheet
from ganart.media.family import COUNTS, PARENTS, Kind, Litter
from ganart.media.point import SEED_MAX, Point
from ganart.project.store import Project, open_project, project_folder


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
    parser.set_defaults(run=breed)


def add_model_flags(parser: argparse.ArgumentParser) -> None:
    """Declare which model is used, how large pictures are saved, and where."""
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
    parser.add_argument("--model", default="best", help=f"{MODEL} (%(default)s)")
    parser.add_argument(
        "--scale", type=whole_from(1, 64), default=4, help="enlarge by whole pixels (%(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="instead of the project's artworks"
    )


def breed(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    litter = Litter(
        tuple(Point.at(seed, arguments.diversity) for seed in arguments.parents),
        arguments.generation_seed,
        arguments.wildness,
        arguments.kind,
        arguments.children,
    )
    paths = []
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
        output.bar(litter.count, "pictures") as bar,
    ):
        entry = choose_model(project, arguments.model)
        points = children(litter, read_info(entry.path).config.latent_size)
        jobs = _jobs(arguments, project, entry.path, points, lambda: asks[0] if asks else None)
        for job in jobs:
            if asks:
                break
            for event in job:
                if isinstance(event, Exported):
                    paths.append(event.path)
            bar.update(litter.count if arguments.sheet else 1)
    output.result(
        "\n".join(str(path) for path in paths),
        {"model": entry.model_hash, "files": paths},
    )
    return STOPPED if asks else DONE


def _jobs(
    arguments: argparse.Namespace, project: Project, model: Path, points: list[Point], poll: Poll
) -> Iterator[Iterator[Exporting | Exported]]:
    folder, scale = arguments.out, arguments.scale
    if arguments.sheet:
        columns = round(len(points) ** 0.5)
        yield save_sheet(project, model, points, columns, poll, scale, folder)
        return
    for point in points:
        yield save_picture(project, model, point, poll, scale, folder)


def _parents(text: str) -> list[int]:
    seeds = seed_numbers(text)
    if not PARENTS[0] <= len(seeds) <= PARENTS[1]:
        raise argparse.ArgumentTypeError(f"{PARENTS[0]} to {PARENTS[1]} parents, not {len(seeds)}")
    return seeds
