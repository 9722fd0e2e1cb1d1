"""The curves of a run: a CSV row a record, so that spreadsheets can read them. No torch.

The records are `Stats` unless another kind is named, whose first field counts the steps too.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ganart.engine.gan.events import Stats
from ganart.files import as_studio_error, write_atomic

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FILE_NAME = "curves.csv"
MEASURES = "measures.csv"
"""File of the quality curves, whose records are `Measured`."""


class CurveLog:
    """Appends rows; every row is handed to the system at once, so a crash loses at most one."""

    def __init__(self, file: io.RawIOBase, folder: Path) -> None:
        self._file = file
        self._folder = folder

    def add(self, stats: "DataclassInstance") -> None:
        """Append one row. Raises `DiskFull` or `FolderNotWritable`."""
        try:
            self._file.write(_as_line(astuple(stats)))
        except OSError as error:
            raise as_studio_error(error, self._folder) from error


@contextmanager
def curve_log(
    run_folder: Path,
    after_step: int = 0,
    record: type["DataclassInstance"] = Stats,
    name: str = FILE_NAME,
) -> Iterator[CurveLog]:
    """Open the curves of a run, the file `name`, for appending behind `after_step`.

    Rows beyond it (trained after the checkpoint that is resumed from, and lost) are dropped first,
    so that the curve joins without a seam.
    """
    columns = _columns(record)
    kept = [row for row in _rows(run_folder / name, len(columns)) if row[0] <= after_step]
    path = run_folder / name
    write_atomic(path, b"".join(map(_as_line, [columns, *kept])))
    # Unbuffered: on a full disk nothing may be left over that fails again when the file is closed.
    with path.open("ab", buffering=0) as file:
        yield CurveLog(file, run_folder)


def read_curves(
    run_folder: Path, record: type["DataclassInstance"] = Stats, name: str = FILE_NAME
) -> dict[str, npt.NDArray[np.float64]]:
    """Return the record's fields as columns by name, empty arrays where nothing was recorded."""
    columns = _columns(record)
    rows = list(_rows(run_folder / name, len(columns)))
    table = np.array(rows, dtype=np.float64).reshape(-1, len(columns))
    return {name: table[:, number].copy() for number, name in enumerate(columns)}


def _columns(record: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(record))


def _as_line(values: Iterable[object]) -> bytes:
    return (",".join(map(str, values)) + "\n").encode()


def _rows(path: Path, columns: int) -> Iterator[list[float]]:
    """Yield the whole rows; one that a crash cut short is passed over."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines[1:]:
        try:
            row = [float(value) for value in line.split(",")]
        except ValueError:
            continue
        if len(row) == columns:
            yield row
