"""`ganart film`: a GIF, WebP, APNG or video in, the same stylized out, with its sound."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ganart.cli.arguments import whole_from
from ganart.cli.look_flags import add_look_flags, looks_of
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.engine.asks import Poll
from ganart.engine.style.batch_plan import LONG_SIDE_MAX
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import FilmDone, FilmProgress, StylePhaseChanged, StyleTrouble
from ganart.engine.style.looks import Look


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "film",
        parents=[common],
        help="stylize a moving picture",
        description="Stylize a GIF, animated WebP or PNG, or a video, frame by frame; what stands "
        "still keeps its painting. Ctrl-C stops and keeps the film as far as it is.",
    )
    parser.add_argument("film", type=Path, metavar="FILM")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="a .gif, .webp or .mp4 file; an MP4 keeps the sound. Where the name is taken, a "
        "number is added",
    )
    add_look_flags(parser)
    parser.add_argument(
        "--no-calm",
        dest="calm",
        action="store_false",
        help="stylize every frame by itself, whatever stands still",
    )
    parser.add_argument(
        "--paint",
        action="store_true",
        help="paint every frame as `ganart paint` does, with the pictures given by --look; slow",
    )
    parser.add_argument(
        "--iterations",
        type=whole_from(1, 100_000),
        default=PaintConfig().iterations,
        help="of --paint, for the first frame; those after it need a quarter (%(default)s)",
    )
    parser.add_argument(
        "--long-side",
        type=whole_from(0, LONG_SIDE_MAX),
        default=0,
        metavar="PX",
        help="longer side of the film; 0 keeps its size (%(default)s)",
    )
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.add_argument("--threads", type=whole_from(0, 256), default=0, help="0 leaves the choice")
    parser.set_defaults(run=film, parser=parser)


def film(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    with stop_on_interrupt() as asks:
        done = _follow(_events(arguments, lambda: asks[0] if asks else None), output)
    if done is None or done.path is None:
        return STOPPED
    broken = f" {done.broken} could not be read." if done.broken else ""
    output.result(
        f"{done.path}: {done.frames} frames.{broken} Flicker {done.flicker:.2f} of 255 levels, "
        f"{done.flicker_plain:.2f} without calm.",
        asdict(done),
    )
    return STOPPED if done.stopped else DONE


def _events(arguments: argparse.Namespace, poll: Poll) -> Iterator[object]:
    from ganart.engine.style.film_artists import PaintedFilm  # loads torch
    from ganart.engine.style.film_run import stylize_film

    looks = looks_of(arguments)
    if not looks:
        arguments.parser.error("a --look is needed")
    way: Look | PaintedFilm = looks[0]
    if arguments.paint:
        if any(look.kind != "picture" for look in looks):
            arguments.parser.error("--paint takes pictures as looks")
        if arguments.strength < 1:
            arguments.parser.error("--paint takes no --strength")
        parts = [part for look in looks for part in look.ingredients]
        styles = tuple(StyleSource(part.path, part.weight) for part in parts)
        way = PaintedFilm(
            styles, PaintConfig(iterations=arguments.iterations, colour=arguments.colour)
        )
    elif len(looks) > 1:
        arguments.parser.error("several looks need --blend")
    return stylize_film(
        arguments.film,
        way,
        arguments.out,
        poll,
        calm=arguments.calm,
        long_side=arguments.long_side,
        device=arguments.device,
        threads=arguments.threads,
    )


def _follow(events: Iterable[object], output: Output) -> FilmDone | None:
    """Drive a film to its end, showing progress."""
    done = None
    with output.bar(0, "frames") as bar:
        for event in events:
            match event:
                case StylePhaseChanged(phase):
                    output.say(f"{phase.value} …")
                case FilmProgress():
                    bar.total = event.frames
                    bar.update(event.frame - bar.n)
                    bar.set_postfix_str(
                        f"flicker {event.flicker:.2f}, {event.flicker_plain:.2f} without calm, "
                        f"{event.time_left_s:.0f} s left"
                    )
                case StyleTrouble(error):
                    output.warn(str(error))
                case FilmDone():
                    done = event
    return done
