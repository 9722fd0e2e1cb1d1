"""What is asked for, as small buttons that take one wish back each."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from ganart.ui.icons import icon
from ganart.ui.pages.dataset.filter_words import FilterWords
from ganart.ui.pages.dataset.shown import Shown
from ganart.ui.pages.dataset.tally import RunningTally
from ganart.ui.widgets.flow import FlowLayout
from ganart.ui.widgets.words import count

_TEXT_PX = 220


class FilterChips(QWidget):
    """A line that is there while not everything is asked for: how many fit, and why."""

    def __init__(self, shown: Shown, tally: RunningTally, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._tally = tally
        self._words = FilterWords(self)
        self.counted = QLabel()
        self.clear = QToolButton()
        self.clear.setText(self.tr("Clear all"))
        self.clear.setToolTip(self.tr("Show all pictures again (Ctrl+Backspace)"))
        self.clear.clicked.connect(shown.show_all)
        self.chips: list[QToolButton] = []
        self._layout = FlowLayout(self, spacing_px=4)
        shown.wished.connect(self._show_wish)
        shown.changed.connect(self._count)
        tally.changed.connect(self._count)
        self._show_wish()

    @Slot()
    def _show_wish(self) -> None:
        """Make the chips anew."""
        had_focus = any(chip.hasFocus() for chip in self.chips)
        while self._layout.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self._layout.addWidget(self.counted)
        self.chips = [self._chip(text) for text, _ in self._words.chips(self._shown.wish)]
        for widget in (*self.chips, self.clear):
            self._layout.addWidget(widget)
        self.setVisible(bool(self.chips))
        if had_focus and self.chips:
            self.chips[0].setFocus()
        self._count()

    def _chip(self, text: str) -> QToolButton:
        chip = QToolButton()
        chip.setIcon(icon("close"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        elided = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _TEXT_PX)
        chip.setText(elided.replace("&", "&&"))
        name = self.tr("Ask no more for: {filter}").format(filter=text)
        chip.setAccessibleName(name)
        chip.setToolTip(name)
        chip.clicked.connect(self._on_chip)
        return chip

    @Slot()
    def _on_chip(self) -> None:
        place = next((n for n, chip in enumerate(self.chips) if chip is self.sender()), None)
        if place is not None:
            self._shown.want(self._words.chips(self._shown.wish)[place][1])

    @Slot()
    def _count(self) -> None:
        text = self.tr("{shown} of {all} shown")
        self.counted.setText(
            text.format(shown=count(self._shown.count()), all=count(self._tally.total))
        )
