"""`ganart sample`: pictures of some seeds, each by itself, on a sheet or on pages of paper."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.make import Job, add_common, chosen, make
from ganart.cli.option_flags import add_option_flags
from ganart.cli.output import Output
from ganart.cli.point_flags import add_point_flags, changed
from ganart.engine.asks import Poll
from ganart.engine.latent.exports import save_picture, save_print, save_sheet
from ganart.engine.latent.output import PrintOutput, SheetOutput, StillOutput
from ganart.media.point import Point
from ganart.project.store import Project


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare `ganart sample`."""
    parser = commands.add_parser(
        "sample",
        parents=[common],
        help="save pictures of some seeds",
        description="Save one picture a seed, or all on one sheet or on pages to be printed, each "
        "with its recipe inside.",
    )
    add_common(parser)
    add_point_flags(parser)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--sheet", action="store_true", help="all pictures on one sheet")
    ways.add_argument(
        "--print-cm",
        type=page_size,
        metavar="WxH",
        help="on pages of this size, such as 21x29.7",
    )
    group = parser.add_argument_group("how they are saved")
    add_option_flags(
        group, StillOutput, SheetOutput, PrintOutput, left_out=("width_cm", "height_cm")
    )
    parser.set_defaults(run=sample, parser=parser)


def sample(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart sample`."""
    plain = [Point.at(seed, diversity=arguments.diversity) for seed in arguments.seeds]
    folder = arguments.out
    if arguments.print_cm:
        width, height = arguments.print_cm
        page = chosen(arguments, PrintOutput, width_cm=width, height_cm=height)
    elif arguments.sheet:
        sheet = chosen(arguments, SheetOutput)
    else:
        still = chosen(arguments, StillOutput)

    def jobs(project: Project, model: Path, poll: Poll) -> Iterator[Job]:
        points = changed(plain, arguments, project, model, poll)
        if arguments.print_cm:
            yield save_print(project, model, points, poll, page, folder)
        elif arguments.sheet:
            yield save_sheet(project, model, points, poll, sheet, folder)
        else:
            for number, point in enumerate(points, 1):
                yield save_picture(project, model, point, poll, still, folder, number)

    return make(arguments, output, jobs)


def page_size(text: str) -> tuple[float, float]:
    """Read "21x29.7"."""
    width, _, height = text.lower().replace("×", "x").partition("x")
    try:
        return float(width), float(height)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"a page is WxH, such as 21x29.7, not {text}") from error
