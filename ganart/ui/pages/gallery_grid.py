"""The thumbnails of the gallery."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QListView, QWidget

from ganart.ui.pages.gallery_models import THUMBNAIL_PX
from ganart.ui.widgets.frame_delegate import FrameDelegate


class ThumbnailView(QListView):
    """Thumbnails in rows; Delete asks to delete the chosen one."""

    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Artworks"))
        self.setItemDelegate(FrameDelegate(self))
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
