"""A stack that is no larger than the page it shows."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget


class FittingStack(QStackedWidget):
    """Qt's own takes the room of its largest page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_current)

    def sizeHint(self) -> QSize:
        """Return the size that the shown page aims for."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size: as wide as the widest page, as high as the shown one."""
        page = self.currentWidget()
        widest = super().minimumSizeHint().width()
        return QSize(widest, page.minimumSizeHint().height() if page is not None else 0)

    @Slot()
    def _on_current(self) -> None:
        self.updateGeometry()
