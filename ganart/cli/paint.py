"""`ganart paint`: a photo and paintings in, the photo as a painting out; or one gone on with."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ganart.cli.option_flags import add_option_flags, given_options
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.engine.asks import Poll
from ganart.engine.errors import BadOption
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import (
    PaintFinished,
    PaintStarted,
    PaintStats,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.presets import DEFAULT_PAINT_PRESET, PAINT_PRESETS, paint_preset
from ganart.files import human_memory


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command; the flags of the options come from `PaintConfig`."""
    parser = commands.add_parser(
        "paint",
        parents=[common],
        help="paint a photo in the style of a painting",
        description="Paint a photo in the style of one or several paintings, or go on with a "
        "painting. Ctrl-C stops and keeps the picture.",
    )
    parser.add_argument("photo", nargs="?", type=Path, metavar="PHOTO")
    parser.add_argument(
        "--style", action="append", type=Path, default=[], metavar="PAINTING", help="repeatable"
    )
    parser.add_argument(
        "--weight",
        action="append",
        type=float,
        default=[],
        metavar="N",
        help="share of each style, in the order of --style (1)",
    )
    for name, text in (
        ("--photo-mask", "grey picture, white where the style is painted; one for each --style"),
        ("--style-mask", "grey picture, white where the style is looked at; one for each --style"),
    ):
        parser.add_argument(name, action="append", type=Path, default=[], metavar="MASK", help=text)
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="gets a folder for the painting; made if needed"
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FOLDER",
        help="go on with the painting in this folder; --iterations then adds to it",
    )
    parser.add_argument(
        "--preset",
        choices=[each.key for each in PAINT_PRESETS],
        help=f"options to start from ({DEFAULT_PAINT_PRESET.key})",
    )
    group = parser.add_argument_group("options of the painting, instead of the preset's")
    add_option_flags(group, PaintConfig)
    parser.set_defaults(run=paint, parser=parser)


def paint(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    new = (arguments.photo, arguments.style, arguments.out)
    if arguments.resume is None and not all(new):
        arguments.parser.error("a photo, --style and --out are needed, or --resume")
    masks = (arguments.weight, arguments.photo_mask, arguments.style_mask)
    if arguments.resume is not None and any((*new, *masks, arguments.preset)):
        arguments.parser.error("--resume goes on with the photo and styles of the painting")
    with stop_on_interrupt() as asks:
        events = _events(arguments, lambda: asks[0] if asks else None)
        finished, stats = _follow(events, output)
        if finished is None:
            return STOPPED
        output.result(
            str(finished.picture),
            {
                "picture": finished.picture,
                "folder": finished.folder,
                "stopped": finished.stopped,
                "iteration": stats and stats.iteration,
                "total": stats and stats.total,
                "elapsed_s": stats and stats.elapsed_s,
            },
        )
        return STOPPED if finished.stopped else DONE


def _events(arguments: argparse.Namespace, poll: Poll) -> Iterator[object]:
    from ganart.engine.style import painting_run  # loads torch

    changes = given_options(arguments, PaintConfig)
    if arguments.resume:
        iterations = changes.pop("iterations", 0)
        return painting_run.resume(arguments.resume, poll, iterations, changes)
    preset = paint_preset(arguments.preset or DEFAULT_PAINT_PRESET.key)
    config = replace(preset.config, **changes)
    return painting_run.start(arguments.photo, _styles(arguments), config, arguments.out, poll)


def _styles(arguments: argparse.Namespace) -> list[StyleSource]:
    """Pair styles with weights and masks. Raises `BadOption` for counts that do not fit."""
    count = len(arguments.style)
    for name in ("weight", "photo_mask", "style_mask"):
        given = len(getattr(arguments, name))
        if given not in {0, count}:
            raise BadOption(option=name, value=f"given {given} times", allowed=f"{count} or none")
    if any(not 0 < weight < float("inf") for weight in arguments.weight):
        raise BadOption(option="weight", value=min(arguments.weight), allowed="numbers above 0")
    return [
        StyleSource(path, *parts)
        for path, *parts in zip(
            arguments.style,
            arguments.weight or [1.0] * count,
            arguments.photo_mask or [None] * count,
            arguments.style_mask or [None] * count,
            strict=True,
        )
    ]


def _follow(
    events: Iterable[object], output: Output
) -> tuple[PaintFinished | None, PaintStats | None]:
    """Drive a painting to its end, showing progress."""
    finished = stats = None
    with output.bar(0, "iterations") as bar:
        for event in events:
            match event:
                case StylePhaseChanged(phase):
                    output.say(f"{phase.value} …")
                case PaintStarted(folder, plan):
                    output.say(
                        f"{plan.width} × {plan.height} px in {plan.levels} sizes, "
                        f"about {human_memory(plan.memory_bytes)} of memory. Folder: {folder}"
                    )
                case PaintStats():
                    stats = event
                    bar.total = event.iterations
                    bar.update(event.iteration - bar.n)
                    bar.set_postfix_str(
                        f"{event.side} px content {event.content:.3g} style {event.style:.3g} "
                        f"{event.time_left_s:.0f} s left"
                    )
                case StyleTrouble(error):
                    output.warn(str(error))
                case PaintFinished():
                    finished = event
    return finished, stats
