"""The page without a project: begin, go on with a recent one, or look at the sample."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ganart.settings.recent import RecentProject
from ganart.ui.drawing import Drawing
from ganart.ui.icons import app_icon, icon
from ganart.ui.pages.recent_list import RecentList
from ganart.ui.widgets.text import Caption, Heading, Title

_RADIUS_PX = 8
_ICON_PX = 24
_WIDTH_PX = 880
_LEAST_WIDTH_LETTERS = 110
"""Narrower the sentences of the cards would be columns of words."""


class ActionCard(QAbstractButton):
    """A large button: a drawing, a name and a sentence."""

    def __init__(self, title: str, sentence: str, drawing: str, *, main: bool = False) -> None:
        super().__init__()
        self.setText(title)
        self.setIcon(icon(drawing))
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._main = main
        name = QLabel(title.replace("&", ""))
        font = name.font()
        font.setWeight(QFont.Weight.DemiBold)
        name.setFont(font)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.addSpacing(_ICON_PX + 16)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        row.addLayout(texts, 1)
        texts.addStretch(1)
        for label in (name, Caption(sentence)):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(label)
        texts.addStretch(1)

    def sizeHint(self) -> QSize:
        """Return the size that the texts need."""
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Say that the sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the texts need."""
        return max(64, self._row.totalHeightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        base = palette.color(QPalette.ColorRole.Base)
        is_framed = self.hasFocus() or self._main
        quiet = QPalette.ColorRole.Dark if base.lightness() > 128 else QPalette.ColorRole.Light
        line = accent if is_framed else palette.color(quiet)
        ground = QPalette.ColorRole.Base
        if self.underMouse():  # a fill, for a frame is what has the focus
            ground = QPalette.ColorRole.Button
        if self.isDown():
            ground = QPalette.ColorRole.AlternateBase
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, 2 if self.hasFocus() else 1))
        painter.setBrush(palette.color(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        place = QRect(24, (self.height() - _ICON_PX) // 2, _ICON_PX, _ICON_PX)
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        self.icon().paint(painter, place)


class WelcomePage(QWidget):
    """Says what the studio is for and offers the ways in."""

    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    stylize_asked = Signal()
    lesson_asked = Signal()
    tour_asked = Signal()
    recent_opened = Signal(object)
    recent_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        new = ActionCard(
            self.tr("&New project"),
            self.tr("Begin with a folder of your own pictures."),
            "plus",
            main=True,
        )
        new.clicked.connect(self.new_asked)
        open_ = ActionCard(
            self.tr("&Open a project"),
            self.tr("Go on with a folder that ends in .ganart."),
            "folder",
        )
        open_.clicked.connect(self.open_asked)
        sample = ActionCard(
            self.tr("&Sample project"),
            self.tr("Small pixel-art portraits, ready to train in minutes."),
            "sample",
        )
        sample.clicked.connect(self.sample_asked)
        stylize = ActionCard(
            self.tr("St&ylize photos"),
            self.tr("Repaint them like a painting, without training."),
            "stylize",
        )
        stylize.clicked.connect(self.stylize_asked)
        self.lesson_card = ActionCard(
            self.tr("The &lesson"),
            self.tr("See how networks learn, step by step and live."),
            "train",
        )
        self.lesson_card.clicked.connect(self.lesson_asked)
        self.tour_card = ActionCard(
            self.tr("T&ake a tour"),
            self.tr("Look around in six steps, with the sample project."),
            "explore",
        )
        self.tour_card.clicked.connect(self.tour_asked)
        self.cards = (new, open_, sample, stylize, self.tour_card, self.lesson_card)
        self.recent = RecentList()
        self.recent.opened.connect(self.recent_opened)
        self.recent.removed.connect(self.recent_removed)
        self._no_recent = Caption(self.tr("Projects that you open will be listed here."))
        self._build()

    def main_widget(self) -> QWidget:
        """Return the first way in."""
        return self.cards[0]

    def minimumSizeHint(self) -> QSize:
        """Return a size at which every sentence can be read: the lower, the wider it is."""
        width = _LEAST_WIDTH_LETTERS * self.fontMetrics().averageCharWidth()
        width = max(width, super().minimumSizeHint().width())
        return QSize(width, self._outer.totalMinimumHeightForWidth(width))

    def show_recent(self, projects: Sequence[RecentProject]) -> None:
        """Fill the list of recent projects."""
        self.recent.show_projects(projects)
        self.recent.setVisible(bool(projects))
        self._no_recent.setVisible(not projects)

    def _build(self) -> None:
        begin = QVBoxLayout()
        begin.setSpacing(12)
        begin.addWidget(Heading(self.tr("Begin")))
        for card in self.cards[:-2]:
            begin.addWidget(card)
        begin.addStretch(1)
        recent = QVBoxLayout()
        recent.setSpacing(12)
        recent.addWidget(Heading(self.tr("Recent")))
        recent.addWidget(self.recent)
        recent.addWidget(self._no_recent)
        recent.addWidget(Heading(self.tr("Learn")))
        recent.addWidget(self.tour_card)
        recent.addWidget(self.lesson_card)
        recent.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(48)
        columns.addLayout(begin, 1)
        columns.addLayout(recent, 1)

        column = QWidget()
        column.setMaximumWidth(_WIDTH_PX)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addLayout(self._head())
        layout.addSpacing(40)
        layout.addLayout(columns)
        layout.addSpacing(12)
        layout.addWidget(
            Caption(
                self.tr(
                    "You can also drop a folder of pictures, or a photo to stylize, anywhere on "
                    "this window."
                )
            )
        )
        layout.addStretch(1)
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(40, 24, 40, 24)
        outer.addStretch(1)
        outer.addWidget(column, 1000)
        outer.addStretch(1)

    def _head(self) -> QHBoxLayout:
        drawing = Drawing(app_icon(), 72)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        promise = Caption(
            self.tr(
                "Teach a model the look of your own pictures, then make new art with it. "
                "All on this computer."
            )
        )
        texts.addStretch(1)
        texts.addWidget(Title(self.tr("GanArt Studio")))
        texts.addWidget(promise)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(24)
        head.addWidget(drawing)
        head.addLayout(texts, 1)
        return head
