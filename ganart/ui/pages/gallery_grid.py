"""The thumbnails of the gallery."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ganart.ui.pages.gallery_models import THUMBNAIL_PX

_RADIUS_PX = 4


class _FrameDelegate(QStyledItemDelegate):
    """Frames the chosen artwork. Qt would lay its colour over the picture."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one artwork and its name."""
        plain = QStyleOptionViewItem(option)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        plain.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, plain, index)
        if chosen:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 2))
            frame = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
            painter.restore()


class ThumbnailView(QListView):
    """Thumbnails in rows; Delete asks to delete the chosen one."""

    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Artworks"))
        self.setItemDelegate(_FrameDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        line = self.fontMetrics().height()
        self.setGridSize(QSize(THUMBNAIL_PX + 20, THUMBNAIL_PX + 2 * line + 12))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)
