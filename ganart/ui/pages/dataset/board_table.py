"""Panes side by side, as large as fits."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ganart.datasets.records import PictureRow
from ganart.ui.pages.dataset.board_pane import BoardPane
from ganart.ui.widgets.linked_view import Link


class BoardTable(QWidget):
    """One pane for each picture, in as many columns as make the pictures largest."""

    focused = Signal(int)
    """The place of the pane that has got the focus."""
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: list[BoardPane] = []
        self._link = Link()
        self._sides: list[tuple[int, int]] = []
        """Width and height of each picture in pixels, 1 or more."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_rows(self, rows: Sequence[PictureRow]) -> None:
        """Have one pane for each of these pictures, and keep those that are there."""
        panes = {pane.id: pane for pane in self.panes}
        for picture_id in panes.keys() - {row.id for row in rows}:
            pane = panes.pop(picture_id)
            self._link.views.remove(pane.view)
            self._grid.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
        self.panes = [panes.get(row.id) or self._pane(row.id) for row in rows]
        self._sides = [(max(1, row.width), max(1, row.height)) for row in rows]
        most_pixels = max((row.width * row.height for row in rows), default=0)
        for pane, row in zip(self.panes, rows, strict=True):
            pane.show_row(row, most_pixels)
        self._arrange()

    def columns(self) -> int:
        """Return in how many columns the panes lie, 1 or more."""
        sides = self._sides

        def shown(columns: int) -> float:
            """Return how many pixels of the screen the pictures would fill in all."""
            width = self.width() / columns
            height = self.height() / ceil(len(sides) / columns)
            scales = (min(width / w, height / h) for w, h in sides)
            return sum(s * s * w * h for s, (w, h) in zip(scales, sides, strict=True))

        return max(range(1, len(sides) + 1), key=shown, default=1)

    def link(self, is_on: bool, leader: BoardPane | None) -> None:
        """Zoom and pan all of them together from now on, as `leader` is; or each alone again."""
        self._link.is_on = is_on
        if leader is not None:
            self._link.follow(leader.view)

    def _pane(self, picture_id: int) -> BoardPane:
        pane = BoardPane(picture_id, self._link)
        pane.view.focused.connect(self._on_focused)
        pane.view.zoom_changed.connect(self.zoomed)
        return pane

    @Slot()
    def _arrange(self) -> None:
        columns = self.columns()
        for pane in self.panes:
            self._grid.removeWidget(pane)
        for number, pane in enumerate(self.panes):
            self._grid.addWidget(pane, number // columns, number % columns)
        rows = ceil(len(self.panes) / columns)
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 1 if line < rows else 0)
        for line in range(self._grid.columnCount()):
            self._grid.setColumnStretch(line, 1 if line < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)  # a layout must not change while it is at work

    @Slot()
    def _on_focused(self) -> None:
        view = self.sender()
        for place, pane in enumerate(self.panes):
            if pane.view is view:
                self.focused.emit(place)
