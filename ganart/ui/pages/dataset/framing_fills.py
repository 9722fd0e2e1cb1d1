"""What is done with a picture of another shape, shown on the picture at hand; and the ground."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ganart.datasets.framing import Fill
from ganart.ui.icons import icon

_PICTURE_PX = 48
_RADIUS_PX = 6
_PADDING_PX = 5


class FillCard(QAbstractButton):
    """One way to fill the size, with the picture at hand filled like this; checkable."""

    def __init__(self, fill: Fill, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fill = fill
        self._pixmap = QPixmap()
        self.setText(name)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(self, image: QImage) -> None:
        """Show the picture at hand, filled."""
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        metrics = self.fontMetrics()
        width = max(_PICTURE_PX, metrics.horizontalAdvance(self.text()))
        return QSize(width + 2 * _PADDING_PX, _PICTURE_PX + metrics.height() + 3 * _PADDING_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size."""
        return QSize(_PICTURE_PX + 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture over the name."""
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Highlight if self.isChecked() else QPalette.ColorRole.Mid
        if self.underMouse() and not self.isChecked():
            role = QPalette.ColorRole.Text
        painter.setPen(QPen(palette.color(role), 2 if self.isChecked() else 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), _RADIUS_PX, _RADIUS_PX)
        place = QRect(0, _PADDING_PX, _PICTURE_PX, _PICTURE_PX)
        place.moveLeft((self.width() - _PICTURE_PX) // 2)
        if self._pixmap.isNull():
            painter.fillRect(place, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            size = self._pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(place.topLeft(), size)
            target.moveCenter(place.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, self._pixmap)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        line = QRect(2, place.bottom() + _PADDING_PX, self.width() - 4, self.fontMetrics().height())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


class FillChoices(QWidget):
    """The ways side by side; arrow keys move between them."""

    chosen = Signal(object)
    """A `Fill` that the person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[Fill, FillCard] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for fill, name, tip in self._ways():
            card = self.cards[fill] = FillCard(fill, name, tip)
            self._group.addButton(card)
            layout.addWidget(card)
        self._group.buttonClicked.connect(self._on_clicked)

    def _ways(self) -> tuple[tuple[Fill, str, str], ...]:
        return (
            (Fill.CROP, self.tr("Cut"), self.tr("What does not fit is cut off.")),
            (
                Fill.COLOUR,
                self.tr("Colour"),
                self.tr("All is kept, with a plain colour beside it."),
            ),
            (
                Fill.EDGE,
                self.tr("Edge"),
                self.tr("All is kept, with its outermost pixels repeated beside it."),
            ),
            (
                Fill.BLUR,
                self.tr("Blur"),
                self.tr("All is kept, with itself beside it, enlarged and blurred."),
            ),
            (
                Fill.STRETCH,
                self.tr("Stretch"),
                self.tr("All is kept and pulled to the shape of training."),
            ),
        )

    def choose(self, fill: Fill) -> None:
        """Show which way holds."""
        self.cards[fill].setChecked(True)

    @Slot(QAbstractButton)
    def _on_clicked(self, card: FillCard) -> None:
        self.chosen.emit(card.fill)


class GroundChoice(QWidget):
    """The colour behind what is clear and beside what is padded, with a way to take one up."""

    chosen = Signal(object)
    """Red, green and blue, each 0 to 255."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor(255, 255, 255)
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setToolTip(
            self.tr("The colour behind clear parts of a picture, and beside one that is padded")
        )
        self.button.clicked.connect(self._ask)
        self.pick = QToolButton()
        self.pick.setIcon(icon("dropper"))
        self.pick.setCheckable(True)
        self.pick.setAccessibleName(self.tr("Take the colour from the picture"))
        self.pick.setToolTip(self.tr("Take the colour from the picture: click into it"))
        label = QLabel(self.tr("Background"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.button)
        layout.addWidget(self.pick)
        self.show_colour((255, 255, 255))

    def show_colour(self, colour: tuple[int, int, int]) -> None:
        """Show which colour holds."""
        self._colour = QColor(*colour)
        swatch = QPixmap(16, 16)
        swatch.fill(self._colour)
        with QPainter(swatch) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(0, 0, 15, 15)
        self.button.setIcon(swatch)
        self.button.setText(self._colour.name())
        name = self.tr("Background colour {colour}").format(colour=self._colour.name())
        self.button.setAccessibleName(name)

    @Slot(QColor)
    def choose(self, colour: QColor) -> None:
        """Take a colour."""
        self.pick.setChecked(False)
        self.chosen.emit((colour.red(), colour.green(), colour.blue()))

    @Slot()
    def _ask(self) -> None:
        dialog = QColorDialog(self._colour, self)
        dialog.setWindowTitle(self.tr("Background colour"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self.choose)
        dialog.open()
