"""Finds torch for the installed program, which is frozen without it.

It lies in a folder of packages: in the artist's own pack for a graphics card, or else in the one
that was installed. A pack is tried out once by a process of its own, since one that crashes or
hangs must not take the window with it; what came of it is noted beside the pack.

Packs lie side by side, each with a name of its own, and a file names the one to use: so another
one can be installed, or all be given up, while a program still runs from the one before.
"""

import hashlib
import json
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import NoReturn

import ganart
from ganart.errors import StudioError
from ganart.files import write_atomic
from ganart.settings.paths import data_folder, program_folder
from ganart.text import QT_TRANSLATE_NOOP

TRY = "--try-torch"
"""First argument of the process that tries a folder out; the folder follows."""
SHIPPED = "runtime"
PIP = "--pip"
"""First argument of the process that runs pip; what follows is pip's."""
PIP_FOLDER = "pip"
PACKS = "gpu-packs"
CURRENT = "current"
"""The file that names the pack to use."""
IN_USE = "in-use"
"""The file of a pack that those who run from it have locked."""
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


_for_good = ExitStack()
"""What lasts as long as the process."""


def packs_folder() -> Path:
    """Return the folder of all packs."""
    return data_folder() / PACKS


def pack_folder() -> Path | None:
    """Return where the artist's pack lies, None without one."""
    try:
        name = (packs_folder() / CURRENT).read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    return packs_folder() / name if name.isalnum() else None


def use_pack(folder: Path | None) -> None:
    """Have torch be taken from this one of the packs from the next start on; None gives them up."""
    if folder is None:
        (packs_folder() / CURRENT).unlink(missing_ok=True)
    else:
        write_atomic(packs_folder() / CURRENT, folder.name.encode())


def sweep_packs() -> None:
    """Delete packs that are neither to be used nor in use."""
    current = pack_folder()
    for folder in packs_folder().glob("*"):
        if folder.is_dir() and folder != current and not _is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def activate() -> PackRefused | None:
    """Let `import torch` find torch, where the program is frozen; say why a pack is passed over.

    The folder comes last on the path: what the program itself brings, numpy above all, is never
    taken from it.
    """
    if program_folder() is None:
        return None
    shipped = shipped_folder(SHIPPED)
    folder, refused = choose(pack_folder(), shipped)
    if folder != shipped:
        _for_good.enter_context(in_use(folder))
    sys.path.append(str(folder))
    return refused


def shipped_folder(name: str) -> Path:
    """Return a folder that came with the installed program: beside it, in macOS's bundle among the
    resources.
    """
    program = program_folder()
    assert program is not None, "the program is not an installed one"
    in_bundle = program.name == "MacOS" and program.parent.name == "Contents"
    return (program.parent / "Resources" if in_bundle else program) / name


def choose(pack: Path | None, shipped: Path) -> tuple[Path, PackRefused | None]:
    """Return the folder to take torch from, and why it is not the pack if there is one."""
    if pack is None or not pack.is_dir():
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
    reason = trial(pack).reason
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
    sys.stdout.write(device)


def run_pip(arguments: list[str]) -> NoReturn:
    """Be pip, which lies beside the frozen program as a plain folder; ends the process."""
    if program_folder() is not None:
        sys.path.append(str(shipped_folder(PIP_FOLDER)))
    sys.argv = ["pip", *arguments]
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
    sys.exit()


def pip_command() -> list[str]:
    """Return what runs pip."""
    return [sys.executable, *(["-m", "pip"] if program_folder() is None else [PIP])]


@contextmanager
def in_use(pack: Path) -> Iterator[None]:
    """Keep others from sweeping a pack away meanwhile.

    Windows does not let files that are loaded be deleted anyway.
    """
    with ExitStack() as stack:
        with suppress(OSError, ImportError):
            import fcntl

            lock = stack.enter_context((pack / IN_USE).open("ab"))
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


def _is_in_use(pack: Path) -> bool:
    try:
        import fcntl

        with (pack / IN_USE).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return _is_loaded(pack)
    except OSError:
        return True
    return False


def _is_loaded(pack: Path) -> bool:
    """Tell on Windows whether files of a pack are loaded: then it cannot be renamed."""
    elsewhere = pack.with_name(f"{pack.name}-unused")
    try:
        pack.rename(elsewhere)
        elsewhere.rename(pack)
    except OSError:
        return True
    return False


def _stamp(pack: Path) -> str:
    """Return a digest of what a trial depends on: the versions, and all libraries as they lie."""
    facts: list[object] = [ganart.__version__, sys.version]
    for pattern in _LIBRARIES:
        for path in sorted(pack.glob(pattern)):
            status = path.stat()
            facts.append([path.name, status.st_size, status.st_mtime_ns])
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying torch out."""

    reason: str
    """Why it failed, as a part of a sentence; empty if it did not."""
    device: str = ""
    """What it computed with: "cuda" or "cpu"."""


def trial(pack: Path) -> Trial:
    """Try a pack out in a process of its own."""
    program = [] if program_folder() else ["-m", "ganart"]
    command = [sys.executable, *program, TRY, str(pack)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TRIAL_S, check=False)
    except subprocess.TimeoutExpired:
        return Trial("it does not answer")
    except OSError as error:
        return Trial(str(error))
    if done.returncode == 0:
        return Trial("", done.stdout.decode(errors="replace").strip())
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return Trial(lines[-1].rstrip(".") if lines else f"it crashed (code {done.returncode})")
