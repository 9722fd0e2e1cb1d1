"""`python -m ganart`: a command of `ganart.cli`, or else the window."""

import os
import sys
from pathlib import Path

from ganart.runtime import PIP, TRY, run_pip, try_out
from ganart.start import give_outputs, prepare_process

COMMANDS = {
    *("dataset", "train", "sample", "walk", "breed", "project", "export"),
    *("runs", "blend", "import", "timelapse"),
    *("paint", "stylize", "film", "brush"),
    *("check", "fetch-network", "pack", "updates", "demo", "lesson"),
    *("-h", "--help", "--version"),
}
"""First arguments that are for the command line, which takes seconds to load, not the window."""
SELF_TEST = "--self-test"


def is_mistyped(word: str) -> bool:
    """Whether a first argument was meant as a command, for it is a word and no file; the command
    line then says which commands there are, where the window would open without a word.
    """
    return word.replace("-", "").isalpha() and word[0] != "-" and not os.path.lexists(word)


def main() -> int:
    """Run a command if one is named first, else open the window; return the exit code."""
    give_outputs()
    arguments = sys.argv[1:]
    if len(arguments) == 2 and arguments[0] == TRY:
        try_out(Path(arguments[1]))
        return 0
    if arguments and arguments[0] == PIP:
        run_pip(arguments[1:])
    refused = prepare_process()
    if arguments == [SELF_TEST]:
        from ganart.self_test import main as test_oneself

        return test_oneself(refused)
    if arguments and (arguments[0] in COMMANDS or is_mistyped(arguments[0])):
        from ganart.cli.main import main as run_command

        if refused is not None:
            print(refused, file=sys.stderr)  # noqa: T201  (a command goes on, on the processor)
        return run_command(arguments)
    from ganart.app import main as open_window

    return open_window(arguments, refused)


if __name__ == "__main__":
    sys.exit(main())
