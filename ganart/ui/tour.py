"""A tour of the window in six steps, which can be left at any moment and taken again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count

_SHADE_ALPHA = 110
_RADIUS_PX = 8
_ROOM_PX = 4
_GAP_PX = 16
_BUBBLE_PX = 380


@dataclass(frozen=True, slots=True)
class Stop:
    """One step: what is pointed at, and what is said of it."""

    title: str
    text: str
    page: str
    """The key of the page to show."""
    target: Callable[[], QWidget | None]
    """What to point at, asked for when the page is shown."""


class Tour(QWidget):
    """Shades the window but for what it speaks of.

    Keys: Enter, Space and Right go on, Left goes back, Escape ends it.
    """

    def __init__(
        self, window: QWidget, stops: Sequence[Stop], show_page: Callable[[str], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._stops = stops
        self._show_page = show_page
        self._place = 0
        self._hole = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Tour of the studio"))
        self.bubble = QFrame(self)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setFrameShape(QFrame.Shape.StyledPanel)
        self.bubble.setFixedWidth(_BUBBLE_PX)
        self.title = Heading()
        self.title.setWordWrap(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.number = Caption()
        self.end = QPushButton(self.tr("End the tour"))
        self.back = QPushButton(self.tr("Back"))
        self.onward = QPushButton()
        self.onward.setDefault(True)
        self._build()
        self.end.clicked.connect(self.leave)
        self.back.clicked.connect(self.go_back)
        self.onward.clicked.connect(self.go_on)
        self.hide()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.number, 1)
        buttons.addWidget(self.end)
        buttons.addWidget(self.back)
        buttons.addWidget(self.onward)
        for button in (self.end, self.back, self.onward):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keys belong to the tour
        layout = QVBoxLayout(self.bubble)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(buttons)

    def place(self) -> int:
        """Return the number of the step, from 0."""
        return self._place

    def begin(self) -> None:
        """Show the first step."""
        self._window.installEventFilter(self)
        self._go_to(0)
        self.show()
        self.raise_()
        self.setFocus()

    @Slot()
    def go_on(self) -> None:
        """Show the next step; after the last one the tour ends."""
        if self._place + 1 < len(self._stops):
            self._go_to(self._place + 1)
        else:
            self.leave()

    @Slot()
    def go_back(self) -> None:
        """Show the step before."""
        self._go_to(max(0, self._place - 1))

    @Slot()
    def leave(self) -> None:
        """End the tour; the page that is shown stays."""
        self._window.removeEventFilter(self)
        self.hide()

    def _go_to(self, place: int) -> None:
        self._place = place
        stop = self._stops[place]
        self._show_page(stop.page)
        self.title.setText(stop.title)
        self.text.setText(stop.text)
        self.setAccessibleDescription(f"{stop.title}. {stop.text}")
        text = self.tr("{number} of {total}")
        self.number.setText(text.format(number=count(place + 1), total=count(len(self._stops))))
        self.back.setEnabled(place > 0)
        is_last = place + 1 == len(self._stops)
        self.onward.setText(self.tr("Begin") if is_last else self.tr("Next"))
        self.end.setVisible(not is_last)
        self._arrange()

    def _arrange(self) -> None:
        """Point at the target, with the bubble beside it within the window."""
        self.setGeometry(self._window.rect())
        target = self._stops[self._place].target()
        self._hole = QRect()
        if target is not None and target.isVisible():
            corner = target.mapTo(self._window, QPoint(0, 0))
            room = QRect(corner, target.size()).adjusted(-_ROOM_PX, -_ROOM_PX, _ROOM_PX, _ROOM_PX)
            self._hole = room.intersected(self.rect())
        height = max(self.bubble.sizeHint().height(), self.bubble.heightForWidth(_BUBBLE_PX))
        self.bubble.resize(_BUBBLE_PX, height)
        self.bubble.move(self._beside(self.bubble.size()))
        self.update()

    def _beside(self, size: QSize) -> QPoint:
        """Return where the bubble covers nothing of the target, if there is room anywhere."""
        hole, room = self._hole, self.rect().adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        if hole.isEmpty():
            return room.center() - QPoint(size.width() // 2, size.height() // 2)
        top = min(max(room.top(), hole.top()), room.bottom() - size.height())
        left = min(max(room.left(), hole.left()), room.right() - size.width())
        sides = (
            QPoint(hole.right() + _GAP_PX, top),
            QPoint(hole.left() - _GAP_PX - size.width(), top),
            QPoint(left, hole.bottom() + _GAP_PX),
            QPoint(left, hole.top() - _GAP_PX - size.height()),
        )
        fitting = [place for place in sides if room.contains(QRect(place, size))]
        return fitting[0] if fitting else QPoint(left, room.bottom() - size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names; no other key reaches the page below."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        onward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if mirrored:
            onward, back = back, onward
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.go_on()
            case key if key == onward:
                self.go_on()
            case key if key == back:
                self.go_back()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, _onward: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep the keys here until the tour has ended."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shade all but the target."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shaded = QPainterPath()
        shaded.addRect(QRectF(self.rect()))
        if not self._hole.isEmpty():
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(self._hole), _RADIUS_PX, _RADIUS_PX)
            shaded -= hole
        painter.fillPath(shaded, QColor(0, 0, 0, _SHADE_ALPHA))
        if not self._hole.isEmpty():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRoundedRect(QRectF(self._hole), _RADIUS_PX, _RADIUS_PX)
