"""Why no window can be opened here, in sentences; asked only after Qt has given up."""

import os
import sys
from collections.abc import Mapping, Sequence

from ganart.errors import StudioError
from ganart.system_libraries import OFFSCREEN_LIBRARIES, WINDOW_LIBRARIES
from ganart.text import QT_TRANSLATE_NOOP

_DISPLAYS = ("WAYLAND_DISPLAY", "DISPLAY")
_PLATFORM = "QT_QPA_PLATFORM"


class NoWindow(StudioError):
    """Details: `reason`, a sentence or two."""

    happened = QT_TRANSLATE_NOOP("errors", "No window can be opened here. {reason}")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "There is a way without one: “ganart demo” trains on sample pictures, and “ganart --help” "
        "lists all commands.",
    )


def why_no_window(told: Sequence[str], environ: Mapping[str, str] = os.environ) -> NoWindow:
    """Return why Qt found no way to show a window; `told` is what it said itself."""
    its_own_words = NoWindow(reason=f"{' '.join(told).strip().rstrip('.')}.")
    if sys.platform != "linux":
        return its_own_words
    display = next((environ[name] for name in _DISPLAYS if environ.get(name)), "")
    platform = environ.get(_PLATFORM, "").partition(":")[0]
    if platform not in {"", "xcb", "wayland"}:
        return its_own_words
    if not display:
        return NoWindow(
            reason="There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start it in "
            "a desktop session."
        )
    if packages := lacking_packages():
        return NoWindow(reason=_install(packages))
    return NoWindow(reason=f"The display {display} does not answer.")


def without_libraries(error: ImportError) -> NoWindow | None:
    """Return what is to be installed where Qt itself did not load for want of a library of the
    system; None for any other fault.
    """
    if sys.platform != "linux" or "cannot open shared object file" not in str(error):
        return None
    packages = lacking_packages()
    return NoWindow(reason=_install(packages) if packages else f"{error}.")


def lacking_packages() -> list[str]:
    """Return the Debian packages of those libraries that this Linux lacks."""
    wanted = OFFSCREEN_LIBRARIES | WINDOW_LIBRARIES
    return sorted(package for library, package in wanted.items() if not _loads(library))


def _loads(library: str) -> bool:
    import ctypes  # not on the way to the first window

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(packages: Sequence[str]) -> str:
    return (
        "Libraries of the system are missing. On Debian and Ubuntu "
        f"“sudo apt install {' '.join(packages)}” brings them."
    )
