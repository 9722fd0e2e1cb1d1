"""Which device computes, why, and how much memory it has; running out of it as a typed error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import torch

from ganart.engine.errors import BadOption, DeviceLost, OutOfMemory
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device as the window's chip shows it."""

    kind: str
    """"cpu", "cuda" or "mps", as torch names it."""
    name: str
    reason: str
    """Why this device was chosen, marked for translation in context "device"."""
    memory_total: int
    """Bytes; 0 where the system does not tell."""
    memory_free: int
    threads: int


def choose(wish: str = "auto") -> tuple[torch.device, str]:
    """Return the device to use and the reason; `wish` is "auto", "cpu", "cuda" or "mps".

    Raises `BadOption` when the wished device is not there.
    """
    if wish == "cpu":
        return torch.device("cpu"), QT_TRANSLATE_NOOP("device", "chosen in the options")
    found = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wish != "auto":
        if not found.get(wish, False):
            there = ", ".join(["auto", "cpu", *(kind for kind, usable in found.items() if usable)])
            raise BadOption(option="device", value=wish, allowed=there)
        return torch.device(wish), QT_TRANSLATE_NOOP("device", "chosen in the options")
    for kind, usable in found.items():
        if usable and _computes(kind):
            return torch.device(kind), QT_TRANSLATE_NOOP("device", "fastest device found")
    if any(found.values()):
        return torch.device("cpu"), QT_TRANSLATE_NOOP(
            "device", "this build of torch cannot compute on the graphics card found"
        )
    return torch.device("cpu"), QT_TRANSLATE_NOOP("device", "no usable graphics card was found")


@cache
def _computes(kind: str) -> bool:
    """Try it: newer builds of torch find old cards but have no code for them."""
    try:
        return bool((torch.ones(4, device=kind) * 2).sum() == 8)
    except RuntimeError:
        return False


def describe(wish: str = "auto") -> DeviceInfo:
    """Tell about the device that `choose(wish)` takes."""
    device, reason = choose(wish)
    if device.type == "cuda":
        free, total = torch.cuda.mem_get_info(device)
        name = torch.cuda.get_device_name(device)
    else:
        free, total = _system_memory()
        name = "Apple GPU" if device.type == "mps" else _processor_name()
    return DeviceInfo(
        kind=device.type,
        name=name,
        reason=reason,
        memory_total=total,
        memory_free=free,
        threads=default_threads(),
    )


def warm_up() -> None:
    """Do one optimizer step on nothing: the first of a process loads seconds' worth of torch."""
    weight = torch.nn.Parameter(torch.zeros(1))
    weight.grad = torch.zeros(1)
    torch.optim.Adam([weight], fused=True).step()


def default_threads() -> int:
    """Return how many threads to compute with: every core, but one less where there are many.

    The core left over keeps the window and the rest of the computer lively. With up to four cores
    that would cost too much of the speed; see docs/benchmarks.md for the stalls measured.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores if cores <= 4 else cores - 1


@contextmanager
def memory_guard(device: torch.device) -> Iterator[None]:
    """Turn torch's errors of these kinds inside the block into `OutOfMemory` and `DeviceLost`."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(device=device.type) from error
    except RuntimeError as error:
        # The CPU, MPS and the CUDA driver raise plain RuntimeErrors, told apart only by their text.
        if is_out_of_memory(error):
            raise OutOfMemory(device=device.type) from error
        if device.type != "cpu" and is_lost(error):
            raise DeviceLost(device=device.type) from error
        raise


def is_lost(error: RuntimeError) -> bool:
    """Tell whether torch says that the graphics card, or its driver, answers no more."""
    signs = ("CUDA error", "HIP error", "cudaError", "device-side assert", "Caused GPU")
    return any(sign in str(error) for sign in signs)


def is_out_of_memory(error: RuntimeError) -> bool:
    """Tell whether torch says, in one of its ways, that there is too little memory."""
    signs = ("out of memory", "can't allocate memory", "not enough memory")
    return isinstance(error, torch.OutOfMemoryError) or any(sign in str(error) for sign in signs)


def peak_memory(device: torch.device) -> int:
    """Return the bytes held at the peak, of the card or of this process; 0 where unknown."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _system_memory() -> tuple[int, int]:
    """Return (free, total) bytes of main memory; zeros where the system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    pages = []
    for name in ("SC_AVPHYS_PAGES", "SC_PHYS_PAGES"):
        try:
            pages.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf(name))
        except (AttributeError, ValueError, OSError):
            pages.append(0)
    return pages[0], pages[1]


def _windows_memory() -> tuple[int, int]:
    import ctypes

    counts = ("total", "free", "total_paged", "free_paged", "total_virtual", "free_virtual", "more")

    class Status(ctypes.Structure):
        """Windows' MEMORYSTATUSEX."""

        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in counts),
        )

    status = Status(length=ctypes.sizeof(Status))
    # mypy reads this for Linux, whose ctypes has no windll.
    tells = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return (status.free, status.total) if tells else (0, 0)


def _processor_name() -> str:
    """Return the processor's name where Linux tells it, else "Processor"."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
            for line in lines:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return "Processor"
