"""What is selected in a view, in runs: of tens of thousands an index each would take long."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel
from PySide6.QtCore import QItemSelectionRange as Range


def chosen_rows(selection: QItemSelectionModel) -> list[range]:
    """Return the selected rows in runs, in order."""
    runs = cast("list[Range]", selection.selection())
    return sorted(
        (range(each.top(), each.bottom() + 1) for each in runs), key=lambda run: run.start
    )


def selection_of(model: QAbstractItemModel, runs: Iterable[range]) -> QItemSelection:
    """Return a selection of the rows of some runs; empty ones are passed over."""
    result = QItemSelection()
    for run in filter(None, runs):
        result.append(Range(model.index(run.start, 0), model.index(run.stop - 1, 0)))
    return result


def in_runs(rows: Iterable[int]) -> list[range]:
    """Return ascending rows in runs of those that follow each other."""
    runs: list[range] = []
    for row in rows:
        if runs and runs[-1].stop == row:
            runs[-1] = range(runs[-1].start, row + 1)
        else:
            runs.append(range(row, row + 1))
    return runs
