"""Make what people install, on the system that it is for.

    python3 packaging/build.py deb          a package for Debian, Ubuntu and what descends from them
    python3 packaging/build.py program      only the folder with the frozen program

All of it comes into the folder `dist`. Needs Python 3.11 to 3.13 and, for the .deb, dpkg and
binutils; everything else is fetched in the versions that constraints.txt names. The same commit
gives the same files.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bootstrap import ROOT, Trouble, check_python, say
from building.bill import write_bill
from building.debian import build_deb
from building.freezing import add_pip, add_runtime, freeze
from building.packages import make_environment
from building.plan import Plan, make_plan
from building.sizes import report
from building.stripping import strip

_BINUTILS = ("objdump", "strip") if sys.platform == "linux" else ()
_TOOLS = {"program": _BINUTILS, "deb": (*_BINUTILS, "dpkg", "dpkg-deb")}
"""What is made, and what has to be on the computer for it."""


def build(artifact: str, plan: Plan) -> Path:
    """Make one artifact; return where it lies. Raises `Trouble`."""
    check_python(sys.version_info[:2])
    if missing := [
        tool for tool in _TOOLS[artifact] if sys.platform == "linux" and not shutil.which(tool)
    ]:
        raise Trouble(
            f"These tools are missing: {', '.join(missing)}. They are in dpkg and binutils."
        )
    shutil.rmtree(plan.work, ignore_errors=True)
    plan.work.mkdir(parents=True)
    make_environment(plan)
    freeze(plan)
    add_runtime(plan)
    add_pip(plan)
    if sys.platform == "linux":
        strip(plan.program)
    write_bill(plan, plan.work / "bill.json", plan.work / "licences.tsv")
    sizes = report(plan.program)
    (plan.out / "sizes.tsv").write_text(sizes, "utf-8")
    print(sizes, flush=True)
    try_out(plan)
    return build_deb(plan) if artifact == "deb" else plan.program


def try_out(plan: Plan) -> None:
    """Let the frozen program test itself, with a home of its own. Raises `Trouble`."""
    say("Trying out the frozen program")
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [str(plan.program / "ganart"), "--self-test"]
        if subprocess.run(command, env=environ, check=False).returncode:
            raise Trouble("The frozen program does not work; its lines above say why.")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make what people install.")
    parser.add_argument("artifact", choices=sorted(_TOOLS))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="(%(default)s)")
    parser.add_argument(
        "--torch-wheel",
        type=Path,
        metavar="FILE",
        help="take torch, built for the processor, from this file; else from PyTorch's own index",
    )
    return parser.parse_args()


def main() -> None:
    """Do what the command line says."""
    options = parse()
    begun = time.monotonic()
    try:
        target = build(options.artifact, make_plan(options.out, options.torch_wheel))
    except Trouble as trouble:
        sys.exit(f"[ganart] {trouble}")
    size = f", {target.stat().st_size / 1e6:.0f} MB" if target.is_file() else ""
    say(f"Made {target}{size}, in {(time.monotonic() - begun) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
