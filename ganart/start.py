"""What must be set before torch or Qt are loaded, and the program's own options."""

import argparse
import os
import sys
from pathlib import Path

from ganart import runtime
from ganart.runtime import PackRefused

SELF_TEST = "--self-test"


def add_window_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the program takes where no command is named."""
    group = parser.add_argument_group("without a command")
    group.add_argument(
        "--new-window",
        action="store_true",
        help="open another window where one is open already",
    )
    group.add_argument(
        SELF_TEST,
        action="store_true",
        help="do a little of everything in a temporary folder and say whether all is well; only "
        "alone",
    )


def give_outputs() -> None:
    """Give what prints somewhere to print to: on Windows a frozen program has no console."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (as long as we)
            setattr(sys, name, nowhere)


def stand_somewhere() -> None:
    """Have a home and a working folder, which the libraries ask for and raise without one.

    Where they are missing it is the root, where an ordinary person cannot write: what is lost by
    that is told like any other folder that cannot be written to.
    """
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.sep
    try:
        Path.cwd()
    except OSError:
        os.chdir(os.sep)


def prepare_process() -> PackRefused | None:
    """Set what the libraries read once, when they are loaded; say why torch is not taken from the
    artist's pack, if there is one that does not work.
    """
    _let_go_of_our_libraries()
    # Waiting threads sleep instead of spinning: ten times faster on busy cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # Operations that Apple's GPU lacks are computed on the processor.
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    refused = runtime.activate()
    if sys.platform == "win32":
        # Loaded after Qt, torch's c10.dll fails to start (pytorch issue 166628).
        import torch  # noqa: F401
    return refused


def _let_go_of_our_libraries() -> None:
    """Let the system's programs that are started from a frozen one, such as a file manager, load
    the system's libraries: PyInstaller sets the variable for this process alone.
    """
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before := os.environ.pop("LD_LIBRARY_PATH_ORIG", ""):
            os.environ["LD_LIBRARY_PATH"] = before
