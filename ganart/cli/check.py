"""`ganart check`: what this computer offers."""

import argparse
import os
from pathlib import Path
from typing import Any

from ganart.cli.output import DONE, FAILED, Output
from ganart.engine.checkup import look, write_report
from ganart.engine.device import DeviceInfo
from ganart.errors import StudioError
from ganart.files import human_memory, human_size
from ganart.text import QT_TRANSLATE_NOOP


class ReportExists(StudioError):
    """Detail: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} is there already.")
    safe = QT_TRANSLATE_NOOP("errors", "It was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another name, or add --force to replace it.")


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        parents=[common],
        help="tell which device, versions and folders the studio uses",
        description="Tell which device, versions, memory and folders the studio uses. "
        "The exit code is 1 when a folder cannot be written to.",
    )
    parser.add_argument(
        "--report",
        type=_archive,
        metavar="FILE.zip",
        help="also write it and the logs into a file for whoever helps; no pictures, and ~ for "
        "the home folder",
    )
    parser.add_argument(
        "--force", action="store_true", help="let the report replace a file that is there"
    )
    parser.set_defaults(run=check)


def check(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    report: Path | None = arguments.report
    if report is not None and os.path.lexists(report) and not arguments.force:
        raise ReportExists(path=report)
    found = look()
    device = found.device
    lines = [
        f"GanArt Studio {found.ganart}, Python {found.python}, {found.system}",
        f"Device: {device.name} ({device.kind}), {device.reason}; {device.threads} threads",
        f"Memory: {_memory(device)}",
        *(f"{name}: {number or 'not installed'}" for name, number in found.versions.items()),
        f"torch lies in {found.torch_folder}",
        *(
            f"{place.purpose}: {place.path}, "
            f"{'writable' if place.is_writable else 'NOT WRITABLE'}, "
            f"{human_size(place.free_bytes)} free"
            for place in found.places
        ),
    ]
    if report is not None:
        write_report(found, report)
        lines.append(f"Report: {report}")
    output.result("\n".join(lines), found.to_json())
    return DONE if found.is_well() else FAILED


def _memory(device: DeviceInfo) -> str:
    if not device.memory_total:
        return "the system does not tell"
    return f"{human_memory(device.memory_free)} free of {human_memory(device.memory_total)}"


def _archive(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".zip":
        raise argparse.ArgumentTypeError(f"{text} does not end in .zip")
    return path
