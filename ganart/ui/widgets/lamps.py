"""A row of lamps, each with a name; one of them is chosen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

_GAP_PX = 6
_PADDING_PX = 8
_GREEN = {True: "#6fbf73", False: "#2e7d32"}
"""For dark and for light grounds."""


class Lamp(QAbstractButton):
    """A small sign beside a name; sign and colour both say how things stand.

    The levels are 0 (not known: a ring), 1 (good: a disc), 2 (to be watched: a diamond) and 3
    (trouble: a triangle).
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = 0
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_level(self, level: int, state: str) -> None:
        """Show how things stand; `state` says it in words."""
        self.level = level
        self.setAccessibleName(f"{self.text()}: {state}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        metrics = self.fontMetrics()
        sign = metrics.height()
        width = metrics.horizontalAdvance(self.text()) + sign + _GAP_PX + 2 * _PADDING_PX
        return QSize(width, metrics.height() + _PADDING_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            role = QPalette.ColorRole.Button if self.isChecked() else QPalette.ColorRole.Midlight
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4)
        side = 0.6 * self.fontMetrics().height()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = box.right() - _PADDING_PX - side if mirrored else box.left() + _PADDING_PX
        self._paint_sign(painter, QRectF(x, box.center().y() - side / 2, side, side))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        lead = _PADDING_PX + side + _GAP_PX
        room = box.adjusted(*((_PADDING_PX, 0, -lead, 0) if mirrored else (lead, 0, 0, 0)))
        # The painter mirrors it itself.
        lead_side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(lead_side), self.text())

    def _paint_sign(self, painter: QPainter, box: QRectF) -> None:
        colour = self._colour()
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self.level else Qt.BrushStyle.NoBrush)
        if self.level < 2:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            return
        middle = box.center()
        if self.level == 2:
            points = [
                QPointF(middle.x(), box.top()),
                QPointF(box.right(), middle.y()),
                QPointF(middle.x(), box.bottom()),
                QPointF(box.left(), middle.y()),
            ]
        else:
            points = [
                QPointF(middle.x(), box.top()),
                QPointF(box.right(), box.bottom()),
                QPointF(box.left(), box.bottom()),
            ]
        painter.drawPolygon(QPolygonF(points))

    def _colour(self) -> QColor:
        palette = self.palette()
        if self.level == 0:
            return palette.color(QPalette.ColorRole.PlaceholderText)
        if self.level == 1:
            is_dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
            return QColor(_GREEN[is_dark])
        role = QPalette.ColorRole.Accent if self.level == 2 else QPalette.ColorRole.BrightText
        return palette.color(role)


class Lamps(QWidget):
    """Lamps in as few rows as fit the width."""

    chosen = Signal(str)
    """The key of the lamp that a person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lamps: dict[str, Lamp] = {}
        self._columns = 0
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(0)

    def set_lamp(self, key: str, text: str, level: int, state: str) -> None:
        """Show one lamp, a new one at the end."""
        if key not in self.lamps:
            lamp = self.lamps[key] = Lamp(text)
            self._group.addButton(lamp)
            self._columns = 0
            self._arrange()
        self.lamps[key].set_level(level, state)

    def choose(self, key: str) -> None:
        """Mark a lamp without telling of it; an unknown key marks none."""
        self._group.setExclusive(False)
        for each, lamp in self.lamps.items():
            lamp.setChecked(each == key)
        self._group.setExclusive(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the lamps for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the lamps in four columns at most."""
        hint = super().minimumSizeHint()
        widest = max((lamp.sizeHint().width() for lamp in self.lamps.values()), default=0)
        return QSize(min(hint.width(), 2 * widest), hint.height())

    def _arrange(self) -> None:
        widest = max((lamp.sizeHint().width() + 2 for lamp in self.lamps.values()), default=1)
        count = len(self.lamps)
        fitting = max(1, self.width() // widest)
        columns = next((n for n in (count, -(-count // 2), -(-count // 4)) if n <= fitting), 2)
        if columns == self._columns:
            return
        self._columns = columns
        for index, lamp in enumerate(self.lamps.values()):
            self._grid.addWidget(lamp, index // columns, index % columns)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        for key, lamp in self.lamps.items():
            if lamp is button:
                self.chosen.emit(key)
