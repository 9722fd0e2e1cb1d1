"""What the timeline of a loop looks like."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen

from ganart.media.composition import Composition
from ganart.media.drive import LEVEL_MAX
from ganart.ui.pages.explore.loop_player import LoopPlayer
from ganart.ui.widgets import words
from ganart.ui.widgets.fitting import fitted

HEIGHT_PX = 108
_SIDE_PX = 30.0
"""Room left and right of the loop."""
_RULER_PX = 18.0
_THUMB_PX = 48.0
_LEAST_TICK_PX = 44.0
_TICKS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200)


class Scale:
    """Where the times of a loop lie in a widget of some width."""

    def __init__(self, width: int) -> None:
        self.length = max(1.0, width - 2 * _SIDE_PX)

    def x(self, at: float) -> float:
        """Return where a share of the loop lies."""
        return _SIDE_PX + at * self.length

    def at(self, x: float) -> float:
        """Return the share of the loop at a place."""
        return (x - _SIDE_PX) / self.length

    def box(self, at: float) -> QRectF:
        """Return where the picture of a keyframe is."""
        return QRectF(self.x(at) - _THUMB_PX / 2, _RULER_PX + 14, _THUMB_PX, _THUMB_PX)


class TimelineArt:
    """Paints one loop once."""

    def __init__(
        self, painter: QPainter, colours: QPalette, scale: Scale, composition: Composition
    ) -> None:
        self._painter = painter
        self._colours = colours
        self._scale = scale
        self._composition = composition

    def paint(self, player: LoopPlayer, chosen: int) -> None:
        """Paint the ruler, the sound, the pictures, the seam and the playhead."""
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ruler()
        if self._composition.drive is not None:
            self._paint_sound(self._composition.drive.levels)
        self._paint_ways()
        self._paint_pictures(player, chosen)
        self._paint_playhead(player.at)

    def _paint_ruler(self) -> None:
        colours = self._colours
        unit_s = 60 / self._composition.bpm if self._composition.bpm else 1.0
        units = self._composition.seconds / unit_s
        px = self._scale.length / units
        stride = next((each for each in _TICKS if each * px >= _LEAST_TICK_PX), _TICKS[-1])
        font = self._painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.8)
        self._painter.setFont(font)
        for tick in range(0, int(units + 1e-6) + 1, stride):
            x = self._scale.x(tick / units)
            self._painter.setPen(colours.color(QPalette.ColorRole.Mid))
            self._painter.drawLine(QPointF(x, _RULER_PX - 4), QPointF(x, _RULER_PX))
            self._painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
            box = QRectF(x - 30, 0, 60, _RULER_PX - 4)
            self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.count(tick))
        self._painter.setPen(colours.color(QPalette.ColorRole.Mid))
        y = int(_RULER_PX)
        self._painter.drawLine(QPointF(self._scale.x(0), y), QPointF(self._scale.x(1), y))

    def _paint_sound(self, levels: bytes) -> None:
        """Paint how loud it is, behind the pictures."""
        bottom, height = self._scale.box(0).bottom() + 11, _THUMB_PX + 10
        self._painter.setPen(QPen(self._colours.color(QPalette.ColorRole.Midlight), 2))
        first, last = round(self._scale.x(0)), round(self._scale.x(1))
        for x in range(first, last, 2):
            level = levels[min(len(levels) - 1, int(len(levels) * (x - first) / (last - first)))]
            self._painter.drawLine(
                QPointF(x, bottom), QPointF(x, bottom - height * level / LEVEL_MAX)
            )

    def _paint_ways(self) -> None:
        """Paint the line below the pictures, thick where the loop stands still, and the seam."""
        colours, y = self._colours, self._scale.box(0).bottom() + 12
        line = colours.color(QPalette.ColorRole.Mid)
        frames = self._composition.keyframes
        comes_back = self._composition.is_ping_pong and self._composition.path != "circle"
        end = frames[-1].at if comes_back else 1.0
        self._painter.setPen(QPen(line, 2))
        self._painter.drawLine(QPointF(self._scale.x(0), y), QPointF(self._scale.x(end), y))
        if comes_back:
            self._painter.setPen(QPen(line, 2, Qt.PenStyle.DotLine))
            self._painter.drawLine(QPointF(self._scale.x(end), y), QPointF(self._scale.x(1), y))
        for row, each in enumerate(frames):
            after = frames[row + 1].at if row + 1 < len(frames) else 1 + frames[0].at
            still = min(1.0, each.at + each.hold * (after - each.at))
            if each.hold and self._composition.path != "circle":
                self._painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 6))
                self._painter.drawLine(
                    QPointF(self._scale.x(each.at), y), QPointF(self._scale.x(still), y)
                )
        self._painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine))
        for at in (0, 1):
            self._painter.drawLine(
                QPointF(self._scale.x(at), _RULER_PX), QPointF(self._scale.x(at), y + 8)
            )

    def _paint_pictures(self, player: LoopPlayer, chosen: int) -> None:
        frames = self._composition.keyframes
        if not frames[0].at or self._composition.is_ping_pong:
            self._painter.setOpacity(0.35)  # the first picture again, beyond the seam
            self._paint_picture(1.0, player.picture_of(frames[0].point), False)
        self._painter.setOpacity(0.35 if self._composition.path == "circle" else 1.0)
        for row in [*range(len(frames)), *([chosen] if chosen >= 0 else [])]:
            picture = player.picture_of(frames[row].point)
            if row == 0:
                self._painter.setOpacity(1.0)
            self._paint_picture(frames[row].at, picture, row == chosen)
            self._painter.setOpacity(0.35 if self._composition.path == "circle" else 1.0)
        self._painter.setOpacity(1.0)

    def _paint_picture(self, at: float, picture: QImage | None, is_chosen: bool) -> None:
        colours, box = self._colours, self._scale.box(at)
        if picture is None:
            self._painter.fillRect(box, colours.color(QPalette.ColorRole.AlternateBase))
        else:
            box = fitted(picture.size(), box)
            self._painter.drawImage(box, picture)
        edge = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Mid
        self._painter.setPen(QPen(colours.color(edge), 3 if is_chosen else 1))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(box)
        self._painter.drawLine(
            QPointF(box.center().x(), box.bottom()),
            QPointF(box.center().x(), self._scale.box(at).bottom() + 12),
        )

    def _paint_playhead(self, at: float) -> None:
        colour: QColor = self._colours.color(QPalette.ColorRole.BrightText)
        x = self._scale.x(at)
        self._painter.setPen(QPen(colour, 2))
        self._painter.drawLine(QPointF(x, 4), QPointF(x, HEIGHT_PX - 4))
        self._painter.setBrush(colour)
        self._painter.drawPolygon([QPointF(x - 5, 2), QPointF(x + 5, 2), QPointF(x, 9)])
