"""The files that cannot be used as a table: file, folder, reason."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDir, QModelIndex, QObject, Qt, Slot

from ganart.ui.widgets.items import Index
from ganart.ui.widgets.words import left_to_right
from ganart.workers.errands import Left
from ganart.workers.pictures import Jobs
from ganart.workers.refused_files import COLUMNS, Ordered, order_job, texts_of
from ganart.workers.run import Run

if TYPE_CHECKING:
    from ganart.datasets.errors import Reason
    from ganart.datasets.records import PictureRow

_Role = Qt.ItemDataRole


class RefusedModel(QAbstractTableModel):
    """Files of the catalogue that are refused, and what was left behind inside of other files."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._files: list[PictureRow | Left] = []
        self._given: list[PictureRow | Left] = []
        self._told: tuple[list[Path], list[Reason | None], list[Left]] = ([], [], [])
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._run: Run | None = None
        """Puts the files in order, which are shown then."""

    def show_files(self, refused: "Sequence[PictureRow]", left: Sequence[Left] = ()) -> None:
        """Replace the files; the order that was asked for stays."""
        # Every reading of the catalogue brings other rows, most of the time of the same files.
        told = ([row.path for row in refused], [row.reason for row in refused], [*left])
        if told != self._told:
            self._told = told
            self._given = [*refused, *left]
            self._put_in_order()

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
        return texts_of(self._files[row])

    def files(self, rows: Iterable[int]) -> "list[PictureRow | Left]":
        """Return what lies in some rows."""
        return [self._files[row] for row in rows]

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
        """Put the rows in order of a column, soon; below 0 as they came, at once."""
        self._order = (column, order) if column >= 0 else None
        self._put_in_order()

    def _put_in_order(self) -> None:
        self._run = None
        if self._order is None or not self._given:
            self._show(self._given)
            return
        column, order = self._order
        is_falling = order is Qt.SortOrder.DescendingOrder
        self._run = self._jobs.begin(order_job(self._given, column, is_falling), "order")
        self._run.reported.connect(self._on_ordered)

    @Slot(object)
    def _on_ordered(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return
        for record in records:
            if isinstance(record, Ordered):
                self._show(record.files)

    def _show(self, files: "list[PictureRow | Left]") -> None:
        self.beginResetModel()
        self._files = files
        self.endResetModel()
