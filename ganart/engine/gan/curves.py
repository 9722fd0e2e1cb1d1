"""The curves of a run: a CSV row per `Stats`, so that spreadsheets can read them. No torch."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.gan.events import Stats
from ganart.files import write_atomic

FILE_NAME = "curves.csv"
COLUMNS = tuple(each.name for each in fields(Stats))


class CurveLog:
    """Appends rows; every row is handed to the system at once, so a crash loses at most one."""

    def __init__(self, file: io.TextIOBase) -> None:
        self._writer = csv.writer(file)
        self._file = file

    def add(self, stats: Stats) -> None:
        """Append one row."""
        self._writer.writerow(astuple(stats))
        self._file.flush()


@contextmanager
def curve_log(run_folder: Path, after_step: int = 0) -> Iterator[CurveLog]:
    """Open the curves of a run for appending behind `after_step`.

    Rows beyond it (trained after the checkpoint that is resumed from, and lost) are dropped first,
    so that the curve joins without a seam.
    """
    kept = [row for row in _rows(run_folder) if row[0] <= after_step]
    lines = [",".join(COLUMNS), *(",".join(map(repr, row)) for row in kept)]
    path = run_folder / FILE_NAME
    write_atomic(path, ("\n".join(lines) + "\n").encode())
    with path.open("a", encoding="utf-8", newline="") as file:
        yield CurveLog(file)


def read_curves(run_folder: Path) -> dict[str, npt.NDArray[np.float64]]:
    """Return the columns of `Stats` by name, empty arrays where nothing was recorded yet."""
    table = np.array(list(_rows(run_folder)), dtype=np.float64).reshape(-1, len(COLUMNS))
    return {name: table[:, number].copy() for number, name in enumerate(COLUMNS)}


def _rows(run_folder: Path) -> Iterator[list[float]]:
    """Yield the whole rows; one that a crash cut short is passed over."""
    try:
        lines = (run_folder / FILE_NAME).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines[1:]:
        try:
            row = [float(value) for value in line.split(",")]
        except ValueError:
            continue
        if len(row) == len(COLUMNS):
            yield row
