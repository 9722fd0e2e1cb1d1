"""What the commands that make art share: whose pictures, from which model, to where."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import Exported, Exporting
from ganart.media.point import SEED_MAX
from ganart.media.recipe import MAX_POINTS
from ganart.project.store import Project, open_project, project_folder

Job = Iterator[Exporting | Exported]


def make(
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


def add_common(parser: argparse.ArgumentParser) -> None:
    """Declare the flags that all of them have."""
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
