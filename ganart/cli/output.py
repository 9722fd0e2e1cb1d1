"""What a command prints: progress on standard error, the result on standard output."""

import json
import math
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from tqdm import tqdm

from ganart.engine.asks import Ask
from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

DONE = 0
FAILED = 1
STOPPED = 130
"""What shells report for a program that Ctrl-C ended."""


class NotPrinted(StudioError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The result cannot be printed ({reason}).")
    safe = QT_TRANSLATE_NOOP("errors", "What the command made is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Free some space where the output goes.")


class Output:
    """Standard output for results, standard error for everything on the way."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self._as_json = as_json
        self._quiet = quiet

    def say(self, text: str) -> None:
        """Tell something on the way."""
        if not self._quiet:
            tqdm.write(text, file=sys.stderr)

    def warn(self, text: str) -> None:
        """Tell of a trouble that does not end the command."""
        tqdm.write(text, file=sys.stderr)

    def result(self, text: str, values: Mapping[str, object]) -> None:
        """Print the result, as `text` or as one JSON object. Raises `NotPrinted`.

        A reader that has gone, such as `head`, has heard enough.
        """
        try:
            print(json.dumps(_as_json(values), allow_nan=False) if self._as_json else text)
            sys.stdout.flush()
        except OSError as error:
            _print_no_more()
            if not isinstance(error, BrokenPipeError):
                raise NotPrinted(reason=error.strerror) from error

    @contextmanager
    def bar(self, total: int, unit: str) -> Iterator["tqdm[NoReturn]"]:
        """Show a progress bar while the block runs; none where nobody could see it."""
        # Its monitor thread would outlive the bar.
        tqdm.monitor_interval = 0
        hidden = self._quiet or not sys.stderr.isatty()
        with tqdm(total=total, unit=unit, file=sys.stderr, disable=hidden, leave=False) as bar:
            yield bar


def _print_no_more() -> None:
    """Let what is still to be printed go nowhere, or Python would fail once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _as_json(value: object) -> object:
    """Return `value` with paths as text, and null for numbers that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)


@contextmanager
def stop_on_interrupt(*, insist: bool = True) -> Iterator[list[Ask]]:
    """Give a list that the first Ctrl-C fills with STOP; the second one ends the program at once,
    unless not to `insist`, as under torchrun, which passes on what it hears a second time.

    The block polls the list, so that everything made so far is kept.
    """
    asks: list[Ask] = []

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if asks and insist:
            raise KeyboardInterrupt
        asks.append(Ask.STOP)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield asks
    finally:
        signal.signal(signal.SIGINT, before)
