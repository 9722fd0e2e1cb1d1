"""Gets the packages: the program's into an environment, torch and pip into folders beside it."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from bootstrap import CONSTRAINTS, Trouble, run_or_stop, say, uv_environ

from building.plan import ROOT, Plan

_NOT_FROZEN = ("torch", "torchvision")
"""The studio imports no torchvision; torch lies beside the program."""


def make_environment(plan: Plan) -> None:
    """Make the environment to freeze: the program's packages but torch, and PyInstaller."""
    say("Making the environment to build from")
    run_or_stop([sys.executable, "-m", "venv", str(plan.work / "env")], os.environ)
    pip = [str(plan.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_stop([*pip, "--constraint", str(CONSTRAINTS), "uv"], os.environ)
    uv = [str(plan.python), "-m", "uv", "pip", "install", "--quiet", "--python", str(plan.python)]
    run_or_stop([*uv, "--constraint", str(CONSTRAINTS), *needs()], uv_environ(plan.environ()))


def needs() -> list[str]:
    """Return the requirements of the program and of its build, without torch's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["build"]
    return [need for need in wanted if need.split(">")[0].strip() not in _NOT_FROZEN]


def install_torch(plan: Plan, folder: Path) -> None:
    """Install torch for the processor, and what it needs, into `folder`.

    Raises `Trouble` where only a build for graphics cards can be had: it is ten times as large.
    """
    constraints, torch = _torch_choice(plan)
    uv = [str(plan.python), "-m", "uv", "pip", "install", "--quiet", "--python", str(plan.python)]
    backend = () if plan.torch_wheel else ("--torch-backend=cpu",)
    command = [*uv, "--target", str(folder), "--constraint", str(constraints), *backend, torch]
    say(f"Getting torch from {plan.torch_wheel or 'the index of PyTorch'}")
    if subprocess.run(command, env=uv_environ(plan.environ()), check=False).returncode:
        raise Trouble(
            "torch for the processor cannot be had from there. Name a file of it with "
            "--torch-wheel, such as torch-VERSION+cpu-….whl from PyTorch's own index."
        )
    if any(folder.glob("nvidia*")):
        raise Trouble(
            "This torch was built for graphics cards and is too large to be shipped. Name a file "
            "of the build for the processor with --torch-wheel."
        )


def install_pip(plan: Plan, folder: Path) -> None:
    """Install pip, which needs nothing else, into `folder`."""
    uv = [str(plan.python), "-m", "uv", "pip", "install", "--quiet", "--python", str(plan.python)]
    command = [*uv, "--target", str(folder), "--constraint", str(CONSTRAINTS), "pip"]
    run_or_stop(command, uv_environ(plan.environ()))


def _torch_choice(plan: Plan) -> tuple[Path, str]:
    """Return the constraints and the requirement; a wheel stands in for the pinned version."""
    if plan.torch_wheel is None:
        return CONSTRAINTS, "torch"
    pins = CONSTRAINTS.read_text("utf-8").splitlines(keepends=True)
    others = plan.work / "constraints-without-torch.txt"
    others.write_text("".join(pin for pin in pins if not pin.startswith("torch==")), "utf-8")
    return others, f"torch @ {plan.torch_wheel.as_uri()}"


def run_python(plan: Plan, arguments: Sequence[str]) -> None:
    """Run the environment's Python; raises `Trouble` if that fails."""
    run_or_stop([str(plan.python), *arguments], plan.environ())
