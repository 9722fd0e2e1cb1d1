"""Set the studio up on a fresh machine, then open it or run its tests.

    python3 packaging/bootstrap.py                 open the studio
    python3 packaging/bootstrap.py test [ARGS]     run the tests; ARGS go to pytest
    python3 packaging/bootstrap.py setup           only set up

The first start makes the environment `.venv` beside this folder and installs the versions named in
constraints.txt into it; later starts see by a stamp that nothing has changed. Needs Python 3.11 to
3.13 and nothing else: the standard library and plain data of the studio are used here.
"""

from __future__ import annotations  # lets an older Python come as far as the sentence about itself

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from ganart.system_libraries import OFFSCREEN_LIBRARIES, WINDOW_LIBRARIES  # noqa: E402

VENV = ROOT / ".venv"
STAMP = VENV / "ganart-stamp"
"""Written last, so its absence means that the environment was never finished."""
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
CONSTRAINTS = ROOT / "constraints.txt"
PYTHON_VERSIONS = ((3, 11), (3, 13))
"""The oldest and the newest Python that all packages have been tried with."""

PROOF = "import PySide6.QtWidgets, av, pyqtgraph, safetensors, torch, torchvision"
"""Imports whatever is large or picky; an environment in which this fails gets no stamp."""


class Trouble(Exception):
    """Set-up cannot go on; the text is one or two sentences for a person."""


class Source(NamedTuple):
    """Where packages are taken from, and uv's options that say so."""

    name: str
    options: tuple[str, ...]


def say(text: str) -> None:
    """Print a line about what is going on."""
    print(f"[ganart] {text}", flush=True)


