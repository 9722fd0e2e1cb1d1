"""What is built, from what and into which folders."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Plan:
    """One build. Nothing outside `out` is written."""

    out: Path
    """What people are given goes here, and what is only needed on the way into `work` below it."""
    torch_wheel: Path | None
    """A file to take torch from instead of the version in constraints.txt from PyTorch's index."""
    version: str
    epoch_s: int
    """Date of the sources in seconds since 1970: the date of all files, whenever they are built."""
    releases: str | None = None
    """Address at which the program can ask for newer versions, if there is one."""

    @property
    def work(self) -> Path:
        """Folder of what is only needed on the way."""
        return self.out / "work"

    @property
    def program(self) -> Path:
        """Folder of the finished program, as it is installed."""
        return self.work / "program" / "ganart"

    @property
    def python(self) -> Path:
        """Python of the environment that the program is frozen from."""
        return self.work / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def environ(self) -> dict[str, str]:
        """Return the variables under which the same inputs give the same files."""
        return {
            **os.environ,
            "SOURCE_DATE_EPOCH": str(self.epoch_s),
            "PYTHONHASHSEED": "0",
            "TZ": "UTC",
        }


def make_plan(out: Path, torch_wheel: Path | None, releases: str | None = None) -> Plan:
    """Return the plan for this checkout."""
    wheel = torch_wheel.resolve() if torch_wheel else None
    return Plan(out.resolve(), wheel, program_version(), source_date(), releases)


def program_version() -> str:
    """Return the version that the program shows."""
    found = _VERSION.search((ROOT / "ganart" / "__init__.py").read_text("utf-8"))
    assert found is not None, "ganart/__init__.py names no version"
    return found[1]


def source_date() -> int:
    """Return the date of the sources: SOURCE_DATE_EPOCH, else that of the last commit."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
