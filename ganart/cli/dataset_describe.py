"""`ganart dataset describe`: what the pictures are like as a whole."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from ganart.cli.arguments import whole_from
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import printable
from ganart.datasets.sizes import fitting_size
from ganart.datasets.statistics import Describing, Description, Histogram, describe
from ganart.project.store import open_project, project_folder

_SIDE = 64
"""Of the square that the suggested size is as large as."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "describe",
        parents=[common],
        help="tell sizes, shapes and colours of the pictures, and which are unlike all others",
        description="Tell how many pictures have which size and shape, their colours, a size for "
        "training that suits them, and which are most unlike all others.",
    )
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
    parser.add_argument(
        "--odd", type=whole_from(0, 1000), default=5, metavar="COUNT", help="(%(default)s)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    with (
        open_project(project_folder(arguments.project)) as project,
        Catalogue(project.catalogue_path) as catalogue,
        stop_on_interrupt() as asks,
        output.bar(0, "pictures") as bar,
    ):
        for event in describe(catalogue, lambda: bool(asks)):
            if isinstance(event, Describing):
                bar.total = event.total
                bar.update(event.done - bar.n)
                continue
            _tell(event, arguments.odd, output)
            return DONE
    return STOPPED


def _tell(described: Description, odd_count: int, output: Output) -> None:
    palette = [(f"#{bytes(each.colour).hex()}", each.share) for each in described.palette]
    width, height = fitting_size((row.width / row.height for row in described.rows), _SIDE)
    strangeness = described.variety.strangeness
    odd = [
        (described.rows[place].path, float(strangeness[place]))
        for place in np.argsort(-strangeness, kind="stable")[:odd_count]
    ]
    lines = [
        f"{len(described.rows)} pictures",
        f"Shorter side: {_classes(described.sides)}",
        f"Width to height: {_classes(described.aspects)}",
        "Colours: " + ", ".join(f"{colour} {share:.0%}" for colour, share in palette),
        f"Size for training that suits them: {width} × {height}, or its doubles",
        *(f"{times:.1f} times as unlike the others as usual: {printable(p)}" for p, times in odd),
    ]
    output.result(
        "\n".join(lines),
        {
            "count": len(described.rows),
            "sides": {"edges": described.sides.edges, "counts": described.sides.counts},
            "aspects": {"edges": described.aspects.edges, "counts": described.aspects.counts},
            "palette": [{"colour": colour, "share": share} for colour, share in palette],
            "size": [width, height],
            "odd": [{"path": path, "times": times} for path, times in odd],
        },
    )


def _classes(histogram: Histogram) -> str:
    """Return the classes that hold something, such as "64+ 12, 128+ 7"."""
    classes = zip(histogram.edges, histogram.counts, strict=True)
    return ", ".join(f"{edge:g}+ {count}" for edge, count in classes if count) or "none"
