"""The choice of the map: seeds, anchors, or the pictures of a sheet."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QTabBar, QWidget

SEEDS = "seeds"
ANCHORS = "anchors"
SHEET = "sheet"
_KEYS = (SEEDS, ANCHORS, SHEET)


class ModeBar(QTabBar):
    """A tab for each map; that of a sheet is there once one was opened."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(self.tr("Map"))
        for text, tip in (
            (self.tr("Seeds"), self.tr("All pictures of the model, one for each seed")),
            (
                self.tr("Anchors"),
                self.tr("Pictures that you put somewhere, and what lies between them"),
            ),
            (self.tr("Sheet"), self.tr("The pictures of the sheet that was opened")),
        ):
            self.setTabToolTip(self.addTab(text), tip)
        self.setTabVisible(_KEYS.index(SHEET), False)
        self.currentChanged.connect(self._on_changed)

    def show_mode(self, key: str) -> None:
        """Let one tab be the current one, without a signal."""
        number = _KEYS.index(key)
        with QSignalBlocker(self):
            self.setTabVisible(number, True)
            self.setCurrentIndex(number)

    def forget_sheet(self) -> None:
        """Show no tab for a sheet any more."""
        with QSignalBlocker(self):
            self.setTabVisible(_KEYS.index(SHEET), False)

    @Slot(int)
    def _on_changed(self, number: int) -> None:
        self.chosen.emit(_KEYS[number])
