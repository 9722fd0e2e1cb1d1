"""Gets the packages: the program's into an environment, torch and pip into folders beside it."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bootstrap import CONSTRAINTS, Trouble, run_or_stop, say, uv_environ

from building.plan import ROOT, Plan

_NOT_FROZEN = ("torch", "torchvision")
"""The studio imports no torchvision; torch lies beside the program."""
BUILD_FOR_PROCESSOR = ("--torch-backend=cpu",)
"""Takes torch from PyTorch's own index, in the build that is a tenth as large."""


def make_environment(plan: Plan) -> None:
    """Make the environment to build in, which can install packages."""
    say("Making the environment to build from")
    run_or_stop([sys.executable, "-m", "venv", str(plan.work / "env")], os.environ)
    pip = [str(plan.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_stop([*pip, "--constraint", str(CONSTRAINTS), "uv"], os.environ)


def install_needs(plan: Plan) -> None:
    """Install what is frozen: the program's packages but torch, and PyInstaller."""
    command = [*_uv(plan), "--constraint", str(CONSTRAINTS), *program_needs(), *build_needs()]
    run_or_stop(command, uv_environ(plan.environ()))


def program_needs() -> list[str]:
    """Return the requirements of the program, without torch's."""
    wanted: list[str] = _project()["dependencies"]
    return [need for need in wanted if need.split(">")[0].strip() not in _NOT_FROZEN]


def build_needs() -> list[str]:
    """Return the requirements of freezing."""
    needs: list[str] = _project()["optional-dependencies"]["build"]
    return needs


def install_into(folder: Path, plan: Plan, needs: Sequence[str], options: Sequence[str]) -> None:
    """Install packages into a folder."""
    place = ["--target", str(folder), "--link-mode=copy"]  # as for torch
    command = [*_uv(plan), *place, "--constraint", str(CONSTRAINTS)]
    run_or_stop([*command, *options, *needs], uv_environ(plan.environ()))


def install_torch(plan: Plan, folder: Path, options: Sequence[str]) -> None:
    """Install torch for the processor, and what it needs, into `folder`.

    `options` say which build of it, where no file is named. Raises `Trouble` where only a build
    for graphics cards can be had: it is ten times as large.
    """
    constraints, torch = _torch_choice(plan)
    # Copied, not linked to uv's own store: the files are changed here.
    place = ["--target", str(folder), "--link-mode=copy"]
    command = [*_uv(plan), *place, "--constraint", str(constraints)]
    command += [torch] if plan.torch_wheel else [*options, torch]
    say(f"Getting torch from {plan.torch_wheel or 'the index of packages'}")
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


def _uv(plan: Plan) -> list[str]:
    return [str(plan.python), "-m", "uv", "pip", "install", "--quiet", "--python", str(plan.python)]


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project
