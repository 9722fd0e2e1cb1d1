"""The pictures of the dataset, and the files that are none, as models for Qt's views."""

from collections import OrderedDict
from collections.abc import Sequence

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
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QImage, QPixmap

from ganart.datasets.catalogue import PictureRow
from ganart.ui.widgets.words import count, decimal
from ganart.workers.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

WEIGHT = _Role.UserRole + 1
"""How often a picture is shown in training, as a multiple of the usual; 0 is never."""
KEPT_THUMBNAILS = 1000
"""At 128 px they take 64 MB at most."""
_MOST_WANTED = 300
"""More than a large screen shows; what was scrolled past is forgotten."""


class PicturesModel(QAbstractListModel):
    """Readable pictures with thumbnails that come when a view has asked for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: Sequence[PictureRow] = ()
        self._rows: dict[int, int] = {}
        self._thumbnails: Thumbnails | None = None
        self._kept: OrderedDict[tuple[int, str], QPixmap] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(0)
        self._ask_soon.timeout.connect(self._ask)

    def show_pictures(self, pictures: Sequence[PictureRow]) -> None:
        """Replace the pictures; what is selected stays so where only their weights differ."""
        if self._pictures == pictures:
            return
        same = [each.id for each in self._pictures] == [each.id for each in pictures]
        if same and pictures:
            self._pictures = pictures
            self.dataChanged.emit(self.index(0), self.index(len(pictures) - 1))
            return
        self.beginResetModel()
        self._pictures = pictures
        self._rows = {picture.id: row for row, picture in enumerate(pictures)}
        self.endResetModel()

    def read_from(self, thumbnails: Thumbnails | None) -> None:
        """Take thumbnails from here on from another reader; None while there is no project."""
        self._kept.clear()
        self._wanted.clear()
        self._ask_soon.stop()
        self._thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.loaded.connect(self._keep)

    def picture(self, index: Index) -> PictureRow:
        """Return the picture at `index`."""
        return self._pictures[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of pictures."""
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a name, a thumbnail or a description."""
        picture = self._pictures[index.row()]
        if role == _Role.DecorationRole:
            return self._thumbnail(picture)
        if role == _Role.DisplayRole:
            return picture.path.name
        if role == WEIGHT:
            return picture.weight
        if role == _Role.AccessibleTextRole:
            return ", ".join([picture.path.name, *self._weight_words(picture)])
        if role == _Role.ToolTipRole:
            place = QDir.toNativeSeparators(str(picture.path))
            size = f"{count(picture.width)} × {count(picture.height)} px"
            return "\n".join([place, size, *self._weight_words(picture)])
        return None

    def _weight_words(self, picture: PictureRow) -> list[str]:
        """Return what is unusual about how often a picture is shown, if anything is."""
        if picture.weight == 0:
            return [self.tr("excluded from training")]
        if picture.weight != 1:
            return [self.tr("shown {times} × as often").format(times=decimal(picture.weight))]
        return []

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let pictures be selected and dragged out of the window."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the files of `indexes`."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.picture(index).path)) for index in indexes])
        return data

    def _thumbnail(self, picture: PictureRow) -> QPixmap | None:
        key = (picture.id, picture.pixel_hash)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._wanted[picture.id] = None
        self._wanted.move_to_end(picture.id)
        if len(self._wanted) > _MOST_WANTED:
            self._wanted.popitem(last=False)
        self._ask_soon.start()
        return None

    @Slot()
    def _ask(self) -> None:
        if self._thumbnails is not None:
            self._thumbnails.want(tuple(self._wanted))

    @Slot(int, QImage)
    def _keep(self, picture_id: int, image: QImage) -> None:
        self._wanted.pop(picture_id, None)
        row = self._rows.get(picture_id)
        if row is None or self.sender() is not self._thumbnails:
            return
        self._kept[(picture_id, self._pictures[row].pixel_hash)] = QPixmap.fromImage(image)
        if len(self._kept) > KEPT_THUMBNAILS:
            self._kept.popitem(last=False)
        index = self.index(row)
        self.dataChanged.emit(index, index, [_Role.DecorationRole])


class RefusedModel(QAbstractTableModel):
    """Files that cannot be used: their names and the reasons."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[PictureRow] = ()

    def show_files(self, files: Sequence[PictureRow]) -> None:
        """Replace the files."""
        if self._files == files:
            return
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, index: Index) -> PictureRow:
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
