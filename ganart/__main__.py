"""`python -m ganart`: a command of `ganart.cli`, or else the window."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import ganart
from ganart.no_window import without_libraries
from ganart.runtime import PIP, TRY, PackRefused, run_pip, try_out
from ganart.start import SELF_TEST, give_outputs, prepare_process, stand_somewhere

COMMANDS = {
    *("dataset", "train", "sample", "walk", "breed", "project", "export"),
    *("runs", "blend", "import", "timelapse"),
    *("paint", "stylize", "film", "brush"),
    *("check", "fetch-network", "pack", "updates", "demo", "lesson"),
    *("-h", "--help", "--version"),
}
"""First arguments that are for the command line, which takes seconds to load, not the window."""


def is_mistyped(word: str) -> bool:
    """Whether a first argument was meant as a command, for it is a word and no file; the command
    line then says which commands there are, where the window would open without a word.
    """
    return word.replace("-", "").isalpha() and word[0] != "-" and not os.path.lexists(word)


def main() -> int:
    """Run a command if one is named first, else open the window; return the exit code."""
    give_outputs()
    stand_somewhere()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"ganart {ganart.__version__}")  # noqa: T201  (at once: the command line loads slowly)
        return 0
    if len(arguments) == 2 and arguments[0] == TRY:
        try_out(Path(arguments[1]))
        return 0
    if arguments and arguments[0] == PIP:
        run_pip(arguments[1:])
    refused = prepare_process()
    if arguments and (arguments[0] in COMMANDS or is_mistyped(arguments[0])):
        from ganart.cli.main import main as run_command

        if refused is not None:
            print(refused, file=sys.stderr)  # noqa: T201  (a command goes on, on the processor)
        return run_command(arguments)
    try:
        return _show(arguments, refused)
    except ImportError as error:
        trouble = without_libraries(error)
        if trouble is None:
            raise
        sys.stderr.write(f"{trouble}\n")
        return 1


def _show(arguments: Sequence[str], refused: PackRefused | None) -> int:
    if arguments == [SELF_TEST]:
        from ganart.self_test import main as test_oneself

        return test_oneself(refused)
    from ganart.app import main as open_window

    return open_window(arguments, refused)


if __name__ == "__main__":
    sys.exit(main())
