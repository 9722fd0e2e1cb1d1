"""Looking at this computer, as jobs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ganart.engine.asks import Poll
from ganart.workers.run import Job

if TYPE_CHECKING:  # it loads torch
    from ganart.engine.checkup import Checkup


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found."""

    checkup: "Checkup"


@dataclass(frozen=True, slots=True)
class Reported:
    """A report was written."""

    path: Path


def checkup_job(_poll: Poll) -> Iterator[object]:
    """Look at what this computer offers; yields one `Checked`."""
    from ganart.engine.checkup import look

    yield Checked(look())


def report_job(checked: Checked, target: Path) -> Job:
    """Write what was found and the logs into a ZIP file; yields one `Reported`."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.engine.checkup import write_report

        write_report(checked.checkup, target)
        yield Reported(target)

    return job
