"""A group of small pictures, of points that the artist collects."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ganart.media.point import Point
from ganart.ui.pages.recipe_words import point_in_words
from ganart.ui.widgets.buttons import push_button

_TILE_PX = 44
_MOST = 32
"""Pictures in a group."""


class Group(QWidget):
    """One row of pictures. Delete takes the chosen ones out."""

    add_wanted = Signal()
    removed = Signal(object)
    """The points that are left."""

    def __init__(self, title: str, add: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()
        self.list = _Tiles()
        self.list.setAccessibleName(name)
        self.list.removal_wanted.connect(self._on_removal)
        self.add_button = push_button("plus", add)
        self.add_button.clicked.connect(self.add_wanted)
        top = QHBoxLayout()
        top.addWidget(QLabel(title), 1)
        top.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.list)

    def set_points(self, points: tuple[Point, ...]) -> None:
        """Show other points; their pictures follow."""
        if points == self._points:
            return
        self._points = points
        self.list.clear()
        for point in points:
            item = QListWidgetItem()
            item.setToolTip(point_in_words(point))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, point_in_words(point))
            item.setSizeHint(QSize(_TILE_PX + 6, _TILE_PX + 6))
            self.list.addItem(item)
        self.add_button.setEnabled(len(points) < _MOST)

    def set_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show the pictures of the points."""
        ratio = self.devicePixelRatioF()
        for row, picture in enumerate(pictures[: self.list.count()]):
            # Icons are never enlarged by themselves.
            pixmap = QPixmap.fromImage(
                picture.scaled(self.list.iconSize() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
            )
            pixmap.setDevicePixelRatio(ratio)
            self.list.item(row).setIcon(QIcon(pixmap))

    @Slot()
    def _on_removal(self) -> None:
        chosen = {index.row() for index in self.list.selectedIndexes()}
        left = tuple(each for row, each in enumerate(self._points) if row not in chosen)
        if left != self._points:
            self.removed.emit(left)


class _Tiles(QListWidget):
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(_TILE_PX, _TILE_PX))
        self.setFixedHeight(_TILE_PX + 18)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setToolTip(self.tr("Delete takes a picture out of the group."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the chosen pictures to be taken out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)
