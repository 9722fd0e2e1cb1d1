"""How a training stands, in one line and a bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ganart.ui.widgets.flow import FlowLayout

_BAR_STEPS = 1000


class StatusLine(QWidget):
    """A bar with a line under it: what is going on, and facts at the other end, or below it
    where the width does not suffice for both.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.state = QLabel()
        self.facts = QLabel()
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        line = FlowLayout(ends_apart=True)
        for label in (self.state, self.facts):
            label.setMinimumWidth(1)  # no text makes the window wider
            line.addWidget(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addLayout(line)

    def set_progress(self, share: float | None) -> None:
        """Fill the bar, 0 to 1; None lets it run without an end."""
        if share is None:
            self.bar.setRange(0, 0)
            return
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setValue(round(max(0.0, min(1.0, share)) * _BAR_STEPS))

    def set_state(self, text: str) -> None:
        """Say what is going on."""
        self.state.setText(text)
        self.bar.setAccessibleDescription(text)

    def set_facts(self, facts: list[str]) -> None:
        """Set the facts that stand beside one another."""
        self.facts.setText("   ·   ".join(facts))
