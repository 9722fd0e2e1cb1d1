"""`ganart walk`: a loop through the pictures of some seeds."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from
from ganart.cli.make import Job, add_common, chosen, make
from ganart.cli.option_flags import add_option_flags
from ganart.cli.output import Output
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import LoopPlan
from ganart.engine.latent.loops import save_loop
from ganart.engine.latent.output import LoopOutput
from ganart.media.composition import evenly
from ganart.media.point import Point
from ganart.project.store import Project


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart walk`."""
    parser = commands.add_parser(
        "walk",
        parents=[common],
        help="save a loop through the pictures of some seeds",
        description="Save a loop that visits the pictures of the seeds and closes without a seam.",
    )
    add_common(parser)
    parser.add_argument("--seconds", type=number_from(0.1, 600), default=6.0, help="(%(default)s)")
    parser.add_argument("--method", choices=("slerp", "lerp"), default="slerp")
    add_option_flags(parser.add_argument_group("how it is saved"), LoopOutput)
    parser.set_defaults(run=walk, parser=parser)


def walk(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart walk`."""
    plan = LoopPlan(
        composition=evenly(
            tuple(Point.at(seed, arguments.diversity) for seed in arguments.seeds),
            arguments.seconds,
            arguments.method,
        ),
        output=chosen(arguments, LoopOutput),
    )

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        yield save_loop(project, model, plan, poll, arguments.out)

    return make(arguments, output, jobs)
