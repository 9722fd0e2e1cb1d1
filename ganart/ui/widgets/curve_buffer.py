"""Growing columns of numbers behind the live curves; knows no Qt."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MAX_ROWS = 8000
"""More than a screen has pixels, few enough to be drawn anew at every refresh. Even."""


class CurveBuffer:
    """Columns of float64 of bounded length; the first column, `x`, always rises.

    Where more than `MAX_ROWS` are added, a row stands for the mean of several neighbours, of the
    same number everywhere but at the end, where the newest rows wait for their neighbours.
    """

    def __init__(self, x: str, columns: Sequence[str]) -> None:
        self.names = (x, *columns)
        self._rows = np.empty((len(self.names), 256), np.float64)
        self._count = 0
        self._size = 1
        """How many added rows each of the first `_merged` rows stands for."""
        self._merged = 0

    def __len__(self) -> int:
        return self._count

    def column(self, name: str) -> Floats:
        """Return a view of one column, valid until the next change."""
        return self._rows[self.names.index(name), : self._count]

    def x(self, row: int) -> float:
        """Return where a row lies."""
        return float(self.column(self.names[0])[row])

    def nearest(self, x: float) -> int:
        """Return the row nearest to `x`; -1 where that is not finite or there are no rows."""
        column = self.column(self.names[0])
        if not math.isfinite(x):
            return -1
        after = int(np.searchsorted(column, x))
        if after == 0 or after == len(column):
            return min(after, len(column) - 1)
        return after if column[after] - x < x - column[after - 1] else after - 1

    def values_at(self, row: int) -> dict[str, float]:
        """Return a row by column name."""
        return {name: float(self.column(name)[row]) for name in self.names}

    def clear(self) -> None:
        """Forget all rows."""
        self._count = self._merged = 0
        self._size = 1

    def append(self, values: Mapping[str, float]) -> None:
        """Add a row. Rows at or after its x are dropped first: a resumed run goes on from its last
        checkpoint, which may lie before the last row that was shown.
        """
        x = values[self.names[0]]
        if self._count and x <= self._rows[0, self._count - 1]:
            self._count = int(np.searchsorted(self._rows[0, : self._count], x))
            self._merged = min(self._merged, self._count)
        self._reserve(self._count + 1)
        self._rows[:, self._count] = [values[name] for name in self.names]
        self._count += 1
        if self._count - self._merged == self._size:
            self._merge(self._merged, self._size)
        if self._merged >= MAX_ROWS:
            self._size *= 2
            self._merge(0, 2)

    def load(self, columns: Mapping[str, Floats]) -> None:
        """Replace all rows by stored columns; a column that is missing shows as gaps."""
        self.clear()
        self._count = len(columns[self.names[0]]) if self.names[0] in columns else 0
        self._reserve(self._count)
        for row, name in enumerate(self.names):
            self._rows[row, : self._count] = columns.get(name, np.nan)
        while self._count // self._size >= MAX_ROWS:
            self._size *= 2
        self._merge(0, self._size)

    def _merge(self, start: int, size: int) -> None:
        """Put means in place of every `size` rows from `start` on; what is left over waits."""
        self._merged = start + (self._count - start) // size
        if size == 1:
            return
        end = start + (self._merged - start) * size
        waiting = self._rows[:, end : self._count].copy()
        self._rows[:, start : self._merged] = _group_means(self._rows[:, start:end], size)
        self._count = self._merged + waiting.shape[1]
        self._rows[:, self._merged : self._count] = waiting

    def _reserve(self, count: int) -> None:
        capacity = self._rows.shape[1]
        if count > capacity:
            grown = np.empty((len(self.names), max(count, 2 * capacity)), np.float64)
            grown[:, :capacity] = self._rows
            self._rows = grown


def _group_means(rows: Floats, size: int) -> Floats:
    """Return the means of every `size` finite neighbours of a row; NaN where there is none.

    `rows` is (rows, size * groups), the result (rows, groups).
    """
    groups = rows.reshape(len(rows), -1, size)
    finite = np.isfinite(groups)
    sums, counts = np.where(finite, groups, 0.0).sum(axis=2), finite.sum(axis=2)
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def trailing_mean(values: Floats, window: int) -> Floats:
    """Return the mean of the last `window` finite values at each place; NaN where there is none."""
    finite = np.isfinite(values)
    sums = np.cumsum(np.where(finite, values, 0.0))
    counts = np.cumsum(finite, dtype=np.float64)
    if len(values) > window:
        sums[window:] -= sums[:-window].copy()
        counts[window:] -= counts[:-window].copy()
    means = np.full(len(values), np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def bulk_range(values: Floats) -> tuple[float, float] | None:
    """Return the lowest and the highest value to show; None where no value is finite.

    Those are the extremes, but not further from the bulk (98 in 100 values) than the bulk is wide:
    a single step that went astray must not squeeze all the others into one line.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return None
    # `np.percentile` would load a part of NumPy first, a tenth of a second in the window's thread.
    last = len(finite) - 1
    low, high = np.interp((0.01 * last, 0.99 * last), np.arange(len(finite)), np.sort(finite))
    reach = high - low
    if reach == 0:  # nearly all alike: show whatever there is beside
        return float(finite.min()), float(finite.max())
    return float(max(finite.min(), low - reach)), float(min(finite.max(), high + reach))
