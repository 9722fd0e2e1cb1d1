"""The curves of a run: a CSV row per `Stats`, so that spreadsheets can read them. No torch."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganart.engine.gan.events import Stats
from ganart.files import as_studio_error, write_atomic

FILE_NAME = "curves.csv"
COLUMNS = tuple(each.name for each in fields(Stats))


class CurveLog:
    """Appends rows; every row is handed to the system at once, so a crash loses at most one."""

    def __init__(self, file: io.RawIOBase, folder: Path) -> None:
        self._file = file
        self._folder = folder

    def add(self, stats: Stats) -> None:
        """Append one row. Raises `DiskFull` or `FolderNotWritable`."""
        try:
            self._file.write(_as_line(astuple(stats)))
        except OSError as error:
            raise as_studio_error(error, self._folder) from error


@contextmanager
def curve_log(run_folder: Path, after_step: int = 0) -> Iterator[CurveLog]:
    """Open the curves of a run for appending behind `after_step`.

    Rows beyond it (trained after the checkpoint that is resumed from, and lost) are dropped first,
    so that the curve joins without a seam.
    """
    kept = [row for row in _rows(run_folder) if row[0] <= after_step]
    path = run_folder / FILE_NAME
    write_atomic(path, b"".join(map(_as_line, [COLUMNS, *kept])))
    # Unbuffered: on a full disk nothing may be left over that fails again when the file is closed.
    with path.open("ab", buffering=0) as file:
        yield CurveLog(file, run_folder)


def read_curves(run_folder: Path) -> dict[str, npt.NDArray[np.float64]]:
    """Return the columns of `Stats` by name, empty arrays where nothing was recorded yet."""
    table = np.array(list(_rows(run_folder)), dtype=np.float64).reshape(-1, len(COLUMNS))
    return {name: table[:, number].copy() for number, name in enumerate(COLUMNS)}


def _as_line(values: Iterable[object]) -> bytes:
    return (",".join(map(str, values)) + "\n").encode()


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
