"""Reads the command line, runs one command, turns troubles into sentences and exit codes."""

import argparse
import io
import sys
from collections.abc import Sequence

import ganart
from ganart.cli import (
    breed,
    brush,
    check,
    dataset,
    demo,
    export,
    fetch,
    film,
    lesson,
    lineage,
    pack,
    paint,
    project,
    sample,
    stylize,
    train,
    updates,
    walk,
)
from ganart.cli.output import FAILED, STOPPED, Output
from ganart.errors import StudioError
from ganart.start import SELF_TEST, add_window_options


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="ganart",
        usage="ganart [--new-window] [PATH ...]\n"
        f"       ganart {SELF_TEST} | --version | --help\n"
        "       ganart COMMAND [--help] ...",
        description=f"{ganart.__doc__} Without a command the window opens, with the project or the "
        "pictures at PATH if one is named.",
    )
    parser.add_argument("--version", action="version", version=f"ganart {ganart.__version__}")
    add_window_options(parser)
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", prog="ganart"
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as JSON")
    common.add_argument("--quiet", action="store_true", help="show no progress")
    for add in (
        dataset.add,
        train.add,
        sample.add,
        walk.add,
        breed.add,
        project.add,
        lineage.add,
        export.add,
        paint.add,
        stylize.add,
        film.add,
        brush.add,
        check.add,
        fetch.add,
        pack.add,
        updates.add,
        demo.add,
        lesson.add,
    ):
        add(commands, common)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 done, 1 it failed (the reason is on standard error), 2 wrong usage, 130 stopped by Ctrl-C
    (what was made is kept).
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A path that the terminal's encoding lacks must not end in an error of its own.
            stream.reconfigure(errors="backslashreplace")
    options = build_parser().parse_args(arguments)
    output = Output(as_json=options.json, quiet=options.quiet)
    try:
        code: int = options.run(options, output)
    except StudioError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    return code
