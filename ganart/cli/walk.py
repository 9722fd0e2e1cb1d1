"""`ganart walk`: a loop through the pictures of some seeds."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.loop_flags import add_loop_flags, composition_of
from ganart.cli.make import Job, add_common, chosen, follow, make
from ganart.cli.option_flags import add_option_flags
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import LoopPlan
from ganart.engine.latent.orders import carry_out, order_loop, unfinished
from ganart.engine.latent.output import LoopOutput
from ganart.project.store import Project, open_project, project_folder


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart walk`."""
    parser = commands.add_parser(
        "walk",
        parents=[common],
        help="save a loop through the pictures of some seeds",
        description="Save a loop that visits the pictures of the seeds and closes without a seam.",
    )
    add_common(parser)
    add_loop_flags(parser.add_argument_group("the way"))
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with what was stopped or failed, here or in the studio's queue of exports, "
        "and with nothing else; frames that were drawn are kept",
    )
    add_option_flags(parser.add_argument_group("how it is saved"), LoopOutput)
    parser.set_defaults(run=walk, parser=parser)


def walk(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart walk`."""
    if arguments.resume:
        return _resume(arguments, output)
    plan = LoopPlan(
        composition=composition_of(arguments),
        output=chosen(arguments, LoopOutput),
    )

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        # Written down first: what was drawn is kept where the disk is full or somebody stops it.
        order = order_loop(project, model, plan, arguments.out)
        yield carry_out(project, order, poll)
        if order.folder.exists():
            output.warn("Stopped. `ganart walk --resume` goes on with it.")

    return make(arguments, output, jobs)


def _resume(arguments: argparse.Namespace, output: Output) -> int:
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
    ):
        orders, damaged = unfinished(project)
        if not orders:
            output.say("Nothing waits to be finished.")
        for folder in damaged:
            output.warn(f"{folder} cannot be read and is passed over.")
        jobs = (carry_out(project, each, lambda: asks[0] if asks else None) for each in orders)
        paths = follow(jobs, output, asks)
    output.result("\n".join(str(path) for path in paths), {"files": paths})
    return STOPPED if asks else DONE
