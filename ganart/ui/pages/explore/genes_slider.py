"""A slider about 0."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

STEPS = 10
"""Of the slider in an amount of 1."""
FURTHEST = 5
"""Amount at its ends."""
_LINE_PX = 2
_TICK_PX = 4


class AmountSlider(QSlider):
    """A slider about 0. Delete and a double click lead back there; the wheel turns it only while
    it has the focus, for it lies among others that are scrolled.
    """

    entered = Signal()
    """It has the focus now."""
    key_pressed = Signal(int)
    """Another key than those that move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(-FURTHEST * STEPS, FURTHEST * STEPS)
        self.setPageStep(STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the way from 0, where styles paint that from the end."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, whole = self.style(), QStyle.ComplexControl.CC_Slider
        groove = style.subControlRect(whole, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(whole, option, QStyle.SubControl.SC_SliderHandle, self)
        middle, height = groove.center(), handle.center().y()
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), _LINE_PX))
        painter.drawLine(groove.left(), height, groove.right(), height)
        painter.drawLine(middle.x(), height - _TICK_PX, middle.x(), height + _TICK_PX)
        if self.value():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _LINE_PX + 1))
            painter.drawLine(middle.x(), height, handle.center().x(), height)
        option.subControls = QStyle.SubControl.SC_SliderHandle
        style.drawComplexControl(whole, option, painter, self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to 0."""
        self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to 0, or tell the key."""
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setValue(0)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_P, Qt.Key.Key_L):
            self.key_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the list scroll, unless this slider is in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell of the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().event(event)
