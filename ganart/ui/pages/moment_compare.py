"""What a moment is compared with, and how: beside it, one for the other, or blended."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ganart.ui.pages.moment_blend import BlendPanel
from ganart.ui.pages.moment_list import when
from ganart.ui.pages.train_runs import run_title
from ganart.ui.widgets import words
from ganart.ui.widgets.before_after import Compare
from ganart.workers.history import ModelEntry
from ganart.workers.moments import KeptMoment

_BLEND = "blend"
_SCROLL_BAR_PX = 24


class CompareBar(QWidget):
    """The choice of B, another moment or another model, and of the way to compare."""

    changed = Signal()
    """Another B, or another way."""
    mixed = Signal()
    """Another blend of the same two."""
    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[tuple[Path, str, str]] = []
        self._path: Path | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("What A is compared with"))
        self.box.setToolTip(self.tr("In the list above: Shift+click, or B, chooses it too"))
        shrinks = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(shrinks)
        self.box.setMinimumContentsLength(6)
        self.ways = QComboBox()
        self.ways.setAccessibleName(self.tr("Way to compare"))
        self.ways.addItem(self.tr("Side by side"), Compare.SPLIT)
        self.ways.addItem(self.tr("Hold to see A"), Compare.HOLD)
        self.ways.addItem(self.tr("Divider"), Compare.SLIDER)
        self.ways.addItem(self.tr("Blend"), _BLEND)
        self.panel = BlendPanel()
        label = QLabel(self.tr("Compare with &B"))
        label.setBuddy(self.box)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.ways, 0, 2)
        grid.addWidget(self.panel, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.box.currentIndexChanged.connect(self._on_index)
        self.ways.currentIndexChanged.connect(self._on_way)
        self.panel.changed.connect(self.mixed)
        self.panel.keep_wanted.connect(self.keep_wanted)
        self.offer((), ())

    def path(self) -> Path | None:
        """Return the model file of B, None if A is looked at alone."""
        return self._path

    def model_hash(self) -> str:
        """Return the hash of B; empty if there is none."""
        return next((each[1] for each in self._choices if each[0] == self._path), "")

    def way(self) -> Compare:
        """Return how A and B are shown; of a blend there is nothing beside it."""
        way = self.ways.currentData()
        return Compare.HOLD if way == _BLEND else Compare(way)

    def is_blend(self) -> bool:
        """Whether A and B are blended."""
        return self._path is not None and self.ways.currentData() == _BLEND

    def choose(self, path: Path | None) -> None:
        """Compare with another model, or with none."""
        places = [each[0] for each in self._choices]
        self.box.setCurrentIndex(1 + places.index(path) if path in places else 0)

    def offer(self, moments: Sequence[KeptMoment], others: Sequence[ModelEntry]) -> bool:
        """Offer these, the newest moment first; return whether B is not among them any more."""
        self._choices = [(each.path, each.model_hash, when(each)) for each in reversed(moments)]
        self._choices += [(each.path, each.model_hash, _name(each)) for each in others]
        gone = self._path is not None and self._path not in [each[0] for each in self._choices]
        if gone:
            self._path = None
        before = self._path
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(self.tr("nothing"))
            for _, _, name in self._choices:
                self.box.addItem(name)
            self.choose(before)
        # The box itself may be narrower than the names in its list.
        self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + _SCROLL_BAR_PX)
        self.box.setEnabled(bool(self._choices))
        self._show()
        return gone

    @Slot(int)
    def _on_index(self, index: int) -> None:
        self._path = self._choices[index - 1][0] if index > 0 else None
        self._on_way()

    @Slot()
    def _on_way(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.ways.setEnabled(self._path is not None)
        self.panel.setVisible(self.is_blend())


def blend_name(moment: KeptMoment, second: Path, moments: Sequence[KeptMoment], name: str) -> str:
    """Return what to call a blend of a moment with the model file `second`, which is one of the
    `moments` of the same run or called `name`.
    """
    first = words.count(moment.pictures)
    for each in moments:
        if each.path == second:
            text = QCoreApplication.translate("moments", "Blend of {first} and {second} pictures")
            return text.format(first=first, second=words.count(each.pictures))
    text = QCoreApplication.translate("moments", "Blend of {first} pictures and {second}")
    return text.format(first=first, second=name)


def _name(entry: ModelEntry) -> str:
    if not entry.run_id:
        return run_title(entry.label)
    text = QCoreApplication.translate("moments", "{run}, after {count} pictures")
    return text.format(run=run_title(entry.label), count=words.count(entry.pictures))
