"""Where equal cells lie that fill a width row by row: sums, however many there are."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect


@dataclass(frozen=True, slots=True)
class Cells:
    """`count` cells of `width` × `height` px in `columns`; mirrored ones begin at the right."""

    count: int
    columns: int
    width: int
    height: int
    is_mirrored: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return -(-self.count // self.columns)

    @property
    def full_height(self) -> int:
        """The height of all rows in pixels."""
        return self.rows * self.height

    def rect(self, number: int) -> QRect:
        """Return the place of a cell."""
        row, column = divmod(number, self.columns)
        return QRect(self._left(column), row * self.height, self.width, self.height)

    def at(self, point: QPoint) -> int | None:
        """Return the cell at a point, None beside all of them."""
        column, row = point.x() // self.width, point.y() // self.height
        if not (0 <= column < self.columns and row >= 0):
            return None
        number = row * self.columns + self._mirrored(column)
        return number if number < self.count else None

    def runs(self, rect: QRect) -> list[range]:
        """Return the cells that a rectangle touches, in runs of cells that follow each other."""
        if rect.right() < 0 or rect.bottom() < 0:
            return []
        last_column = min(rect.right() // self.width, self.columns - 1)
        first_column = max(0, rect.left() // self.width)
        if first_column > last_column:
            return []
        ends = self._mirrored(first_column), self._mirrored(last_column)
        first_row = max(0, rect.top() // self.height)
        last_row = min(rect.bottom() // self.height, self.rows - 1)
        if last_column - first_column == self.columns - 1:  # whole rows follow each other
            first, stop = first_row * self.columns, (last_row + 1) * self.columns
            return [range(first, min(stop, self.count))] if first < self.count else []
        starts = range(first_row * self.columns, (last_row + 1) * self.columns, self.columns)
        runs = (range(each + min(ends), min(each + max(ends) + 1, self.count)) for each in starts)
        return [run for run in runs if run]

    def _left(self, column: int) -> int:
        return self._mirrored(column) * self.width

    def _mirrored(self, column: int) -> int:
        """Return the column that lies in the place of another one; its own inverse."""
        return self.columns - 1 - column if self.is_mirrored else column
