"""A slider through the moments of a history; it follows the newest until it is moved back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.widgets.flow import FlowLayout


class Scrubber(QWidget):
    """Chooses one of several labelled moments."""

    moved = Signal(int)
    """Another moment is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[str] = []
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right
        self.slider.setAccessibleName(self.tr("Moment of the training"))
        self.slider.setRange(0, 0)
        self.slider.setEnabled(False)
        self.slider.valueChanged.connect(self._on_moved)
        self.caption = QLabel()
        self.caption.setMinimumWidth(1)  # no text makes the window wider
        self.latest_button = QPushButton(self.tr("&Latest"))
        self.latest_button.setEnabled(False)
        self.latest_button.setToolTip(self.tr("Show the newest pictures and follow them"))
        self.latest_button.clicked.connect(self.follow)
        buttons = QWidget()
        self._buttons = QHBoxLayout(buttons)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addWidget(self.latest_button)
        line = FlowLayout(ends_apart=True)
        line.addWidget(self.caption)
        line.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider)
        layout.addLayout(line)

    def add_button(self, button: QToolButton) -> None:
        """Put another button at the end of the line."""
        self._buttons.addWidget(button)

    def set_moments(self, labels: Sequence[str], shown: int | None = None) -> None:
        """Replace the history and go to moment number `shown`, or to its end."""
        self._labels = list(labels)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(labels) - 1))
        self.slider.setValue(self.slider.maximum() if shown is None else shown)
        self.slider.blockSignals(False)
        self._on_moved(self.slider.value())

    def add_moment(self, label: str) -> None:
        """Add a newest moment; it is shown unless the slider was moved back."""
        follows = self.is_following()
        self._labels.append(label)
        self.slider.setMaximum(len(self._labels) - 1)
        if not follows:
            self._update_buttons()
        elif self.slider.value() == self.slider.maximum():
            self._on_moved(self.slider.value())
        else:
            self.slider.setValue(self.slider.maximum())

    def replace_newest(self, label: str) -> None:
        """Put another moment in the place of the newest one."""
        self._labels[-1] = label
        if self.is_following():
            self._on_moved(self.slider.value())

    def is_following(self) -> bool:
        """Whether the newest moment is shown."""
        return self.slider.value() == self.slider.maximum()

    @Slot()
    def follow(self) -> None:
        """Go to the newest moment."""
        self.slider.setValue(self.slider.maximum())

    @Slot(int)
    def _on_moved(self, index: int) -> None:
        self._update_buttons()
        label = self._labels[index] if self._labels else ""
        self.caption.setText(label)
        self.slider.setAccessibleDescription(label)
        if self._labels:
            self.moved.emit(index)

    def _update_buttons(self) -> None:
        self.slider.setEnabled(len(self._labels) > 1)
        self.latest_button.setEnabled(not self.is_following())
