"""What is chosen for the picture at hand, beside it: fill, ground, size; and what comes of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.framing_fills import FillChoices, GroundChoice
from ganart.ui.pages.dataset.size_choice import SizeChoice
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption, Heading

WIDTH_PX = 320
_PREVIEW_PX = 196


def action_button(action: QAction, tip: str) -> QPushButton:
    """Return a button for an action; its tip names the key."""
    button = QPushButton(action.text())
    key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    button.setToolTip(f"{tip} ({key})" if key else tip)
    button.setCheckable(action.isCheckable())
    if action.isCheckable():
        button.toggled.connect(action.setChecked)
        action.toggled.connect(button.setChecked)
    else:
        button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button


class FramingPanel(QScrollArea):
    """Shows and asks; does nothing by itself."""

    usual_wanted = Signal(bool)
    """Whether the usual framing is to be edited, and not that of the picture at hand."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own = Chip(self.tr("This picture"))
        self.usual = Chip(self.tr("All without an own one"))
        self.usual.setToolTip(
            self.tr("How all pictures are framed for which nothing else was chosen")
        )
        self.own.setChecked(True)
        self.state = Caption()
        self.heading = Heading()
        self.preview = PictureView()
        self.preview.setAccessibleName(self.tr("What training sees of this picture"))
        self.preview.setFixedHeight(_PREVIEW_PX)
        self.size_choice = SizeChoice(desk)
        self.fills = FillChoices()
        self.ground = GroundChoice()
        self.thirds = QCheckBox(self.tr("Lines at the thirds"))
        self.thirds.setToolTip(self.tr("Key: G"))
        self.buttons = QGridLayout()
        self.propose = QPushButton(self.tr("Propose crops …"))
        self._build()

    def _build(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.own)
        group.addButton(self.usual)
        self.usual.toggled.connect(self.usual_wanted)
        whose = QHBoxLayout()
        whose.setSpacing(6)
        whose.addWidget(self.own)
        whose.addWidget(self.usual, 1)
        self.buttons.setSpacing(6)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(6, 0, 6, 0)  # which is not mirrored
        column.setSpacing(8)
        column.addLayout(whose)
        column.addWidget(self.state)
        column.addWidget(self.heading)
        column.addWidget(self.preview)
        column.addWidget(self.size_choice)
        column.addWidget(self.fills)
        column.addWidget(self.ground)
        column.addWidget(self.thirds)
        column.addLayout(self.buttons)
        column.addWidget(Fold(self.tr("Keys"), Caption(self.keys())))
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus in it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH_PX)

    def keys(self) -> str:
        """Return what the keys do, a line each."""
        keys = (
            self.tr("Arrows: move by a pixel of training"),
            self.tr("Shift with arrows: ten times as far"),
            self.tr("Ctrl with arrows: larger or smaller about the middle"),
            self.tr("Alt with arrows: the same from the upper left"),
            self.tr("F: click, or point by arrows, at what is to be in the middle"),
            self.tr("N, B: next picture, picture before"),
            self.tr("G: lines at the thirds"),
            self.tr("R: frame as usual"),
            self.tr("Ctrl+C, Ctrl+V: copy, paste to the selected ones"),
            self.tr("+, −, 0, 1: zoom, show all, pixel by pixel"),
        )
        return "\n".join(keys)

    def offer_proposals(self) -> None:
        """Put the button for proposals after those of the actions."""
        place = self.buttons.count()
        self.buttons.addWidget(self.propose, place // 2, place % 2)

    def allow_proposals(self, has_pictures: bool, are_cut: bool) -> None:
        """Allow to ask for proposals, where the usual way is to cut pictures."""
        self.propose.setEnabled(has_pictures and are_cut)
        self.propose.setToolTip(
            self.tr("Looks in each picture for what stands out, and brings it into the crop")
            if are_cut
            else self.tr("Pictures are kept whole in the usual way, so there is nothing to crop")
        )

    def add_action(self, action: QAction, tip: str) -> None:
        """Offer an action as a button, two in a row."""
        place = self.buttons.count()
        self.buttons.addWidget(action_button(action, tip), place // 2, place % 2)
