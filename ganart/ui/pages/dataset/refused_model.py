"""The files that cannot be used as a table: file, folder, reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QDir, QModelIndex, QObject, Qt

from ganart.ui.widgets.items import Index
from ganart.ui.widgets.words import left_to_right
from ganart.workers.errands import Left

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_Role = Qt.ItemDataRole
COLUMNS = 3


class RefusedModel(QAbstractTableModel):
    """Files of the catalogue that are refused, and what was left behind inside of other files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[PictureRow | Left] = []
        self._given: tuple[Sequence[PictureRow], Sequence[Left]] = ((), ())
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_files(self, refused: "Sequence[PictureRow]", left: Sequence[Left] = ()) -> None:
        """Replace the files; the order that was asked for stays."""
        if self._given == (refused, left):
            return
        self.beginResetModel()
        self._given = (refused, left)
        self._files = [*refused, *left]
        self._sort()
        self.endResetModel()

    def refused(self, row: int) -> Path | None:
        """Return the file of a row that the catalogue refuses, None for any other."""
        file = self._files[row]
        return None if isinstance(file, Left) else file.path

    def path(self, row: int) -> Path:
        """Return the file of a row, or the file that it lies in."""
        file = self._files[row]
        return file.origin if isinstance(file, Left) else file.path

    def texts(self, row: int) -> tuple[str, str, str]:
        """Return what a row shows."""
        file = self._files[row]
        reason = QCoreApplication.translate("errors", file.reason or "")
        if isinstance(file, Left):
            return file.name, QDir.toNativeSeparators(str(file.origin)), reason
        return file.path.name, QDir.toNativeSeparators(str(file.path.parent)), reason

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return 3: the file, its folder and the reason."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Return the names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (self.tr("File"), self.tr("Folder"), self.tr("Why it cannot be used"))[section]
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a cell's text; all of the row as its tip."""
        if role not in {_Role.DisplayRole, _Role.ToolTipRole}:
            return None
        name, folder, reason = self.texts(index.row())
        if role == _Role.ToolTipRole:
            return f"{left_to_right(QDir.toNativeSeparators(f'{folder}/{name}'))}\n{reason}"
        is_path = "/" in name  # of something inside of a file
        shown = left_to_right(name) if is_path else name
        return (shown, left_to_right(folder), reason)[index.column()]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in order of a column; below 0 as they came."""
        self.beginResetModel()
        self._order = (column, order) if column >= 0 else None
        self._files = [*self._given[0], *self._given[1]]
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        if self._order is None:
            return
        column, order = self._order
        texts = [self.texts(row)[column].casefold() for row in range(len(self._files))]
        rows = sorted(
            range(len(texts)), key=texts.__getitem__, reverse=order is Qt.SortOrder.DescendingOrder
        )
        self._files = [self._files[row] for row in rows]
