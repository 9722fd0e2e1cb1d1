"""One of several pictures that are looked at side by side."""

from PySide6.QtCore import QMargins, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

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

    def minimumSizeHint(self) -> QSize:
        """Return so little that a dozen fit on a small screen."""
        return QSize(48, 48)

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
        self.name = ElidedLabel()
        self.facts = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.facts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.facts)
        column.addLayout(line)
        self.setFocusProxy(self.view)

    def show_row(self, row: PictureRow, most_pixels: int) -> None:
        """Say what is known of the picture; the largest one of all has `most_pixels`."""
        self.view.set_row(row)
        self.view.setAccessibleName(row.path.name)
        self.name.set_line(row.path.name)
        facts = [size_words(row)]
        pixels = row.width * row.height
        if pixels < most_pixels:
            percent = count(100 * pixels / most_pixels)
            facts.append(self.tr("{percent} % of the largest").format(percent=percent))
        facts.append(data_size(row.size_bytes))
        self.facts.set_line("  ·  ".join(facts))

    def show_image(self, row: PictureRow, images: CloseImages) -> None:
        """Show what there is of the picture."""
        images.show(row, self.view)
