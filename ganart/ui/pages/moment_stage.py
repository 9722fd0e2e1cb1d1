"""The pictures of one moment, or of two that are compared, with a slider through all moments."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ganart.ui.icons import icon
from ganart.ui.pages.moment_list import when
from ganart.ui.widgets.before_after import BeforeAfter
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.scrubber import Scrubber
from ganart.ui.widgets.text import give_way
from ganart.workers.moments import KeptMoment

_PATIENCE_MS = 300
"""A picture of another moment may stay so long while the new one is drawn."""


class MomentStage(QWidget):
    """Shows what it is given; drawing it is the business of the Moments tab."""

    chosen = Signal(int)
    """The number of a moment, the oldest being 0."""
    star_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = BeforeAfter()
        self.view.set_names(self.tr("A"), self.tr("B"))
        self.view.setAccessibleName(self.tr("Pictures of your seeds"))
        self.view.setAccessibleDescription(
            self.tr(
                "Space, held, shows A alone. Left and Right move the divider. Plus and minus zoom."
            )
        )
        self.scrubber = Scrubber()
        self.scrubber.slider.setAccessibleName(self.tr("Kept moment"))
        self.scrubber.latest_button.setToolTip(self.tr("Show the newest moment and follow on"))
        give_way(self.scrubber.caption)
        self.scrubber.moved.connect(self.chosen)
        self.star_button: QToolButton = tool_button("star", self.tr("Keep this moment for good"))
        self.star_button.setIconSize(QSize(20, 20))
        self.star_button.setCheckable(True)
        self.star_button.clicked.connect(self.star_wanted)
        self.scrubber.add_button(self.star_button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.scrubber)

    def show_moments(self, moments: Sequence[KeptMoment], chosen: int) -> None:
        """Let the slider go through these, the oldest first, and stand at one of them."""
        self.scrubber.blockSignals(True)
        self.scrubber.set_moments([when(each) for each in moments], chosen if moments else None)
        self.scrubber.blockSignals(False)
        self.star_button.setEnabled(bool(moments))

    def choose(self, number: int) -> None:
        """Move the slider without telling of it."""
        self.scrubber.blockSignals(True)
        self.scrubber.slider.setValue(number)
        self.scrubber.blockSignals(False)

    def show_star(self, is_starred: bool) -> None:
        """Show whether the moment is kept for good."""
        self.star_button.setChecked(is_starred)
        self.star_button.setIcon(icon("star-set" if is_starred else "star"))
        tip = self.tr("Starred: kept for good") if is_starred else self.tr("Keep it for good")
        self.star_button.setToolTip(tip)

    def expect(self) -> None:
        """Be told that other pictures are on their way."""
        if not self._patience.isActive():
            self._patience.start()

    def show_first(self, image: QImage) -> None:
        """Show the pictures of A, or those of a blend."""
        self._patience.stop()
        self.view.set_image(image)

    def show_second(self, image: QImage) -> None:
        """Show those of B beside them."""
        self.view.set_after(image)

    def show_alone(self) -> None:
        """Take those of B away."""
        self.view.set_after(QImage())

    def tell(self, text: str) -> None:
        """Show a sentence in place of pictures."""
        self._patience.stop()
        self.view.set_before(QImage())
        self.view.set_placeholder(text)

    @Slot()
    def _lose_patience(self) -> None:
        self.tell(self.tr("Drawing …"))
