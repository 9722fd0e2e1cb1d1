"""`ganart sample`: pictures of some seeds."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.arguments import whole_from
from ganart.cli.make import Job, add_common, make
from ganart.cli.output import Output
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import save_picture, save_sheet
from ganart.media.point import Point
from ganart.project.store import Project


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare `ganart sample`."""
    parser = commands.add_parser(
        "sample",
        parents=[common],
        help="save pictures of some seeds",
        description="Save one picture a seed, or all on one sheet, each with its recipe inside.",
    )
    add_common(parser)
    parser.add_argument("--sheet", action="store_true", help="all pictures on one sheet")
    parser.add_argument("--columns", type=whole_from(1, 20), default=6, help="of the sheet")
    parser.set_defaults(run=sample)


def sample(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart sample`."""
    points = [Point.at(seed, diversity=arguments.diversity) for seed in arguments.seeds]
    folder, scale = arguments.out, arguments.scale

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        if arguments.sheet:
            yield save_sheet(project, model, points, arguments.columns, poll, scale, folder)
            return
        for point in points:
            yield save_picture(project, model, point, poll, scale, folder)

    return make(arguments, output, jobs)
