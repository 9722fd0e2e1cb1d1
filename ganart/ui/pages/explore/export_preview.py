"""What an export will look like: the picture in its shape, the sheet, or the first page."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGradient, QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganart.engine.latent.output import Output, PrintOutput, SheetOutput
from ganart.engine.latent.output_sizes import layout_of, marks_of, shaped
from ganart.media.drawn import Drawn
from ganart.media.prints import Box, NoRoomOnPage, PageLayout
from ganart.media.sheets import COLOURS

_LOOKED_UP = QGradient
"""`fillRect` of a QRectF compares its colour with it, and PySide 6.11 crashes in there where nobody
has asked for that class before."""
_PAPER = (255, 255, 255)
_EMPTY = (128, 128, 128)
_CUT = (200, 40, 40)
_EDGE = 12.0
"""Pixels free around what is shown."""
_CAPTION = 1 / 8
"""Height of a caption on a sheet, of a picture's width, and what stands around it."""


class ExportPreview(QWidget):
    """Paints pictures where they will stand; it is never mirrored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._output: Output | None = None
        self._images: Sequence[QImage] = ()
        self._texts: Sequence[str] = ()
        self._count = 1
        self._drawn = Drawn(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 260)
        self.setAccessibleName(self.tr("Preview of the export"))

    def sizeHint(self) -> QSize:
        """Return a size at which pages can be judged."""
        return QSize(400, 460)

    def show_output(self, output: Output, count: int, drawn: Drawn) -> None:
        """Show how `count` pictures of a model that draws like this would be saved."""
        self._output, self._count, self._drawn = output, count, drawn
        self.update()

    def set_images(self, images: Sequence[QImage], texts: Sequence[str] = ()) -> None:
        """Take the pictures and what would stand below them."""
        self._images, self._texts = images, texts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, as large as there is room."""
        if self._output is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            if isinstance(self._output, PrintOutput):
                self._paint_page(painter, self._output)
            elif isinstance(self._output, SheetOutput):
                self._paint_sheet(painter, self._output)
            else:
                width, height = shaped(1000, self._output.aspect, self._drawn)
                self._place(painter, width, height)
                self._paint_picture(painter, QRectF(0, 0, width, height), 0)
        except NoRoomOnPage:
            return  # the dialog tells
        finally:
            painter.end()

    def _place(self, painter: QPainter, width: float, height: float) -> float:
        """Let the painter draw in units in which all is so large; return pixels a unit."""
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = max(1e-6, min(room.width() / width, room.height() / height))
        middle = room.center()
        painter.translate(middle.x() - width * scale / 2, middle.y() - height * scale / 2)
        painter.scale(scale, scale)
        return scale

    def _paint_page(self, painter: QPainter, output: PrintOutput) -> None:
        layout = layout_of(output, self._drawn)
        boxes = layout.pictures()
        width, height = layout.sheet_mm
        scale = self._place(painter, width, height)
        painter.fillRect(QRectF(0, 0, width, height), QColor(*_PAPER))
        around = layout.around_mm
        cut = around - layout.bleed_mm
        inside = QRectF(cut, cut, width - 2 * cut, height - 2 * cut)
        painter.fillRect(inside, QColor(*COLOURS[output.background]))
        for place, box in enumerate(boxes[: self._count]):
            self._paint_box(painter, box, place, layout)
        painter.setPen(QPen(QColor(0, 0, 0), 1 / scale))
        for x0, y0, x1, y1 in layout.marks():
            painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        pen = QPen(QColor(*_CUT) if around else self._line_colour(), 1 / scale)
        if around:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(around, around, layout.width_mm, layout.height_mm))

    def _paint_box(self, painter: QPainter, box: Box, place: int, layout: PageLayout) -> None:
        rect = QRectF(box.left, box.top, box.width, box.height)
        self._paint_picture(painter, rect, place, layout.aspect if layout.fills else 0.0)
        if layout.captions:
            room = layout.caption_mm(layout.cells()[0].height)
            below = QRectF(box.left, rect.bottom(), box.width, room)
            self._paint_text(painter, below, place, room * 0.6)

    def _paint_sheet(self, painter: QPainter, output: SheetOutput) -> None:
        longer = output.size or output.scale * max(self._drawn.width, self._drawn.height)
        width, height = shaped(longer, output.aspect, self._drawn)
        columns = min(output.columns, self._count)
        rows = -(-self._count // columns)
        gap = 0 if output.merge else output.gap
        letters = max(9, width * _CAPTION) if output.captions and not output.merge else 0.0
        across, down = width + gap, height + gap + 1.5 * letters
        size = (2 * output.margin - gap + columns * across, 2 * output.margin - gap + rows * down)
        self._place(painter, *size)
        painter.fillRect(QRectF(0, 0, *size), QColor(*COLOURS[output.background]))
        for place in range(self._count):
            left = output.margin + place % columns * across
            top = output.margin + place // columns * down
            self._paint_picture(painter, QRectF(left, top, width, height), place)
            if letters:
                below = QRectF(left, top + height, width, 1.5 * letters)
                self._paint_text(painter, below, place, letters)

    def _paint_picture(
        self, painter: QPainter, rect: QRectF, place: int, aspect: float = 0.0
    ) -> None:
        """Paint a picture into a box; with an aspect it fills the box and is cut."""
        output = self._output
        image = self._images[place] if place < len(self._images) else QImage()
        if image.isNull() or output is None:
            painter.fillRect(rect, QColor(*_EMPTY))
            return
        is_smooth = output.resample != "nearest"
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        source = QRectF(image.rect())
        if aspect:
            shape = rect.width() / rect.height() / aspect
            if shape > 1:
                source.setHeight(image.height() / shape)
            else:
                source.setWidth(image.width() * shape)
            source.moveCenter(QRectF(image.rect()).center())
        painter.drawImage(rect, image, source)
        if not isinstance(output, SheetOutput):
            self._paint_marks(painter, rect, image, output)

    def _paint_marks(self, painter: QPainter, rect: QRectF, image: QImage, output: Output) -> None:
        for mark in marks_of(output, 1):
            letters = mark.size * rect.height()
            behind = image.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
            ink = QColor(0, 0, 0) if behind.pixelColor(0, 0).lightnessF() > 0.5 else QColor(*_PAPER)
            ink.setAlphaF(mark.opacity)
            painter.setPen(ink)
            painter.setFont(_font(letters))
            edge = 0.6 * letters
            vertical, horizontal = mark.corner.split()
            flags = Qt.AlignmentFlag.AlignTop if vertical == "top" else Qt.AlignmentFlag.AlignBottom
            flags |= (
                Qt.AlignmentFlag.AlignLeft if horizontal == "left" else Qt.AlignmentFlag.AlignRight
            )
            painter.drawText(rect.adjusted(edge, edge / 2, -edge, -edge / 2), flags, mark.text)

    def _paint_text(self, painter: QPainter, rect: QRectF, place: int, letters: float) -> None:
        output = self._output
        if place >= len(self._texts) or not isinstance(output, SheetOutput | PrintOutput):
            return
        is_light = sum(COLOURS[output.background]) > 3 * 127
        painter.setPen(QColor(0, 0, 0) if is_light else QColor(*_PAPER))
        painter.setFont(_font(letters))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._texts[place])

    def _line_colour(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.Mid)


def _font(height: float) -> QFont:
    """Return a font of this height in the painter's units."""
    font = QFont()
    font.setPointSizeF(max(0.1, height * 0.72))
    return font
