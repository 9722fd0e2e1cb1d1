"""A place that takes pictures: dropped on it, chosen, or pasted."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

_RADIUS_PX = 8
_PADDING_PX = 8


def local_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer in `data`; folders are left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


class PictureWell(QAbstractButton):
    """Shows a picture with its name, or an invitation. A click or Enter asks to choose one, Delete
    to take it out.
    """

    dropped = Signal(object)
    """A list of the `Path`s of files."""
    removal_wanted = Signal()

    def __init__(self, invitation: str, side_px: int = 64, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invitation = invitation
        self._side_px = side_px
        self._picture = QPixmap()
        self._is_target = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_picture("")

    def show_picture(self, name: str, image: QImage | None = None) -> None:
        """Show a picture of that name; an empty name shows the invitation."""
        self.setText(name)
        self._picture = QPixmap.fromImage(image) if image is not None else QPixmap()
        self.setAccessibleName(name or self._invitation)
        self.setToolTip(name)
        self.update()

    def set_invitation(self, text: str) -> None:
        """Set what stands in place of a picture."""
        self._invitation = text
        if not self.text():
            self.show_picture("")

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(4 * self._side_px, self._side_px + 2 * _PADDING_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(2 * self._side_px, self._side_px + 2 * _PADDING_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        lively = self._is_target or self.hasFocus()
        role = QPalette.ColorRole.Accent if lively else QPalette.ColorRole.Mid
        style = Qt.PenStyle.SolidLine if self.text() else Qt.PenStyle.DashLine
        painter.setPen(QPen(palette.color(role), 2 if lively else 1, style))
        hovered = self.underMouse() or self._is_target
        ground = QPalette.ColorRole.AlternateBase if hovered else QPalette.ColorRole.Base
        painter.setBrush(palette.color(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        inner = self.rect().adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        if not self.text():
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), self._invitation)
            return
        place = QRect(inner.left(), inner.top(), self._side_px, self._side_px)
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        self._paint_picture(painter, place)
        beside = inner.adjusted(self._side_px + 12, 0, 0, 0)
        beside = QStyle.visualRect(self.layoutDirection(), self.rect(), beside)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, beside.width()
        )
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, QStyle.visualAlignment(self.layoutDirection(), lead), name)

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        if self._picture.isNull():
            return
        size = self._picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(place.topLeft(), size)
        target.moveCenter(place.center())
        painter.drawPixmap(target, self._picture)

    # Keys and drops

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.text():
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take files."""
        if local_files(event.mimeData()):
            accept_copy(event)
            self.mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer back."""
        self.mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self.mark(False)
        accept_copy(event)
        self.dropped.emit(local_files(event.mimeData()))

    def mark(self, is_target: bool) -> None:
        """Show that what is dragged would be taken here."""
        self._is_target = is_target
        self.update()


def accept_copy(event: QDropEvent) -> None:
    """Accept, and say that nothing is moved: the other program would delete what was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
