"""The line below the map: where the picture that is looked at lies, and how to move on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganart.ui.pages.explore.canvas_grounds import AnchorGround
from ganart.ui.pages.explore.canvas_map import MapView
from ganart.ui.widgets.text import Caption, give_way


class CanvasLine(QWidget):
    """Tells of a map, also to those who do not see it."""

    def __init__(self, chart: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = chart
        self.where = Caption()
        self.hint = Caption()
        for label in (self.where, self.hint):
            give_way(label)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.where, 2)
        line.addWidget(self.hint, 3)

    def tell_place(self) -> None:
        """Tell what the map shows now."""
        if self._map.message:
            text = ""
        elif self._map.is_on_map:
            text = self._map.ground.name(self._map.place)
        else:
            text = self.tr("The picture is not on this map.")
        self.where.setText(text)
        self.hint.setText(self._hint())
        self._map.setAccessibleDescription(f"{text} {self.hint.text()}".strip())

    def tell(self, text: str) -> None:
        """Tell something else until the map shows something new."""
        self.where.setText(text)

    def _hint(self) -> str:
        if self._map.message:
            return ""
        if isinstance(self._map.ground, AnchorGround):
            return self.tr("Arrow keys: go on. Ctrl+arrow keys: move an anchor.")
        return self.tr("Drag, or arrow keys. Zoom: + and −. Space: nearest.")
