"""Pictures of the dataset, and the files that are none, as models for Qt's views."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QDir, QMimeData, QModelIndex, QObject, Qt, QUrl, Slot

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.thumbs import SMALL_PX
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.selection import in_runs
from ganart.ui.widgets.words import count, decimal

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_Role = Qt.ItemDataRole

PICTURE = _Role.UserRole + 1
"""The `PictureRow`."""
_ADDRESSES = "text/uri-list"


class Files(QMimeData):
    """Files on their way out of the window; their addresses are made when somebody takes them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._paths = paths

    def formats(self) -> list[str]:
        """Return the one kind of data that there is."""
        return [_ADDRESSES]

    def hasFormat(self, kind: str) -> bool:
        """Whether the data is there as `kind`."""
        return kind == _ADDRESSES

    def retrieveData(self, kind: str, type_: object) -> object:
        """Return the addresses."""
        if kind != _ADDRESSES:
            return None
        return [QUrl.fromLocalFile(str(path)) for path in self._paths]


class PicturesModel(QAbstractListModel):
    """Some of the readable pictures, in an order that its owner chooses."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._ids: list[int] = []
        self._places: dict[int, int] = {}
        self._thumbnail_px = SMALL_PX
        desk.pictures.noted.connect(self._on_noted)
        desk.thumbs.came.connect(self._on_thumbnails)
        desk.thumbs.forgotten.connect(self._on_forgotten)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Replace the pictures; those that are not known are left out.

        To be called again when the pictures were `listed`.
        """
        known = self.desk.pictures.known(ids)
        if known == self._ids:
            self._on_forgotten()
            return
        self.beginResetModel()
        self._ids = known
        self._count_places()
        self.endResetModel()

    def take_out(self, picture_ids: Iterable[int]) -> None:
        """Show some pictures no longer; the others stay, and stay selected."""
        places = {place for each in picture_ids if (place := self._places.get(each)) is not None}
        for place in sorted(places, reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._ids[place]
            self.endRemoveRows()
        if places:
            self._count_places()

    def put_in(self, picture_ids: Iterable[int], rank: Mapping[int, int]) -> None:
        """Show some pictures as well, each where its rank is; all those shown have one."""
        before = len(self._ids)
        for picture_id in picture_ids:
            place = bisect_left(self._ids, rank[picture_id], key=lambda each: rank.get(each, -1))
            self.beginInsertRows(QModelIndex(), place, place)
            self._ids.insert(place, picture_id)
            self.endInsertRows()
        if len(self._ids) > before:
            self._count_places()

    @property
    def ids(self) -> Sequence[int]:
        """The pictures in their order."""
        return self._ids

    def set_thumbnail_side(self, side_px: int) -> None:
        """Set how many pixels of the screen a thumbnail's longest side may fill."""
        self._thumbnail_px = side_px

    def _count_places(self) -> None:
        self._places = dict(zip(self._ids, range(len(self._ids)), strict=True))

    def place(self, picture_id: int) -> int | None:
        """Return the row of a picture, None if it is not shown."""
        return self._places.get(picture_id)

    def picture(self, index: Index) -> "PictureRow":
        """Return the picture at `index`."""
        row = self.desk.pictures.row(self._ids[index.row()])
        if row is None:
            raise LookupError(index.row())
        return row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of pictures."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a name, a thumbnail or a description."""
        row = self.desk.pictures.row(self._ids[index.row()])
        if row is None:  # it is gone, and whoever shows pictures will soon show others
            return None
        if role == PICTURE:
            return row
        if role == _Role.DecorationRole:
            return self.desk.thumbs.pixmap(row, self._thumbnail_px)
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
        return Files([self.picture(index).path for index in indexes])

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        places = [place for each in ids if (place := self._places.get(each)) is not None]
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    @Slot(object)
    def _on_thumbnails(self, ids: set[int]) -> None:
        places = sorted(place for each in ids if (place := self._places.get(each)) is not None)
        for run in in_runs(places):
            ends = self.index(run.start), self.index(run.stop - 1)
            self.dataChanged.emit(*ends, [_Role.DecorationRole])

    @Slot()
    def _on_forgotten(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
