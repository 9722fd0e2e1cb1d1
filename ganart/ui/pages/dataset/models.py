"""Pictures of the dataset, and the files that are none, as models for Qt's views."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QCoreApplication,
    QDir,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Slot,
)

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.widgets.words import count, decimal

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

PICTURE = _Role.UserRole + 1
"""The `PictureRow`."""


class PicturesModel(QAbstractListModel):
    """Some of the readable pictures, in an order that its owner chooses."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[int] = ()
        self._places: dict[int, int] = {}
        desk.pictures.noted.connect(self._on_noted)
        desk.thumbs.came.connect(self._on_thumbnail)
        desk.thumbs.forgotten.connect(self._on_forgotten)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Replace the pictures; those that are not known are left out.

        To be called again when the pictures were `listed`.
        """
        known = [each for each in ids if self._desk.pictures.row(each) is not None]
        if known == self._ids:
            self._on_forgotten()
            return
        self.beginResetModel()
        self._ids = known
        self._places = {picture_id: place for place, picture_id in enumerate(known)}
        self.endResetModel()

    @property
    def ids(self) -> Sequence[int]:
        """The pictures in their order."""
        return self._ids

    def place(self, picture_id: int) -> int | None:
        """Return the row of a picture, None if it is not shown."""
        return self._places.get(picture_id)

    def picture(self, index: Index) -> "PictureRow":
        """Return the picture at `index`."""
        row = self._desk.pictures.row(self._ids[index.row()])
        if row is None:
            raise LookupError(index.row())
        return row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of pictures."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a name, a thumbnail or a description."""
        row = self._desk.pictures.row(self._ids[index.row()])
        if row is None:  # it is gone, and whoever shows pictures will soon show others
            return None
        if role == PICTURE:
            return row
        if role == _Role.DecorationRole:
            return self._desk.thumbs.pixmap(row)
        if role == _Role.DisplayRole:
            return row.path.name
        if role == _Role.AccessibleTextRole:
            return ", ".join([row.path.name, *self._notes(row)])
        if role == _Role.ToolTipRole:
            place = QDir.toNativeSeparators(str(row.path))
            size = f"{count(row.width)} × {count(row.height)} px"
            return "\n".join([place, size, *self._notes(row)])
        return None

    def _notes(self, row: "PictureRow") -> list[str]:
        """Return in words what was said of a picture."""
        notes = []
        if row.mark == "picked":
            notes.append(self.tr("picked"))
        if row.mark == "rejected":
            notes.append(self.tr("rejected: left out of trainings"))
        elif row.weight != 1:
            notes.append(self.tr("shown {times} × as often").format(times=decimal(row.weight)))
        if row.stars:
            notes.append(self.tr("%n star(s)", "", row.stars))
        if row.tags:
            notes.append(self.tr("tags: {tags}").format(tags=", ".join(sorted(row.tags))))
        return notes

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pictures be selected and dragged out of the window."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the files of `indexes`."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.picture(index).path)) for index in indexes])
        return data

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        places = [place for each in ids if (place := self._places.get(each)) is not None]
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    @Slot(int)
    def _on_thumbnail(self, picture_id: int) -> None:
        place = self._places.get(picture_id)
        if place is not None:
            index = self.index(place)
            self.dataChanged.emit(index, index, [_Role.DecorationRole])

    @Slot()
    def _on_forgotten(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))


class RefusedModel(QAbstractTableModel):
    """Files that cannot be used: their names and the reasons."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[PictureRow] = ()

    def show_files(self, files: "Sequence[PictureRow]") -> None:
        """Replace the files."""
        if self._files == files:
            return
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, index: Index) -> "PictureRow":
        """Return the file at `index`."""
        return self._files[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return 2: the file and the reason."""
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Return the names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (self.tr("File"), self.tr("Why it cannot be used"))[section]
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a cell's text; the whole path and the reason as its tip."""
        file = self._files[index.row()]
        reason = QCoreApplication.translate("errors", file.reason or "")
        if role == _Role.ToolTipRole:
            return f"{QDir.toNativeSeparators(str(file.path))}\n{reason}"
        if role != _Role.DisplayRole:
            return None
        return file.path.name if index.column() == 0 else reason
