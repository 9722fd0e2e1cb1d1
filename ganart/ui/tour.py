"""A tour of the window in six steps, which can be left at any moment and taken again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Slot
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
_LOOK_MS = 100
"""Pages take their final shape some moments after they are shown."""

Area = tuple[QWidget, QRect]
"""A part of a widget, in its own coordinates."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One step: what is pointed at, and what is said of it."""

    title: str
    text: str
    page: str
    """The key of the page to show."""
    areas: Callable[[], Sequence[Area]]
    """What is spoken of, the chief of it first; asked for while the page is shown."""


class Tour(QWidget):
    """Shades the window but for what it speaks of, which its bubble never covers, nor the rail.

    Keys: Enter, Space and Right go on, Left goes back, Escape ends it.
    """

    def __init__(
        self,
        window: QWidget,
        rail: QWidget,
        stops: Sequence[Stop],
        show_page: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._rail = rail
        self._stops = stops
        self._show_page = show_page
        self._place = 0
        self.holes: list[QRect] = []
        """What is not shaded, in the window's coordinates."""
        self._follow = QTimer(self, interval=_LOOK_MS)
        self._follow.timeout.connect(self._look_again)
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
        self._follow.start()
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
        self._follow.stop()
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
        self.setFocus()  # which the page took
        self._arrange()

    @Slot()
    def _look_again(self) -> None:
        if self._seen_areas() != self.holes:
            self._arrange()

    def _arrange(self) -> None:
        """Point at what is spoken of, with the bubble beside it within the window."""
        self.setGeometry(self._window.rect())
        self.holes = self._seen_areas()
        height = max(self.bubble.sizeHint().height(), self.bubble.heightForWidth(_BUBBLE_PX))
        self.bubble.resize(_BUBBLE_PX, height)
        self.bubble.move(self._beside(self.bubble.size()))
        self.update()

    def _seen_areas(self) -> list[QRect]:
        """Return what is spoken of and can be seen whole, with some room around each."""
        holes = []
        for widget, area in self._stops[self._place].areas():
            if widget.isVisible() and _is_whole(widget, area):
                corner = widget.mapTo(self._window, area.topLeft())
                holes.append(_wider(QRect(corner, area.size()), _ROOM_PX) & self._window.rect())
        return holes

    def _beside(self, size: QSize) -> QPoint:
        """Return where the bubble covers nothing that is spoken of, next to the chief of it."""
        room = self.rect().adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)
        if not self.holes:
            return room.center() - QPoint(size.width() // 2, size.height() // 2)
        chief = self.holes[0]
        rail = QRect(self._rail.mapTo(self._window, QPoint(0, 0)), self._rail.size())
        taken = [_wider(each, _GAP_PX) for each in (rail, *self.holes)]
        # The nearest place touches something on each axis, or is level with the chief.
        lefts = {room.left(), room.right() - size.width() + 1, chief.left()}
        tops = {room.top(), room.bottom() - size.height() + 1, chief.top()}
        for each in taken:
            lefts |= {each.left() - size.width(), each.right() + 1}
            tops |= {each.top() - size.height(), each.bottom() + 1}
        places = (QRect(QPoint(*corner), size) for corner in product(sorted(lefts), sorted(tops)))
        free = [
            place
            for place in places
            if room.contains(place) and not any(map(place.intersects, taken))
        ]
        if not free:
            return QPoint(room.left(), room.bottom() - size.height())
        return min(free, key=lambda place: _distance(place, chief)).topLeft()

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
        for area in self.holes:
            hole = QPainterPath()
            hole.addRoundedRect(QRectF(area), _RADIUS_PX, _RADIUS_PX)
            shaded -= hole
        painter.fillPath(shaded, QColor(0, 0, 0, _SHADE_ALPHA))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
        for area in self.holes:
            painter.drawRoundedRect(QRectF(area), _RADIUS_PX, _RADIUS_PX)


def _wider(area: QRect, by_px: int) -> QRect:
    return area.adjusted(-by_px, -by_px, by_px, by_px)


def _is_whole(widget: QWidget, area: QRect) -> bool:
    """Whether nothing above a widget, such as a page that scrolls, cuts off a part of an area."""
    place: QObject | None = widget
    while isinstance(place, QWidget) and not place.isWindow():
        above = place.parent()
        area = area.translated(place.pos())
        if isinstance(above, QWidget) and not _wider(above.rect(), _ROOM_PX).contains(area):
            return False
        place = above
    return True


def _distance(place: QRect, other: QRect) -> tuple[int, int]:
    """Return how far two areas lie apart, and how far their upper edges."""
    across = max(other.left() - place.right(), place.left() - other.right(), 0)
    down = max(other.top() - place.bottom(), place.top() - other.bottom(), 0)
    return across + down, abs(place.top() - other.top())
