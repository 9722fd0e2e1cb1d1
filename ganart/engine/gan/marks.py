"""The markers on a run's curves: one JSON object a line in `marks.jsonl`. Imports no torch."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ganart.engine.gan.events import CoachReport, Light, Mark, Marked
from ganart.files import as_studio_error, write_atomic

FILE_NAME = "marks.jsonl"
WAYS_BACK = 10
"""Changes that can be undone at any time; the checkpoints before older ones may be thinned out."""


def read_marks(run_folder: Path) -> list[Marked]:
    """Return the markers of a run, oldest first; lines that are not whole are passed over."""
    return list(_marks(run_folder))


def ways_back(run_folder: Path) -> set[int]:
    """Return the steps whose checkpoints lead back to before the last `WAYS_BACK` changes."""
    steps = [each.step for each in _marks(run_folder) if each.mark is Mark.CHANGED]
    return set(steps[-WAYS_BACK:])


def add_mark(run_folder: Path, mark: Marked) -> None:
    """Append a marker. Raises `DiskFull` or `FolderNotWritable`."""
    try:
        with (run_folder / FILE_NAME).open("ab", buffering=0) as file:
            file.write(_as_line(mark))
    except OSError as error:
        raise as_studio_error(error, run_folder) from error


def forget_marks(run_folder: Path, after_step: int) -> None:
    """Drop the markers of steps that are lost; errors as in `add_mark`."""
    _keep(run_folder, lambda mark: mark.step <= after_step)


def forget_departure(run_folder: Path, step: int) -> None:
    """Drop the markers of how a run went on, or of a change, right after the checkpoint of `step`,
    for another run that begins with it; errors as in `add_mark`.
    """
    later = {Mark.CHANGED, Mark.RESUMED}
    _keep(run_folder, lambda mark: mark.step != step or mark.mark not in later)


def troubles(before: CoachReport | None, report: CoachReport) -> Iterator[Marked]:
    """Yield a marker for every trouble that began between two reports."""
    known = {each.key for each in before.advice if each.light is Light.ALARM} if before else set()
    for each in report.advice:
        if each.light is Light.ALARM and each.key not in known:
            yield Marked(
                report.step,
                report.pictures,
                report.elapsed_s,
                Mark.TROUBLE,
                each.sentence,
                values=each.values,
            )


def _keep(run_folder: Path, wanted: Callable[[Marked], bool]) -> None:
    marks = read_marks(run_folder)
    kept = [*filter(wanted, marks)]
    if len(kept) < len(marks):
        write_atomic(run_folder / FILE_NAME, b"".join(map(_as_line, kept)))


def _as_line(mark: Marked) -> bytes:
    pairs = {"options": dict(mark.options), "values": dict(mark.values)}
    return (json.dumps(asdict(mark) | pairs | {"mark": mark.mark.value}) + "\n").encode()


def _marks(run_folder: Path) -> Iterator[Marked]:
    try:
        lines = (run_folder / FILE_NAME).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        # A line that a crash cut short, or that somebody else wrote, is no marker.
        with suppress(ValueError, LookupError, TypeError):
            yield _as_mark(json.loads(line))


def _as_mark(values: dict[str, Any]) -> Marked:
    return Marked(
        step=int(values["step"]),
        pictures=int(values["pictures"]),
        elapsed_s=float(values["elapsed_s"]),
        mark=Mark(values["mark"]),
        text=str(values["text"]),
        options=tuple((str(name), value) for name, value in dict(values["options"]).items()),
        values=tuple(
            (str(name), float(value)) for name, value in dict(values.get("values", {})).items()
        ),
    )
