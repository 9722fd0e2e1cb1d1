"""The timeline of a loop: its keyframes at their times, the playhead, and the seam."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganart.media.composition import Composition
from ganart.media.drive import LEVEL_MAX
from ganart.ui.pages.explore.loop_edits import snapped, step_of
from ganart.ui.pages.explore.loop_player import LoopPlayer
from ganart.ui.widgets import words

_SIDE_PX = 30.0
"""Room left and right of the loop."""
_RULER_PX = 18.0
_THUMB_PX = 48.0
_HEIGHT_PX = 108
_LEAST_TICK_PX = 44.0
_TICKS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200)
_GRAB_PX = 3
"""Movement of the mouse that makes a click a drag."""
_FAST = 10


class Timeline(QWidget):
    """Time runs to the right, in every language.

    A click on the ruler or beside the pictures moves the playhead; pictures are dragged, with
    Ctrl off the grid. Keys: Up and Down go from picture to picture, Escape leaves them; Left and
    Right move the chosen picture, else the playhead, and always the playhead with Ctrl; Shift is
    ten times as far. Space plays, Insert adds at the playhead, Delete removes, Home and End go to
    the ends.
    """

    chosen = Signal(int)
    """The number of a keyframe; -1 for none."""
    moved = Signal(int, float)
    """A keyframe is to be at another share of the loop."""
    sought = Signal(float)
    play_wanted = Signal()
    insert_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, player: LoopPlayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._composition: Composition | None = None
        self._chosen = -1
        self._grabbed: tuple[int, float] | None = None
        """What is dragged (-1: the playhead) and where it was taken."""
        self._is_dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline of the loop"))
        player.moved.connect(self._on_played)
        player.arrived.connect(self.update)
        self._announce()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return QSize(480, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(240, _HEIGHT_PX)

    def set_composition(self, composition: Composition | None) -> None:
        """Show another loop."""
        self._composition = composition
        self.choose(min(self._chosen, self._count() - 1))
        self.update()

    def index(self) -> int:
        """Return the number of the chosen keyframe; -1 for none."""
        return self._chosen

    def choose(self, index: int) -> None:
        """Choose a keyframe, or none."""
        if index != self._chosen:
            self._chosen = index
            self.chosen.emit(index)
        self._announce()
        self.update()

    # Places

    def _count(self) -> int:
        return len(self._composition.keyframes) if self._composition else 0

    def _x(self, at: float) -> float:
        return _SIDE_PX + at * (self.width() - 2 * _SIDE_PX)

    def _at(self, x: float) -> float:
        return (x - _SIDE_PX) / max(1.0, self.width() - 2 * _SIDE_PX)

    def _box(self, at: float) -> QRectF:
        return QRectF(self._x(at) - _THUMB_PX / 2, _RULER_PX + 14, _THUMB_PX, _THUMB_PX)

    def _keyframe_at(self, place: QPointF) -> int:
        """Return the keyframe under the mouse; the chosen one lies on top, then later ones."""
        if self._composition is None:
            return -1
        boxes = [self._box(each.at) for each in self._composition.keyframes]
        order = [*range(len(boxes)), *([self._chosen] if self._chosen >= 0 else [])]
        return next((row for row in reversed(order) if boxes[row].contains(place)), -1)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ruler, the pictures, the seam and the playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = self.palette()
        painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Base))
        composition = self._composition
        if composition is None:
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            text = self.tr("Add pictures, and the loop goes from one to the next.")
            painter.drawText(
                self.rect().adjusted(12, 0, -12, 0),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                text,
            )
            return
        self._paint_ruler(painter, composition)
        if composition.drive is not None:
            self._paint_sound(painter, composition.drive.levels)
        self._paint_ways(painter, composition)
        self._paint_pictures(painter, composition)
        self._paint_playhead(painter)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_ruler(self, painter: QPainter, composition: Composition) -> None:
        colours = self.palette()
        unit_s = 60 / composition.bpm if composition.bpm else 1.0
        units = composition.seconds / unit_s
        px = (self.width() - 2 * _SIDE_PX) / units
        stride = next((each for each in _TICKS if each * px >= _LEAST_TICK_PX), _TICKS[-1])
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        for tick in range(0, int(units + 1e-6) + 1, stride):
            x = self._x(tick / units)
            painter.setPen(colours.color(QPalette.ColorRole.Mid))
            painter.drawLine(QPointF(x, _RULER_PX - 4), QPointF(x, _RULER_PX))
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            box = QRectF(x - 30, 0, 60, _RULER_PX - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.count(tick))
        painter.setPen(colours.color(QPalette.ColorRole.Mid))
        y = int(_RULER_PX)
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(1), y))

    def _paint_sound(self, painter: QPainter, levels: bytes) -> None:
        """Paint how loud it is, behind the pictures."""
        bottom, height = self._box(0).bottom() + 11, _THUMB_PX + 10
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Midlight), 2))
        first, last = round(self._x(0)), round(self._x(1))
        for x in range(first, last, 2):
            level = levels[min(len(levels) - 1, int(len(levels) * (x - first) / (last - first)))]
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom - height * level / LEVEL_MAX))

    def _paint_ways(self, painter: QPainter, composition: Composition) -> None:
        """Paint the line below the pictures, thick where the loop stands still, and the seam."""
        colours, y = self.palette(), self._box(0).bottom() + 12
        line = colours.color(QPalette.ColorRole.Mid)
        frames = composition.keyframes
        comes_back = composition.is_ping_pong and composition.path != "circle"
        end = frames[-1].at if comes_back else 1.0
        painter.setPen(QPen(line, 2))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(end), y))
        if comes_back:
            painter.setPen(QPen(line, 2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(self._x(end), y), QPointF(self._x(1), y))
        for row, each in enumerate(frames):
            after = frames[row + 1].at if row + 1 < len(frames) else 1 + frames[0].at
            still = min(1.0, each.at + each.hold * (after - each.at))
            if each.hold and composition.path != "circle":
                painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 6))
                painter.drawLine(QPointF(self._x(each.at), y), QPointF(self._x(still), y))
        painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine))
        for at in (0, 1):
            painter.drawLine(QPointF(self._x(at), _RULER_PX), QPointF(self._x(at), y + 8))

    def _paint_pictures(self, painter: QPainter, composition: Composition) -> None:
        frames = composition.keyframes
        if not frames[0].at or composition.is_ping_pong:
            painter.setOpacity(0.35)  # the first picture again, beyond the seam
            self._paint_picture(painter, 1.0, self._player.picture_of(frames[0].point), False)
        painter.setOpacity(0.35 if composition.path == "circle" else 1.0)
        for row in [*range(len(frames)), *([self._chosen] if self._chosen >= 0 else [])]:
            picture = self._player.picture_of(frames[row].point)
            if row == 0:
                painter.setOpacity(1.0)
            self._paint_picture(painter, frames[row].at, picture, row == self._chosen)
            painter.setOpacity(0.35 if composition.path == "circle" else 1.0)
        painter.setOpacity(1.0)

    def _paint_picture(
        self, painter: QPainter, at: float, picture: QImage | None, is_chosen: bool
    ) -> None:
        colours, box = self.palette(), self._box(at)
        if picture is None:
            painter.fillRect(box, colours.color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawImage(box, picture)
        edge = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Mid
        painter.setPen(QPen(colours.color(edge), 3 if is_chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.drawLine(
            QPointF(box.center().x(), box.bottom()), QPointF(box.center().x(), box.bottom() + 12)
        )

    def _paint_playhead(self, painter: QPainter) -> None:
        colour: QColor = self.palette().color(QPalette.ColorRole.BrightText)
        x = self._x(self._player.at)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 4))
        painter.setBrush(colour)
        painter.drawPolygon([QPointF(x - 5, 2), QPointF(x + 5, 2), QPointF(x, 9)])

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a picture or of the playhead."""
        composition = self._composition
        if event.button() != Qt.MouseButton.LeftButton or composition is None:
            super().mousePressEvent(event)
            return
        place = event.position()
        row = self._keyframe_at(place)
        self._is_dragging = False
        self._grabbed = (row, place.x())
        self.choose(row)
        if row < 0:
            self.sought.emit(self._at(place.x()))
        else:
            self.sought.emit(composition.keyframes[row].at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grabbed is None or self._composition is None:
            return
        row, taken_at = self._grabbed
        x = event.position().x()
        if row < 0:
            self.sought.emit(self._at(x))
            return
        if not self._is_dragging and abs(x - taken_at) < _GRAB_PX:
            return
        self._is_dragging = True
        at = self._at(x)
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at = snapped(self._composition, at)
        self.moved.emit(row, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        modifiers = event.modifiers()
        far = _FAST if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        with_playhead = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Left:
                self._step(-far, with_playhead)
            case Qt.Key.Key_Right:
                self._step(far, with_playhead)
            case Qt.Key.Key_Up:
                self._go_to(self._chosen - 1 if self._chosen > 0 else self._count() - 1)
            case Qt.Key.Key_Down:
                self._go_to((self._chosen + 1) % max(1, self._count()))
            case Qt.Key.Key_Home | Qt.Key.Key_End as key:
                self.sought.emit(1.0 if key == Qt.Key.Key_End else 0.0)
            case Qt.Key.Key_Escape if self._chosen >= 0:
                self.choose(-1)
            case Qt.Key.Key_Space:
                self.play_wanted.emit()
            case Qt.Key.Key_Insert:
                self.insert_wanted.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if self._chosen >= 0:
                self.remove_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        if self._composition is not None and 0 <= row < self._count():
            self.choose(row)
            self.sought.emit(self._composition.keyframes[row].at)

    def _step(self, steps: int, with_playhead: bool) -> None:
        if self._composition is None:
            return
        way = steps * step_of(self._composition)
        if self._chosen < 0 or with_playhead:
            self.sought.emit(snapped(self._composition, self._player.at + way))
        else:
            at = self._composition.keyframes[self._chosen].at
            self.moved.emit(self._chosen, snapped(self._composition, at + way))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def _on_played(self) -> None:
        self.update()

    def _announce(self) -> None:
        keys = self.tr(
            "Up, Down: choose a picture. Left, Right: move it, with Ctrl the playhead. "
            "Space: play. Insert: add. Delete: remove."
        )
        place = self.tr("Nothing chosen.")
        if self._composition is not None and self._chosen >= 0:
            at = self._composition.keyframes[self._chosen].at
            place = self.tr("Picture {number} of {count}, at {seconds} s.").format(
                number=words.count(self._chosen + 1),
                count=words.count(self._count()),
                seconds=words.decimal(at * self._composition.seconds),
            )
        self.setAccessibleDescription(f"{place} {keys}")
