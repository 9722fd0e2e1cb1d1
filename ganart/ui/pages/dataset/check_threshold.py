"""A threshold on a slider, below it how many pictures have which score."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.check_words import threshold_words
from ganart.ui.widgets.words import decimal

STEPS = 1000
"""Of the slider, from 0 to 1."""
BINS = 100
_HISTOGRAM_PX = 36


class _Histogram(QWidget):
    """Bars from the score 0 to 1; those above the threshold stand out."""

    def __init__(self, slider: QSlider) -> None:
        super().__init__()
        self._slider = slider
        self._heights: Sequence[float] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a modest height."""
        return QSize(2 * BINS, _HISTOGRAM_PX)

    def show_heights(self, heights: Sequence[float]) -> None:
        """Show a bar for each, 0 to 1."""
        self._heights = heights
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars above the way of the slider's handle, and a line at the threshold."""
        painter = QPainter(self)
        handle = self._slider.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength)
        way = QRectF(self.rect()).adjusted(handle / 2, 0, -handle / 2, -1)
        limit = self._slider.value() / STEPS
        palette = self.palette()
        step = way.width() / max(1, len(self._heights))
        for place, height in enumerate(self._heights):
            is_above = (place + 0.5) / len(self._heights) > limit
            role = QPalette.ColorRole.Accent if is_above else QPalette.ColorRole.Mid
            bar = QRectF(0, 0, max(1.0, step - 1), height * way.height())
            bar.moveBottomLeft(way.bottomLeft())
            painter.fillRect(bar.translated(place * step, 0), palette.color(role))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1))
        x = way.left() + limit * way.width()
        painter.drawLine(round(x), round(way.top()), round(x), round(way.bottom()))


class ThresholdSlider(QWidget):
    """Where an issue begins, of the scores from 0, nothing wrong, to 1."""

    moved = Signal(float)
    """The artist wants another threshold."""
    usual_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setSingleStep(STEPS // 200)
        self.slider.setPageStep(STEPS // 20)
        self.slider.setAccessibleName(self.tr("Threshold"))
        self.slider.setToolTip(self.tr("From which score on pictures are shown here"))
        self.histogram = _Histogram(self.slider)
        for part in (self.slider, self.histogram):  # scores rise to the right
            part.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.label = QLabel()
        self.usual = QPushButton(self.tr("Back to the usual"))
        self.slider.valueChanged.connect(self._on_moved)
        self.usual.clicked.connect(self.usual_wanted)
        line = QHBoxLayout()
        line.addWidget(self.label, 1)
        line.addWidget(self.usual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.histogram)
        layout.addWidget(self.slider)
        layout.addLayout(line)

        self._soften()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._soften()

    def _soften(self) -> None:
        """Leave the strong colour to the bars on the other side, which are what is shown."""
        palette = QGuiApplication.palette()
        for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
            palette.setColor(role, palette.color(QPalette.ColorRole.Mid))
        self.slider.setPalette(palette)

    def show_threshold(self, key: str, threshold: float, is_usual: bool) -> None:
        """Show the threshold of an issue, without telling that it moved."""
        self._key = key
        self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * STEPS))
        self.slider.blockSignals(False)
        self.usual.setEnabled(not is_usual)
        self._tell()

    def show_scores(self, counts: Sequence[int]) -> None:
        """Show how many pictures have which score, from 0 to 1."""
        # The many with nothing wrong would leave no height to the others, and roots show the few.
        most = max(counts[1:], default=0) or 1
        self.histogram.show_heights([min(1.0, each / most) ** 0.5 for each in counts])

    def _tell(self) -> None:
        score = self.slider.value() / STEPS
        text = self.tr("Score above {score}").format(score=decimal(score))
        if words := threshold_words(self._key, score):
            text = self.tr("{score}: {words}").format(score=text, words=words)
        self.label.setText(text)
        self.slider.setAccessibleDescription(text)
        self.histogram.update()

    @Slot(int)
    def _on_moved(self, value: int) -> None:
        self.usual.setEnabled(True)
        self._tell()
        self.moved.emit(value / STEPS)
