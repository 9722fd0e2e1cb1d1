"""`ganart sample` and `ganart walk`: pictures and loops from a trained model."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.point_flags import add_point_flags, changed
from ganart.cli.projects import choose_model
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import (
    Exported,
    Exporting,
    LoopPlan,
    save_loop,
    save_picture,
    save_sheet,
)
from ganart.media.composition import evenly
from ganart.media.point import SEED_MAX, Point
from ganart.media.recipe import MAX_POINTS
from ganart.project.store import Project, open_project, project_folder

Job = Iterator[Exporting | Exported]


def add_sample(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare `ganart sample`."""
    parser = commands.add_parser(
        "sample",
        parents=[common],
        help="save pictures of some seeds",
        description="Save one picture a seed, or all on one sheet, each with its recipe inside.",
    )
    _add_common(parser)
    add_point_flags(parser)
    parser.add_argument("--sheet", action="store_true", help="all pictures on one sheet")
    parser.add_argument("--columns", type=whole_from(1, 20), default=6, help="of the sheet")
    parser.set_defaults(run=sample)


def add_walk(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart walk`."""
    parser = commands.add_parser(
        "walk",
        parents=[common],
        help="save a loop through the pictures of some seeds",
        description="Save a loop that visits the pictures of the seeds and closes without a seam.",
    )
    _add_common(parser)
    parser.add_argument("--seconds", type=number_from(0.1, 600), default=6.0, help="(%(default)s)")
    parser.add_argument("--fps", type=number_from(1, 60), default=24.0, help="(%(default)s)")
    parser.add_argument("--format", choices=("gif", "webp", "mp4"), default="mp4")
    parser.add_argument("--method", choices=("slerp", "lerp"), default="slerp")
    parser.set_defaults(run=walk)


def sample(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart sample`."""
    plain = [Point.at(seed, diversity=arguments.diversity) for seed in arguments.seeds]
    folder, scale = arguments.out, arguments.scale

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        points = changed(plain, arguments, project, model, poll)
        if arguments.sheet:
            yield save_sheet(project, model, points, arguments.columns, poll, scale, folder)
            return
        for point in points:
            yield save_picture(project, model, point, poll, scale, folder)

    return _make(arguments, output, jobs)


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

    return _make(arguments, output, jobs)


def _make(
    arguments: argparse.Namespace,
    output: Output,
    jobs: Callable[[Project, Path, Poll], Iterator[Job]],
) -> int:
    """Drive the jobs to their end, or to the first Ctrl-C."""
    paths = []
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
        output.bar(0, "pictures") as bar,
    ):
        entry = choose_model(project, arguments.model)
        for job in jobs(project, entry.path, lambda: asks[0] if asks else None):
            if asks:
                break
            for event in job:
                if isinstance(event, Exported):
                    paths.append(event.path)
                else:
                    bar.total = event.total
                    bar.update(event.done - bar.n)
    output.result(
        "\n".join(str(path) for path in paths),
        {"model": entry.model_hash, "files": paths},
    )
    return STOPPED if asks else DONE


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
    parser.add_argument(
        "--model",
        default="best",
        help="'best' or 'last' of the newest run, the id of a run, RUN@STEP, or the start of a "
        "model's hash (%(default)s)",
    )
    parser.add_argument(
        "--seeds", type=seed_numbers, default=list(range(1, 13)), metavar="1,5,9-12", help="(1-12)"
    )
    parser.add_argument(
        "--diversity",
        type=number_from(0, 2),
        default=1.0,
        help="0 the average picture ... 1 as trained ... 2 wild (%(default)s)",
    )
    parser.add_argument(
        "--scale", type=whole_from(1, 64), default=4, help="enlarge by whole pixels (%(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="instead of the project's artworks"
    )


def seed_numbers(text: str) -> list[int]:
    """Read "1,5,9-12"."""
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not 0 <= low <= high <= SEED_MAX or high - low >= MAX_POINTS:
            raise argparse.ArgumentTypeError(f"seeds are 0 to {SEED_MAX}, not {part}")
        seeds.extend(range(low, high + 1))
    if len(seeds) > MAX_POINTS:
        raise argparse.ArgumentTypeError(f"at most {MAX_POINTS} seeds at once")
    return seeds
