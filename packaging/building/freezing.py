"""Freezes the program: PyInstaller's folder, with torch's folder and pip's in it."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap import say

from building.packages import (
    BUILD_FOR_PROCESSOR,
    install_into,
    install_needs,
    install_torch,
    run_python,
)
from building.plan import ROOT, Plan

sys.path.insert(0, str(ROOT))

from ganart.engine.pack.pruning import prune
from ganart.updates.question import RELEASES, releases_document

INTERNAL = "_internal"
"""Where PyInstaller puts all but the program's own file."""
RUNTIME = "runtime"
"""As `ganart.runtime.SHIPPED`."""
PIP = "pip"
"""As `ganart.runtime.PIP_FOLDER`."""
_SOURCES_NOT_READ = ("fsspec", "jinja2", "mpmath", "networkx", "sympy")
"""Their modules are shipped compiled alone. torch reads its own sources while it runs."""


def freeze(plan: Plan) -> None:
    """Make `plan.program`: the window and what it imports."""
    install_needs(plan)
    say("Freezing the program (about a minute)")
    work = plan.work / "pyinstaller"
    places = ["--distpath", str(plan.program.parent), "--workpath", str(work)]
    spec = str(ROOT / "packaging" / "ganart.spec")
    told = [str(path) for path in told_resources(plan)]
    run_python(
        plan,
        ["-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", *places, spec, "--", *told],
    )


def told_resources(plan: Plan) -> list[Path]:
    """Write and return the resources that are not those of the sources but of this build."""
    if not plan.releases:
        return []
    path = plan.work / RELEASES
    path.write_bytes(releases_document(plan.releases))
    return [path]


def add_runtime(plan: Plan, options: Sequence[str] = BUILD_FOR_PROCESSOR) -> None:
    """Put torch beside the frozen program: pruned, without what is frozen already, compiled.

    `options` say which build of it.
    """
    folder = plan.program / RUNTIME
    install_torch(plan, folder, options)
    prune(folder)
    _drop_what_is_frozen(folder, plan.program)
    say("Compiling torch's modules")
    _compile(plan, folder)


def add_pip(plan: Plan) -> None:
    """Put pip beside the frozen program, which fetches and unpacks the pack for graphics cards."""
    folder = plan.program / PIP
    install_into(folder, plan, ["pip"], ())
    prune(folder)
    compile_all(plan, folder)


def _drop_what_is_frozen(folder: Path, program: Path) -> None:
    """Remove packages that are frozen too: two copies of one library in a process do not work."""
    frozen = {info.name for info in (program / INTERNAL).glob("*.dist-info")}
    for info in sorted(folder.glob("*.dist-info")):
        if info.name in frozen:
            shutil.rmtree(folder / info.name.partition("-")[0])
            shutil.rmtree(info)


def _compile(plan: Plan, folder: Path) -> None:
    """Compile torch's modules, and drop the sources that nobody reads."""
    for each in [folder / name for name in _SOURCES_NOT_READ]:
        compile_all(plan, each, "-b")
        for source in each.rglob("*.py"):
            source.unlink()
    compile_all(plan, folder)


def compile_all(plan: Plan, folder: Path, *options: str) -> None:
    """Compile all modules. The files name no dates: a package manager may set others."""
    compileall = ["-m", "compileall", "-q", "-j", "0", "--invalidation-mode=unchecked-hash"]
    run_python(plan, [*compileall, *options, "-s", str(plan.program), str(folder)])
