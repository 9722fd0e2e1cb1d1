"""One of several pictures that are looked at side by side."""

from PySide6.QtCore import QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ganart.datasets.records import PictureRow
from ganart.ui.pages.dataset.cell_signs import CellSigns
from ganart.ui.pages.dataset.close_images import CloseImages
from ganart.ui.pages.dataset.picture_words import size_words
from ganart.ui.widgets.elided import ElidedLabel
from ganart.ui.widgets.linked_view import Link, LinkedView
from ganart.ui.widgets.words import count, data_size

_MARGINS = QMargins(8, 8, 8, 8)
_REJECTED_SHADE = QColor(20, 20, 20, 170)


class PaneView(LinkedView):
    """The picture, with what was said of it in its corners."""

    focused = Signal()

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self.set_dark_ground()
        self._row: PictureRow | None = None
        self._signs: CellSigns | None = None

    def set_row(self, row: PictureRow) -> None:
        """Say other things of the picture."""
        self._row = row
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that keys are for this picture now."""
        super().focusInEvent(event)
        self.focused.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the signs out anew."""
        super().resizeEvent(event)
        self._signs = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the signs."""
        super().paintEvent(event)
        if self._row is None:
            return
        painter = QPainter(self)
        if self._row.mark == "rejected":
            painter.fillRect(self._target(), _REJECTED_SHADE)
            self._paint_focus(painter)
        if self._signs is None:
            room = self.size().shrunkBy(_MARGINS)
            dot = self.palette().color(QPalette.ColorRole.Accent)
            direction = QApplication.layoutDirection()  # the picture's own is never mirrored
            self._signs = CellSigns(room, self.devicePixelRatioF(), direction, dot)
        corner = QPoint(_MARGINS.left(), _MARGINS.top())
        for place, badge in self._signs.of(self._row):
            painter.drawPixmap(place + corner, badge)


class BoardPane(QWidget):
    """A picture above a line that names it."""

    def __init__(self, picture_id: int, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = picture_id
        self.view = PaneView(link)
        self.caption = ElidedLabel()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)
        self.setFocusProxy(self.view)

    def show_row(self, row: PictureRow, most_pixels: int) -> None:
        """Say what is known of the picture; the largest one of all has `most_pixels`."""
        self.view.set_row(row)
        self.view.setAccessibleName(row.path.name)
        parts = [row.path.name, size_words(row), data_size(row.size_bytes)]
        pixels = row.width * row.height
        if pixels < most_pixels:
            percent = count(100 * pixels / most_pixels)
            parts.append(self.tr("{percent} % of the largest").format(percent=percent))
        self.caption.set_line("  ·  ".join(parts))

    def show_image(self, row: PictureRow, images: CloseImages) -> None:
        """Show what there is of the picture."""
        images.show(row, self.view)