def check_python(version: tuple[int, int]) -> None:
    """Raise `Trouble` unless this Python is one of those that the packages support."""
    oldest, newest = PYTHON_VERSIONS
    if not oldest <= version <= newest:
        raise Trouble(
            f"The studio needs Python {oldest[0]}.{oldest[1]} to {newest[0]}.{newest[1]}, and this "
            f"is {version[0]}.{version[1]}. Start this file with one of those, such as: "
            "python3.12 packaging/bootstrap.py"
        )


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown; Windows and macOS always have a display."""
    if platform in ("win32", "darwin"):
        return True
    if environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal", "vnc"):
        return False  # a window there would wait for ever for somebody to close it
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def loads(library: str) -> bool:
    """Tell whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(window: bool, loads: Callable[[str], bool] = loads) -> list[str]:
    """Return the Debian packages that this Linux lacks for Qt and for making `.venv`."""
    wanted = OFFSCREEN_LIBRARIES | (WINDOW_LIBRARIES if window else {})
    packages = [package for library, package in wanted.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return sorted(packages)


def install_system_packages(window: bool) -> None:
    """Install what a bare Linux lacks; raise `Trouble` where only the person can."""
    packages = missing_packages(window)
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Trouble(
            "Some system libraries are missing. Install your system's counterparts of these Debian "
            f"packages, then start again: {names}"
        )
    if os.geteuid() != 0:
        raise Trouble(
            "Some system libraries are missing. Run this line once, then start again:\n"
            f"    sudo apt-get install --yes {names}"
        )
    say(f"Installing system libraries with apt (about 30 MB): {names}")
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq"]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if subprocess.run([*apt, *command], env=environ, stdout=subprocess.DEVNULL).returncode:
            raise Trouble(f"apt could not install these packages; its lines above say why: {names}")


def fingerprint(constraints: str, pyproject: str, python: tuple[int, int]) -> str:
    """Return a digest of all that the environment depends on; tool settings do not count."""
    import tomllib  # missing in a Python older than those allowed

    project = tomllib.loads(pyproject)["project"]
    wanted = [project["dependencies"], project["optional-dependencies"]]
    inputs = [constraints, wanted, python, sys.platform]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def current_fingerprint() -> str:
    """Return the digest that the stamp has to hold now."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    constraints = CONSTRAINTS.read_text(encoding="utf-8")
    return fingerprint(constraints, pyproject, sys.version_info[:2])


def environment_version() -> tuple[int, int] | None:
    """Return the version of `.venv`'s Python, or None where it does not start."""
    try:
        probe = [str(PYTHON), "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"]
        answer = subprocess.run(probe, capture_output=True, text=True, check=True).stdout.split()
        return int(answer[0]), int(answer[1])
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return None


def is_ready() -> bool:
    """Tell whether `.venv` was finished from the present inputs and its Python still starts."""
    stamp = STAMP.read_text(encoding="ascii", errors="replace") if STAMP.is_file() else ""
    return stamp == current_fingerprint() and environment_version() == sys.version_info[:2]


def remove(path: Path) -> None:
    """Remove a folder, file or link, whichever `path` is, if it is there."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise Trouble(
            f"{path} cannot be removed ({error.strerror}). Close the studio if it is open, then "
            "start again."
        ) from error


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up at a time work on this checkout; a second one waits for the first to end."""
    with (ROOT / ".venv.lock").open("w") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # raised after ten seconds of waiting
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another set-up is at work here; waiting for it to end.")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Leave a `.venv` whose Python starts and has uv; an unfinished one is made anew."""
    if STAMP.exists() and environment_version() == sys.version_info[:2]:
        say("The list of packages has changed; bringing the environment up to date.")
        STAMP.unlink()
        return
    if VENV.exists() or VENV.is_symlink():
        say(f"The environment in {VENV} is not complete; making it anew.")
        remove(VENV)
    say(f"Making the environment {VENV}")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode:
        raise Trouble(f"Python could not make the environment {VENV}; its lines above say why.")


def uv_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for uv: what pip was told by variables is passed on to it."""
    pairs = {
        "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
        "PIP_EXTRA_INDEX_URL": "UV_INDEX",
        "PIP_CERT": "SSL_CERT_FILE",
    }
    told = {uvs: environ[pips] for pips, uvs in pairs.items() if environ.get(pips)}
    if places := environ.get("PIP_FIND_LINKS", "").split():
        told["UV_FIND_LINKS"] = ",".join(places)
    return {**told, **environ}


def sources(wheels: Path | None, backend: str) -> list[Source]:
    """Return where to take packages from, in the order in which to try.

    torch and torchvision have to come from one place: a mixed pair does not import. Raises
    `Trouble` for a folder of wheels that holds only one of the two.
    """
    if wheels is None:
        return [
            Source("PyTorch's own index for this computer", (f"--torch-backend={backend}",)),
            Source("the package registry", ()),
        ]
    present = [name for name in ("torch", "torchvision") if any(wheels.glob(f"{name}-*.whl"))]
    if len(present) == 1:
        raise Trouble(
            f"The folder {wheels} holds {present[0]} alone. Put torch and torchvision of the same "
            "source into it: a mixed pair does not work."
        )
    return [
        Source(f"the folder {wheels} alone", ("--no-index",)),
        Source(f"the folder {wheels} and the package registry", ()),
    ]


def install_packages(wheels: Path | None) -> None:
    """Install the tested versions from the first source that has them all, and try them out."""
    environ = uv_environ(os.environ)
    links = ["--find-links", str(wheels)] if wheels else []
    say("Getting the installer uv (about 20 MB)")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *links]
    run_or_stop([*pip, "--constraint", str(CONSTRAINTS), "uv"], environ)

    install = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), *links]
    wanted = ["--constraint", str(CONSTRAINTS), "--requirement", "pyproject.toml", "--extra", "dev"]
    choices = sources(wheels, os.environ.get("UV_TORCH_BACKEND", "auto"))
    for source in choices:
        say(f"Asking {source.name}")
        trial = [*install, *source.options, *wanted, "--dry-run"]
        plan = subprocess.run(
            trial, cwd=ROOT, env=environ, capture_output=True, text=True, encoding="utf-8"
        )
        if plan.returncode == 0:
            break
        say(f"That did not work{'' if source is choices[-1] else '; trying the next source'}.")
    else:
        raise Trouble(f"The packages cannot be had: {plan.stderr.strip()}")
    announce(plan.stderr, source)
    run_or_stop([*install, *source.options, *wanted, "--compile-bytecode"], environ)
    say("Trying out what was installed")
    run_or_stop([str(PYTHON), "-c", PROOF], {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def announce(plan: str, source: Source) -> None:
    """Say by uv's `plan` how much is about to be downloaded; raise `Trouble` if it cannot fit."""
    if "+ torch==" not in plan:
        return
    download_gb, disk_gb = (3.2, 6.4) if "+ nvidia-" in plan else (0.5, 1.6)
    say(
        f"Installing from {source.name}: up to {download_gb} GB to download, {disk_gb} GB on disk. "
        "This happens once and takes some minutes."
    )
    free_gb = shutil.disk_usage(ROOT).free / 1e9
    if free_gb < disk_gb:
        raise Trouble(
            f"Only {free_gb:.1f} GB are free where {ROOT} lies. Free some space, then start again."
        )


def run_or_stop(command: Sequence[str], environ: Mapping[str, str]) -> None:
    """Run a command in the project's folder; raise `Trouble` if it fails."""
    if subprocess.run(command, cwd=ROOT, env=environ).returncode:
        raise Trouble(
            "This step failed; the lines above say why. Nothing of yours was changed. Look to the "
            "network and the free space on the disk, then start again: what was downloaded is kept."
        )


def set_up(wheels: Path | None, window: bool) -> None:
    """Bring the machine to the point where the studio runs; quick where nothing is to be done."""
    check_python(sys.version_info[:2])
    if sys.platform == "linux":
        install_system_packages(window)
    if is_ready():
        return
    with alone():
        if is_ready():
            return
        make_environment()
        install_packages(wheels)
        STAMP.write_text(current_fingerprint(), encoding="ascii")
    say("Everything is set up.")


def job(command: str, arguments: Iterable[str], display: bool) -> tuple[list[str], dict[str, str]]:
    """Return what to run in `.venv` for a command, and the variables to set for it."""
    if command == "test":
        # Many tests wait; two at a time take little more than half as long.
        chosen = list(arguments) or ["-n", "2", "--dist", "loadfile"]
        return [str(PYTHON), "-m", "pytest", *chosen], {"QT_QPA_PLATFORM": "offscreen"}
    return [str(PYTHON), str(ROOT / "main.py"), *([] if display else ["demo"]), *arguments], {}


def become(command: list[str], environ: dict[str, str]) -> NoReturn:
    """Go on as another program, so that signals and the exit code are that program's own."""
    sys.stdout.flush()
    if sys.platform == "win32":
        # Windows would return to the shell at once; Ctrl-C reaches the child by the console.
        process = subprocess.Popen(command, env=environ)
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                sys.exit(process.wait())
    os.execve(command[0], command, environ)


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Set the studio up, then open or test it.")
    parser.add_argument(
        "--wheels",
        type=Path,
        metavar="DIR",
        help="a folder of wheel files to install from, such as for a computer without network",
    )
    parser.add_argument("command", nargs="?", choices=("open", "test", "setup"), default="open")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to what is started")
    return parser.parse_args(arguments)


def main() -> None:
    """Do what the command line says."""
    # A path that the terminal's encoding lacks must not end in an error of its own.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper at start
    options = parse()
    if options.wheels and not options.wheels.is_dir():
        sys.exit(f"[ganart] There is no folder {options.wheels}.")
    wheels = options.wheels.resolve() if options.wheels else None
    display = has_display(sys.platform, os.environ)
    try:
        set_up(wheels, window=display and options.command == "open")
    except Trouble as trouble:
        sys.exit(f"[ganart] {trouble}")
    except OSError as error:
        sys.exit(f"[ganart] The set-up cannot go on: {error}. Mend this, then start again.")
    except KeyboardInterrupt:
        sys.exit("[ganart] Stopped. Start again to go on; what was downloaded is kept.")
    if options.command == "setup":
        return
    if options.command == "open" and not display:
        say("There is no display here, so the studio does its main job without a window.")
    command, variables = job(options.command, options.arguments, display)
    if options.command == "test":
        os.chdir(ROOT)
    become(command, {**os.environ, **variables})


if __name__ == "__main__":
    main()
