"""`ganart walk`: a loop through the pictures of some seeds."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from
from ganart.cli.make import Job, add_common, make
from ganart.cli.output import Output
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import LoopPlan, save_loop
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
    parser.add_argument("--fps", type=number_from(1, 60), default=24.0, help="(%(default)s)")
    parser.add_argument("--format", choices=("gif", "webp", "mp4"), default="mp4")
    parser.add_argument("--method", choices=("slerp", "lerp"), default="slerp")
    parser.set_defaults(run=walk)


def walk(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart walk`."""
    plan = LoopPlan(
        composition=evenly(
            tuple(Point.at(seed, arguments.diversity) for seed in arguments.seeds),
            arguments.seconds,
            arguments.method,
        ),
        fps=arguments.fps,
        suffix=f".{arguments.format}",
        scale=arguments.scale,
    )

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        yield save_loop(project, model, plan, poll, arguments.out)

    return make(arguments, output, jobs)
