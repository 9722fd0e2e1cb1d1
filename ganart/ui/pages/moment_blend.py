"""How much of B there is in a blend, in all of it or in coarse and fine stages apart."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from ganart.engine.gan.config import TrainConfig
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.workers.moments import Mix

_PERCENT = 100


class BlendPanel(QWidget):
    """Edits a `Mix`."""

    changed = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = _slider(self.tr("Share of B, in percent"))
        self.fine = _slider(self.tr("Share of B in fine stages, in percent"))
        self.share_label = QLabel()
        self.share_text, self.fine_text = QLabel(), QLabel()
        self.apart_box = QCheckBox(self.tr("Fine apart, above"))
        self.apart_box.setToolTip(
            self.tr(
                "Coarse stages of the network shape where things are, fine ones how they are "
                "painted: take the one from A and the other from B."
            )
        )
        self.split = QComboBox()
        self.split.setAccessibleName(self.tr("Side of the picture up to which stages are coarse"))
        self.keep_button: QPushButton = push_button("save", self.tr("Keep this blend"))
        self.keep_button.setToolTip(self.tr("Make it one of your models, to be found in Explore"))
        self.fine_label = QLabel(self.tr("Fine, of B"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.share_label, 0, 0)
        grid.addWidget(self.share, 0, 1)
        grid.addWidget(self.share_text, 0, 2)
        grid.addWidget(self.fine_label, 1, 0)
        grid.addWidget(self.fine, 1, 1)
        grid.addWidget(self.fine_text, 1, 2)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.addWidget(self.apart_box)
        line.addWidget(self.split)
        line.addStretch(1)
        line.addWidget(self.keep_button)
        grid.addLayout(line, 2, 0, 1, 3)
        width = self.fontMetrics().horizontalAdvance(self._percent(_PERCENT))
        for text in (self.share_text, self.fine_text):
            text.setMinimumWidth(width)
            text.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.share.valueChanged.connect(self._on_changed)
        self.fine.valueChanged.connect(self._on_changed)
        self.apart_box.toggled.connect(self._on_changed)
        self.split.currentIndexChanged.connect(self._on_changed)
        self.keep_button.clicked.connect(self.keep_wanted)
        self.set_splits((), TrainConfig())

    def mix(self) -> Mix:
        """Return what was chosen."""
        share = self.share.value() / _PERCENT
        if not self._is_apart():
            return Mix(share)
        return Mix(share, self.fine.value() / _PERCENT, int(self.split.currentData()))

    def set_splits(self, splits: Sequence[int], config: TrainConfig) -> None:
        """Offer these sides in px, of networks of `config`, to tell coarse from fine; where there
        are none, no such thing.
        """
        before = self.split.currentData()
        if [self.split.itemData(index) for index in range(self.split.count())] != list(splits):
            with QSignalBlocker(self.split):
                self.split.clear()
                for side in splits:
                    self.split.addItem(words.pixels(*config.size_at(side)), side)
                chosen = self.split.findData(before)
                self.split.setCurrentIndex(chosen if chosen >= 0 else len(splits) // 2)
        self.apart_box.setVisible(bool(splits))
        self.split.setVisible(bool(splits))
        self._show()

    def set_can_keep(self, can_keep: bool) -> None:
        """Allow keeping the blend or not."""
        self.keep_button.setEnabled(can_keep)

    def _is_apart(self) -> bool:
        return self.apart_box.isChecked() and self.split.count() > 0

    @Slot()
    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        apart = self._is_apart()
        self.share_label.setText(self.tr("Coarse, of B") if apart else self.tr("Share of B"))
        self.split.setEnabled(apart)
        for widget in (self.fine_label, self.fine, self.fine_text):
            widget.setVisible(apart)
        self.share_text.setText(self._percent(self.share.value()))
        self.fine_text.setText(self._percent(self.fine.value()))

    def _percent(self, value: int) -> str:
        return self.tr("{number} %").format(number=words.count(value))


def _slider(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, _PERCENT)
    slider.setValue(_PERCENT // 2)
    slider.setPageStep(10)
    slider.setAccessibleName(name)
    return slider
