"""`ganart brush train` and `ganart brush list`: a small network for one style, and those there."""

import argparse
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from ganart.cli.option_flags import add_option_flags, given_options
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.datasets.errors import printable
from ganart.engine.asks import Poll
from ganart.engine.errors import BadOption
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brushes import brushes
from ganart.engine.style.events import (
    BrushFinished,
    BrushStarted,
    BrushStats,
    StylePhaseChanged,
    StyleTrouble,
)


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command and those below it."""
    parser = commands.add_parser(
        "brush",
        help="train a brush: a small network for one style",
        description="A brush stylizes photos and films at speed; `ganart stylize` and `ganart "
        "film` take its file as a look.",
    )
    below = parser.add_subparsers(dest="brush_command", required=True, metavar="COMMAND")
    _add_train(below, common)
    listing = below.add_parser("list", parents=[common], help="list the brushes in a folder")
    listing.add_argument("folder", type=Path, metavar="FOLDER", help="where brushes were trained")
    listing.set_defaults(run=list_brushes)


def _add_train(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "train",
        parents=[common],
        help="train a brush on photos",
        description="Train a brush for one style on photos, or go on with one. Ctrl-C stops and "
        "keeps the brush.",
    )
    parser.add_argument(
        "photos", nargs="*", type=Path, metavar="PHOTO", help="photos and folders of photos"
    )
    parser.add_argument("--style", type=Path, metavar="PAINTING", help="the style picture")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="gets a folder for the brush; made if needed"
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FOLDER",
        help="go on with the brush in this folder; --minutes then adds to its time",
    )
    add_option_flags(parser.add_argument_group("options of the training"), BrushConfig)
    parser.set_defaults(run=train, parser=parser)


def train(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart brush train`."""
    new = (arguments.photos, arguments.style, arguments.out)
    if arguments.resume is None and not all(new):
        arguments.parser.error("photos, --style and --out are needed, or --resume")
    if arguments.resume is not None and any(new):
        arguments.parser.error("--resume goes on with the photos and the style of the brush")
    with stop_on_interrupt() as asks:
        events = _events(arguments, lambda: asks[0] if asks else None)
        finished, stats = _follow(events, output)
    if finished is None:
        return STOPPED
    output.result(
        str(finished.path),
        {
            "brush": finished.path,
            "folder": finished.path.parent,
            "stopped": finished.stopped,
            "step": stats and stats.step,
            "total": stats and stats.total,
            "elapsed_s": stats and stats.elapsed_s,
        },
    )
    return STOPPED if finished.stopped else DONE


def list_brushes(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart brush list`."""
    found = [each for each in brushes(arguments.folder) if each.step]
    output.result(
        "\n".join(
            f"{printable(each.path)}  {each.step} steps in "
            f"{timedelta(seconds=round(each.elapsed_s))}, style {printable(each.style)}"
            for each in found
        ),
        {
            "brushes": [
                {
                    "name": each.name,
                    "brush": each.path,
                    "style": each.style,
                    "step": each.step,
                    "elapsed_s": each.elapsed_s,
                    "created": each.created,
                }
                for each in found
            ]
        },
    )
    return DONE


def _events(arguments: argparse.Namespace, poll: Poll) -> Iterator[object]:
    from ganart.engine.style import brush_run  # loads torch

    given = given_options(arguments, BrushConfig)
    if arguments.resume:
        minutes = given.pop("minutes", 0.0)
        for name, value in given.items():
            raise BadOption(option=name, value=value, allowed="it when a new brush is begun")
        return brush_run.resume(arguments.resume, poll, minutes)
    return brush_run.start(
        arguments.style, arguments.photos, BrushConfig(**given), arguments.out, poll
    )


def _follow(
    events: Iterable[object], output: Output
) -> tuple[BrushFinished | None, BrushStats | None]:
    """Drive a training to its end, showing progress."""
    finished = stats = None
    with output.bar(1000, "‰") as bar:
        for event in events:
            match event:
                case StylePhaseChanged(phase):
                    output.say(f"{phase.value} …")
                case BrushStarted(folder, photos):
                    output.say(f"{photos} photos. Folder: {printable(folder)}")
                case BrushStats():
                    stats = event
                    bar.update(round(1000 * event.step / event.steps) - bar.n)
                    bar.set_postfix_str(
                        f"step {event.step} content {event.content:.3g} style {event.style:.3g} "
                        f"{event.time_left_s:.0f} s left"
                    )
                case StyleTrouble(error):
                    output.warn(str(error))
                case BrushFinished():
                    finished = event
    return finished, stats
