"""The rail at the leading edge of the window: one button a page."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

_ICON_PX = 24
_MARK_PX = 3
_RADIUS_PX = 8
_HOVER_ALPHA = 22
_CHOSEN_ALPHA = 36


class RailButton(QToolButton):
    """Shows an action's icon above its text; the page that is shown has a mark at its edge."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDefaultAction(action)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click is for the page that it shows
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._label())

    def sizeHint(self) -> QSize:
        """Return the size that icon and text need."""
        metrics = self.fontMetrics()
        width = max(_ICON_PX, metrics.horizontalAdvance(self._label()))
        return QSize(max(80, width + 24), _ICON_PX + metrics.height() + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        accent = palette.color(QPalette.ColorRole.Accent)
        text = palette.color(group, QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 2, -4, -2)
        if self.isChecked() and self.isEnabled():
            self._fill(painter, box, accent, _CHOSEN_ALPHA)
            painter.fillRect(self._mark(), accent)
        elif self.underMouse() and self.isEnabled():
            self._fill(painter, box, text, _HOVER_ALPHA)
        if self.hasFocus():
            painter.setPen(QPen(accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _RADIUS_PX, _RADIUS_PX)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        left = (self.width() - _ICON_PX) // 2
        self.icon().paint(painter, QRect(left, 10, _ICON_PX, _ICON_PX), mode=mode)
        painter.setPen(text)
        below = QRect(0, 10 + _ICON_PX + 4, self.width(), self.fontMetrics().height() + 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._label())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _label(self) -> str:
        return self.defaultAction().iconText()

    def _mark(self) -> QRect:
        mark = QRect(0, 12, _MARK_PX, self.height() - 24)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(self.width() - 1)
        return mark

    @staticmethod
    def _fill(painter: QPainter, box: QRectF, colour: QColor, alpha: int) -> None:
        soft = QColor(colour)
        soft.setAlpha(alpha)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)


class Rail(QWidget):
    """A column of buttons for the actions of the pages."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(4)
        self._buttons = {str(action.data()): RailButton(action) for action in actions}
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addStretch(1)

    def button(self, page: str) -> RailButton:
        """Return the button of a page, by the data of its action."""
        return self._buttons[page]
