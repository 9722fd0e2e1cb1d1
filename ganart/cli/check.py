"""`ganart check`: what this computer offers."""

import argparse
import platform
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import ganart
from ganart.cli.output import DONE, FAILED, Output
from ganart.engine.device import describe
from ganart.files import human_size
from ganart.settings import paths

PACKAGES = ("torch", "torchvision", "PySide6-Essentials", "pyqtgraph", "numpy", "pillow", "av")


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        parents=[common],
        help="tell which device, versions and folders the studio uses",
        description="Tell which device, versions, memory and folders the studio uses. "
        "The exit code is 1 when a folder cannot be written to.",
    )
    parser.set_defaults(run=check)


def check(_arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    device = describe()
    versions = {name: _version(name) for name in PACKAGES}
    folders = {str(folder): _is_writable(folder) for folder in _folders()}
    lines = [
        f"GanArt Studio {ganart.__version__}, Python {platform.python_version()}, "
        f"{platform.platform()}",
        f"Device: {device.name} ({device.kind}), {device.reason}; {device.threads} threads",
        f"Memory: {human_size(device.memory_free)} free of {human_size(device.memory_total)}",
        *(f"{name}: {found}" for name, found in versions.items()),
        *(
            f"{folder}: {'writable' if good else 'NOT WRITABLE'}"
            for folder, good in folders.items()
        ),
    ]
    output.result(
        "\n".join(lines),
        {
            "ganart": ganart.__version__,
            "python": platform.python_version(),
            "system": platform.platform(),
            "device": {
                "kind": device.kind,
                "name": device.name,
                "reason": device.reason,
                "threads": device.threads,
                "memory_free": device.memory_free,
                "memory_total": device.memory_total,
            },
            "versions": versions,
            "writable": folders,
        },
    )
    return DONE if all(folders.values()) else FAILED


def _folders() -> list[Path]:
    return [
        paths.settings_file().parent,
        paths.log_folder(),
        paths.projects_folder(),
        Path(tempfile.gettempdir()),
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _is_writable(folder: Path) -> bool:
    """Try it: permissions alone do not tell."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
