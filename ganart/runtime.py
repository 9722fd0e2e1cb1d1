"""Finds torch for the installed program, which is frozen without it.

It lies in a folder of packages: in the artist's own pack for a graphics card, or else in the one
that was installed. A pack is tried out once by a process of its own, since one that crashes or
hangs must not take the window with it; what came of it is noted beside the pack.
"""

import hashlib
import json
import subprocess
import sys
from contextlib import suppress
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import ganart
from ganart.errors import StudioError
from ganart.files import write_atomic
from ganart.settings.paths import data_folder, program_folder
from ganart.text import QT_TRANSLATE_NOOP

TRY = "--try-torch"
"""First argument of the process that tries a folder out; the folder follows."""
SHIPPED = "runtime"
PACK = "gpu-pack"
PROOF = "proof.json"
_LIBRARIES = ("torch/version.py", "torch/lib/*", "nvidia/*/lib/*")
_TRIAL_S = 180.0


class PackRefused(StudioError):
    """Details: `folder`, `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The pack for your graphics card cannot be used: {reason}."
    )
    safe = QT_TRANSLATE_NOOP(
        "errors", "The studio works with what was installed, on the processor."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Install the pack again, or delete the folder {folder}.")


def pack_folder() -> Path:
    """Return where the artist's pack lies if there is one."""
    return data_folder() / PACK


def activate() -> PackRefused | None:
    """Let `import torch` find torch, where the program is frozen; say why a pack is passed over.

    The folder comes last on the path: what the program itself brings, numpy above all, is never
    taken from it.
    """
    program = program_folder()
    if program is None:
        return None
    folder, refused = choose(pack_folder(), program / SHIPPED)
    sys.path.append(str(folder))
    return refused


def choose(pack: Path, shipped: Path) -> tuple[Path, PackRefused | None]:
    """Return the folder to take torch from, and why it is not the pack if there is one."""
    if not pack.is_dir():
        return shipped, None
    reason = why_not(pack)
    if reason:
        return shipped, PackRefused(folder=pack, reason=reason)
    return pack, None


def why_not(pack: Path) -> str:
    """Return why a pack cannot be used, as a part of a sentence; empty if it can."""
    torch = pack / "torch"
    if not all((torch / name).is_file() for name in ("__init__.py", "version.py")):
        return "it is not complete"
    if not any((torch / f"_C{suffix}").is_file() for suffix in EXTENSION_SUFFIXES):
        return "it was made for another version of the studio"
    stamp = _stamp(pack)
    with suppress(OSError, ValueError, KeyError, TypeError):
        proof = json.loads((pack / PROOF).read_text("utf-8"))
        if proof["stamp"] == stamp:
            return str(proof["reason"])
    reason = _trial(pack)
    with suppress(OSError):  # it is tried again the next time
        write_atomic(pack / PROOF, json.dumps({"stamp": stamp, "reason": reason}).encode())
    return reason


def try_out(folder: Path) -> None:
    """Load torch from `folder` and compute with what it finds; else end this process, which is
    there for it alone, with the reason on standard error.
    """
    sys.path.append(str(folder))
    try:
        import torch

        device = "cuda" if torch.cuda.is_available() else "cpu"
        layer = torch.nn.Conv2d(3, 4, 3).to(device)
        layer(torch.ones(1, 3, 8, 8, device=device)).sum().backward()
    except Exception as error:  # damaged files and drivers raise nearly anything
        sys.exit(str(error) or type(error).__name__)


def _stamp(pack: Path) -> str:
    """Return a digest of what a trial depends on: the versions, and all libraries as they lie."""
    facts: list[object] = [ganart.__version__, sys.version]
    for pattern in _LIBRARIES:
        for path in sorted(pack.glob(pattern)):
            status = path.stat()
            facts.append([path.name, status.st_size, status.st_mtime_ns])
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _trial(pack: Path) -> str:
    """Try a pack out in a process of its own; return the reason if it fails."""
    command = [sys.executable, TRY, str(pack)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TRIAL_S, check=False)
    except subprocess.TimeoutExpired:
        return "it does not answer"
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return ""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else f"it crashed (code {done.returncode})"
