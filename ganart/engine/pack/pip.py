"""Runs pip, which knows the person's proxies, certificates and mirrors, in a process of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ganart import runtime
from ganart.engine.asks import Ask, Poll

_LOOK_S = 0.3
_END_S = 10.0
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_MARKS = ("ERROR:", "×")
"""How pip begins the line that tells an error, the older way and the newer."""
_UNEXPECTED = "Exception:"
"""What follows is Python's traceback, whose last line says what it is."""
_QUIET = ("--no-input", "--disable-pip-version-check", "--no-cache-dir", "--quiet")


class Stopped(Exception):
    """Asked to stop; the process has ended."""


class PipFailed(Exception):
    """What pip said went wrong."""


def run_pip(arguments: Sequence[str], temporary: Path, poll: Poll) -> Generator[None]:
    """Run pip with its temporary files in a folder, and yield while it works.

    It rests while the generator is not asked to go on, where the system can do that. Raises
    `Stopped`, and `PipFailed` with what it said of the error.
    """
    command = [*runtime.pip_command(), *arguments, *_QUIET]
    # An index that lets go in the middle of a large file is asked again for the rest of it, for a
    # good minute if it has to be.
    environ = {
        **os.environ,
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "PIP_RESUME_RETRIES": "10",
        "PIP_RETRIES": "5",
        "PYTHONUTF8": "1",
    }
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, env=environ, creationflags=_NO_WINDOW
        )
        try:
            yield from _wait(process, poll)
        finally:
            _end(process)
        if process.returncode:
            said.seek(0)
            raise PipFailed(_told(said.read().decode("utf-8", errors="replace")))


def _wait(process: "subprocess.Popen[bytes]", poll: Poll) -> Iterator[None]:
    while True:
        if poll() is Ask.STOP:
            raise Stopped
        try:
            process.wait(_LOOK_S)
        except subprocess.TimeoutExpired:
            with _resting(process):
                yield
        else:
            return


@contextmanager
def _resting(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _told(text: str) -> str:
    """Return the line that says what went wrong; advice for users of pip comes after it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for mark in _MARKS:
        marked = [line.removeprefix(mark).strip() for line in lines if line.startswith(mark)]
        if marked and marked[-1] != _UNEXPECTED:
            return marked[-1].rstrip(".")
    return (lines or ["it said nothing"])[-1].rstrip(".")
