"""Make what people install.

    python3 packaging/build.py deb          a package for Debian, Ubuntu and what descends from them
    python3 packaging/build.py windows      an installer for Windows, made on Linux
    python3 packaging/build.py macos        a disk image for macOS, made on a Mac
    python3 packaging/build.py program      only the folder with the program frozen for this system

All of it comes into the folder `dist`. Needs Python 3.11 to 3.13 and the tools that it names where
they are missing; everything else is fetched in the versions that constraints.txt names. The same
commit gives the same files.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bootstrap import ROOT, Trouble, check_python, say
from building import embedding, pe, windows
from building.appimage import build_appimage, check_needs
from building.bill import write_bill
from building.debian import build_deb
from building.freezing import add_pip, add_runtime, freeze
from building.macos import build_image
from building.packages import BUILD_FOR_PROCESSOR, make_environment
from building.plan import Plan, make_plan
from building.sizes import report
from building.stripping import strip

from ganart.updates.question import is_askable

_BINUTILS = {"objdump": "binutils", "strip": "binutils"} if sys.platform == "linux" else {}
_MINGW = "gcc-mingw-w64-x86-64-win32"
TOOLS = {
    "program": _BINUTILS,
    "deb": {**_BINUTILS, "dpkg": "dpkg", "dpkg-deb": "dpkg"},
    "appimage": {**_BINUTILS, "mksquashfs": "squashfs-tools"},
    "windows": {
        "makensis": "nsis",
        embedding.COMPILER: _MINGW,
        embedding.RESOURCES: "binutils-mingw-w64-x86-64",
        pe.OBJDUMP: "binutils-mingw-w64-x86-64",
    },
    "macos": {"codesign": "Xcode", "hdiutil": "macOS", "xcrun": "Xcode"},
}
"""What is made, and what has to be on the computer for it: programs, and what brings each."""


def build(artifact: str, plan: Plan, appimage_runtime: Path | None = None) -> Path:
    """Make one artifact; return where it lies. Raises `Trouble`."""
    check_python(sys.version_info[:2])
    check_tools(artifact)
    if appimage_runtime is not None:
        check_needs(appimage_runtime)
    shutil.rmtree(plan.work, ignore_errors=True)
    plan.work.mkdir(parents=True)
    make_environment(plan)
    if artifact == "windows":
        windows.make_program(plan)
        tell(plan, embedding.embeddable().version)
        return windows.build_installer(plan)
    freeze_all(plan)
    if artifact == "deb":
        return build_deb(plan)
    if appimage_runtime is not None:
        return build_appimage(plan, appimage_runtime)
    return build_image(plan) if artifact == "macos" else plan.program


def check_tools(artifact: str) -> None:
    """Raise `Trouble` where a program that is needed is not there."""
    missing = {tool: origin for tool, origin in TOOLS[artifact].items() if not shutil.which(tool)}
    if missing:
        origins = ", ".join(sorted(set(missing.values())))
        raise Trouble(f"These tools are missing: {', '.join(missing)}. They come with: {origins}.")


def freeze_all(plan: Plan) -> None:
    """Make the program for this system, and try it out."""
    freeze(plan)
    # The registry's build of torch for macOS is for the processor and Apple's graphics alike.
    add_runtime(plan, () if sys.platform == "darwin" else BUILD_FOR_PROCESSOR)
    add_pip(plan)
    if sys.platform == "linux":
        strip(plan.program)
    tell(plan)
    try_out(plan)


def tell(plan: Plan, python: str = "") -> None:
    """Write what the program consists of and how large it is."""
    write_bill(plan, python)
    sizes = report(plan.program)
    (plan.out / "sizes.tsv").write_text(sizes, "utf-8")
    print(sizes, flush=True)


def try_out(plan: Plan) -> None:
    """Let the frozen program test itself, with a home of its own. Raises `Trouble`."""
    say("Trying out the frozen program")
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [str(plan.program / "ganart"), "--self-test"]
        if subprocess.run(command, env=environ, check=False).returncode:
            raise Trouble("The frozen program does not work; its lines above say why.")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make what people install.")
    parser.add_argument("artifact", choices=sorted(TOOLS))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="(%(default)s)")
    parser.add_argument(
        "--torch-wheel",
        type=Path,
        metavar="FILE",
        help="take torch, built for the processor, from this file; else from PyTorch's own index "
        "(Windows and macOS: from the package registry)",
    )
    parser.add_argument(
        "--appimage-runtime",
        type=Path,
        metavar="FILE",
        help="the AppImage project's runtime of type 2, with which the file begins",
    )
    parser.add_argument(
        "--releases",
        type=_askable,
        metavar="URL",
        help="where the program can ask for newer versions, if a person has it ask: an https "
        "address that answers as GitHub's .../repos/OWNER/NAME/releases/latest does; without it "
        "the program asks nobody",
    )
    options = parser.parse_args(arguments)
    if (options.artifact == "appimage") != (options.appimage_runtime is not None):
        parser.error("an AppImage needs --appimage-runtime, and nothing else does")
    return options


def _askable(url: str) -> str:
    if not is_askable(url):
        raise argparse.ArgumentTypeError(f"{url} is no https address")
    return url


def main() -> None:
    """Do what the command line says."""
    options = parse()
    begun = time.monotonic()
    try:
        plan = make_plan(options.out, options.torch_wheel, options.releases)
        target = build(options.artifact, plan, options.appimage_runtime)
    except Trouble as trouble:
        sys.exit(f"[ganart] {trouble}")
    size = f", {target.stat().st_size / 1e6:.0f} MB" if target.is_file() else ""
    say(f"Made {target}{size}, in {(time.monotonic() - begun) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
