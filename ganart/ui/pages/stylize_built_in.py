"""The built-in looks, each shown on the artist's own photo."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ganart.engine.style.looks import BUILT_IN
from ganart.ui.icons import icon
from ganart.ui.widgets.frame_delegate import FrameDelegate

THUMBNAIL_PX = 84
_KEY = Qt.ItemDataRole.UserRole


class BuiltInGrid(QListWidget):
    """Thumbnails of which one is chosen, or with Ctrl several that are mixed."""

    changed = Signal(object)
    """A tuple of the keys of the chosen looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Built-in looks"))
        self.setToolTip(self.tr("Ctrl chooses several, which are mixed"))
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        line = self.fontMetrics().height()
        self.setGridSize(QSize(THUMBNAIL_PX + 26, THUMBNAIL_PX + line + 16))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(FrameDelegate(self))
        self.setMinimumHeight(2 * self.gridSize().height())
        self._items: dict[str, QListWidgetItem] = {}
        for look in BUILT_IN:
            label = QCoreApplication.translate("looks", look.label)
            item = QListWidgetItem(icon("sample"), label)
            item.setData(_KEY, look.key)
            item.setToolTip(label)
            item.setSizeHint(self.gridSize())  # or each would be as wide as its own text
            self.addItem(item)
            self._items[look.key] = item
        self.itemSelectionChanged.connect(self._on_selected)

    def keys(self) -> tuple[str, ...]:
        """Return the chosen looks, in the order of the list."""
        return tuple(key for key, item in self._items.items() if item.isSelected())

    def show_keys(self, keys: Sequence[str]) -> None:
        """Show which looks are chosen; unknown ones are passed over."""
        self.blockSignals(True)
        for key, item in self._items.items():
            item.setSelected(key in keys)
        self.blockSignals(False)

    def set_thumbnail(self, key: str, image: QImage) -> None:
        """Show what a look does; a null image goes back to a sign."""
        if key not in self._items:
            return
        if image.isNull():
            self._items[key].setIcon(icon("sample"))
            return
        ratio = self.devicePixelRatioF()
        side = round(THUMBNAIL_PX * ratio)
        how = Qt.TransformationMode.SmoothTransformation
        shown = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, how)
        pixmap = QPixmap.fromImage(shown)
        pixmap.setDevicePixelRatio(ratio)
        self._items[key].setIcon(QIcon(pixmap))

    @Slot()
    def _on_selected(self) -> None:
        self.changed.emit(self.keys())
