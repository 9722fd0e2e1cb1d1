"""In place of groups of duplicates: the progress of the search, or that there are none."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count

_WIDTH_PX = 360


class DuplicatesSearch(QWidget):
    """A few lines in the middle."""

    cancel_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = Caption()
        self.facts.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.facts.setFixedWidth(_WIDTH_PX)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(_WIDTH_PX)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the search"))
        self.cancel = QPushButton(self.tr("Stop searching"))
        self.cancel.clicked.connect(self._cancel)
        self.look = QPushButton(self.tr("Search for duplicates"))
        self.look.clicked.connect(self.look_wanted)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (self.label, self.facts, self.bar, self.cancel, self.look):
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(widget)
            row.addStretch()
            layout.addLayout(row)
        layout.addStretch(3)

    def show_state(self, *, is_looking: bool, has_pictures: bool, has_searched: bool) -> None:
        """Show what there is instead of groups."""
        for widget in (self.bar, self.cancel):
            widget.setVisible(is_looking)
        self.look.setVisible(not is_looking and has_pictures and not has_searched)
        self.facts.hide()
        if is_looking:
            self.bar.setRange(0, 0)
            self.cancel.setEnabled(True)
            self.label.setText(self.tr("Comparing every picture with all others…"))
        elif not has_pictures:
            self.label.setText(self.tr("There are no pictures yet."))
        elif has_searched:
            self.label.setText(self.tr("No picture is there twice.  ✓"))
        else:
            self.label.setText(self.tr("Duplicates were not searched for yet."))

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how many pictures are compared."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        text = self.tr("Comparing pictures: {done} of {total}")
        self.label.setText(text.format(done=count(done), total=count(total)))
        self.bar.setAccessibleDescription(self.label.text())

    @Slot()
    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel_wanted.emit()
