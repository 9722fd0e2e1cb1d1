"""Whether there is an NVIDIA graphics card, and what its driver can do."""

import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_ASKED = "name,driver_version,memory.total,compute_cap"
_QUERY = ("nvidia-smi", f"--query-gpu={_ASKED}", "--format=csv,noheader,nounits")
_WAIT_S = 20.0
_LIBRARY = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_MAJOR, _MINOR = 75, 76
"""The driver's numbers for the attributes of a card that make up its compute capability."""


@dataclass(frozen=True, slots=True)
class Card:
    """The first NVIDIA card of this computer."""

    name: str
    memory_bytes: int
    capability: tuple[int, int]
    """What code the card understands; torch is built for some of these."""
    driver: str
    """Version, such as "580.65.06"; empty where only the driver's library could be asked."""
    cuda: tuple[int, int] | None = None
    """The newest CUDA that the driver runs, where it tells."""


def find_card(
    ask_program: "Callable[[], str]" = lambda: _ask_program(_QUERY),
    ask_library: "Callable[[], Card | None]" = lambda: _ask_library(_LIBRARY),
) -> Card | None:
    """Return the card; None where there is none, or its driver does not answer.

    NVIDIA's own program is asked first, since a broken driver can only make that one hang.
    """
    try:
        return read_answer(ask_program())
    except (OSError, ValueError, subprocess.SubprocessError):
        return ask_library()


def read_answer(answer: str) -> Card:
    """Return the first card of nvidia-smi's answer; raises `ValueError` if there is none in it."""
    line = next(iter(answer.splitlines()), "")
    name, driver, mebibytes, capability = (part.strip() for part in line.rsplit(",", 3))
    major, minor = capability.split(".")
    return Card(name, int(mebibytes) * 2**20, (int(major), int(minor)), driver)


def _ask_program(command: Sequence[str]) -> str:
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_WAIT_S,
        check=True,
        creationflags=_NO_WINDOW,
    ).stdout


def _ask_library(name: str) -> Card | None:
    """Ask the driver's library, which needs no other program."""
    try:
        cuda = ctypes.CDLL(name)
        return _first_card(cuda)
    except (OSError, AttributeError):
        return None


def _first_card(cuda: ctypes.CDLL) -> Card | None:
    number, version, major, minor = (ctypes.c_int() for _ in range(4))
    memory, text = ctypes.c_size_t(), ctypes.create_string_buffer(100)
    calls = (
        (cuda.cuInit, 0),
        (cuda.cuDriverGetVersion, ctypes.byref(version)),
        (cuda.cuDeviceGet, ctypes.byref(number), 0),
        (cuda.cuDeviceGetName, text, len(text), number),
        (cuda.cuDeviceTotalMem_v2, ctypes.byref(memory), number),
        (cuda.cuDeviceGetAttribute, ctypes.byref(major), _MAJOR, number),
        (cuda.cuDeviceGetAttribute, ctypes.byref(minor), _MINOR, number),
    )
    if any(call(*arguments) for call, *arguments in calls):  # each returns 0 where all is well
        return None
    return Card(
        name=text.value.decode(errors="replace"),
        memory_bytes=memory.value,
        capability=(major.value, minor.value),
        driver="",
        cuda=(version.value // 1000, version.value % 1000 // 10),
    )
