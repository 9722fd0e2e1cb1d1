"""The timeline of a loop: its keyframes at their times, the playhead, and the seam."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganart.media.composition import Composition
from ganart.ui.pages.explore.loop_art import HEIGHT_PX, Scale, TimelineArt
from ganart.ui.pages.explore.loop_edits import snapped, step_of
from ganart.ui.pages.explore.loop_player import LoopPlayer
from ganart.ui.widgets import words

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
        return QSize(480, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(240, HEIGHT_PX)

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

    def _scale(self) -> Scale:
        return Scale(self.width())

    def _keyframe_at(self, place: QPointF) -> int:
        """Return the keyframe under the mouse; the chosen one lies on top, then later ones."""
        if self._composition is None:
            return -1
        boxes = [self._scale().box(each.at) for each in self._composition.keyframes]
        order = [*range(len(boxes)), *([self._chosen] if self._chosen >= 0 else [])]
        return next((row for row in reversed(order) if boxes[row].contains(place)), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the loop, or what to do where there is none."""
        painter = QPainter(self)
        colours = self.palette()
        painter.fillRect(self.rect(), colours.color(QPalette.ColorRole.Base))
        if self._composition is None:
            painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            text = self.tr("Add pictures, and the loop goes from one to the next.")
            room = self.rect().adjusted(12, 0, -12, 0)
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, how, text)
        else:
            art = TimelineArt(painter, colours, self._scale(), self._composition)
            art.paint(self._player, self._chosen)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

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
            self.sought.emit(self._scale().at(place.x()))
        else:
            self.sought.emit(composition.keyframes[row].at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grabbed is None or self._composition is None:
            return
        row, taken_at = self._grabbed
        x = event.position().x()
        if row < 0:
            self.sought.emit(self._scale().at(x))
            return
        if not self._is_dragging and abs(x - taken_at) < _GRAB_PX:
            return
        self._is_dragging = True
        at = self._scale().at(x)
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
