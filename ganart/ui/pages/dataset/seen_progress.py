"""How many of the pictures were looked at, in the page's head."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from ganart.ui.pages.dataset.tally import RunningTally
from ganart.ui.widgets.words import count

_BAR_WIDTH_PX = 160
_BAR_HEIGHT_PX = 6


class SeenProgress(QWidget):
    """A thin bar and a line; hidden while there are no pictures."""

    def __init__(self, tally: RunningTally, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tally = tally
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_BAR_WIDTH_PX, _BAR_HEIGHT_PX)
        self.bar.setAccessibleName(self.tr("Pictures looked at"))
        self.label = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label)
        row.addStretch(1)
        tally.changed.connect(self._show_tally)
        self._show_tally()

    @Slot()
    def _show_tally(self) -> None:
        seen, total = self._tally.seen, self._tally.total
        text = self.tr("{seen} of {all} seen").format(seen=count(seen), all=count(total))
        self.label.setText(text)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(seen)
        self.bar.setAccessibleDescription(text)
        self.setVisible(total > 0)
