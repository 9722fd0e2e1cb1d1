"""The flags that say which way a loop goes, and when."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from ganart.cli.arguments import number_from, whole_from
from ganart.engine.errors import BadOption
from ganart.media.audio import hear
from ganart.media.beats import hear_beats
from ganart.media.composition import (
    BPM_MAX,
    HOLD_MAX,
    LAPS_MAX,
    RADIUS_MAX,
    SECONDS_MAX,
    SECONDS_MIN,
    Composition,
    Ease,
    evenly,
    there_and_back,
)
from ganart.media.composition import Path as WayPath
from ganart.media.drive import Drive
from ganart.media.point import SEED_MAX, Method, Point


def add_loop_flags(group: Any) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare them."""
    add = group.add_argument
    add(
        "--path",
        choices=get_args(WayPath),
        default="legs",
        help="from picture to picture, on a smooth curve through all, or on a circle about the "
        "first (%(default)s)",
    )
    add("--radius", type=number_from(0, RADIUS_MAX), default=1.0, help="of a circle (%(default)s)")
    add(
        "--laps",
        type=whole_from(1, LAPS_MAX),
        default=1,
        help="circles laid upon each other; more wander more (%(default)s)",
    )
    add(
        "--circle-seed",
        type=whole_from(0, SEED_MAX),
        default=0,
        metavar="SEED",
        help="of the directions of a circle (%(default)s)",
    )
    add("--method", choices=get_args(Method), default="slerp", help="round or straight")
    add(
        "--ease",
        choices=get_args(Ease),
        help="how the pace changes between two pictures (smooth; on a curve: even)",
    )
    add(
        "--hold",
        type=number_from(0, HOLD_MAX),
        default=0.0,
        help="share of its time that each picture stands still (%(default)s)",
    )
    add("--ping-pong", action="store_true", help="go to the last picture and the same way back")
    add(
        "--seconds",
        type=number_from(SECONDS_MIN, SECONDS_MAX),
        default=6.0,
        help="length of the loop (%(default)s)",
    )
    add("--bpm", type=number_from(1, BPM_MAX), help="set the length by beats a minute instead")
    add(
        "--beats",
        type=number_from(0.25, 64),
        default=4.0,
        help="for each picture, with --bpm (%(default)s)",
    )
    add("--audio", type=Path, metavar="FILE", help="a sound that drives the speed")
    add(
        "--audio-hears",
        choices=("loudness", "beats"),
        default="loudness",
        help="what drives it; beats need librosa (%(default)s)",
    )
    add(
        "--audio-strength",
        type=number_from(0, 1),
        default=0.7,
        help="0 hears nothing, 1 stands still in silence (%(default)s)",
    )


def composition_of(arguments: argparse.Namespace) -> Composition:
    """Return the loop that the flags ask for. Raises `StudioError` children."""
    if len(arguments.seeds) < 2 and arguments.path != "circle":
        raise BadOption(option="--seeds", value=len(arguments.seeds), allowed="at least two seeds")
    points = tuple(Point.at(seed, arguments.diversity) for seed in arguments.seeds)
    seconds = arguments.seconds
    if arguments.bpm is not None:
        seconds = arguments.beats * len(points) * 60 / arguments.bpm
    ease: Ease = arguments.ease or ("even" if arguments.path == "spline" else "smooth")
    composition = replace(
        evenly(points, seconds, arguments.method, hold=arguments.hold, ease=ease),
        path=arguments.path,
        radius=arguments.radius,
        laps=arguments.laps,
        seed=arguments.circle_seed,
        bpm=arguments.bpm or 0.0,
    )
    if arguments.ping_pong:
        composition = there_and_back(composition)
    if arguments.audio is not None:
        listen = hear_beats if arguments.audio_hears == "beats" else hear
        sound = listen(arguments.audio, composition.seconds)
        drive = Drive(sound.levels, strength=arguments.audio_strength, name=sound.name)
        composition = replace(composition, drive=drive)
    return composition
