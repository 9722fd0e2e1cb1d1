"""The anchors of the canvas: put, chosen, moved, named, coloured, and walked through."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from ganart.media.lattice import Place
from ganart.ui.pages.explore.canvas_actions import CanvasActions
from ganart.ui.pages.explore.canvas_edits import BoardEdits
from ganart.ui.pages.explore.canvas_grounds import AnchorGround
from ganart.ui.pages.explore.canvas_map import MapView
from ganart.ui.pages.explore.canvas_shelf import Row, Shelf
from ganart.ui.pages.explore.exploration import Exploration


class AnchorDesk(QObject):
    """Lets the map, the shelf and the keys work on the same anchors."""

    put_down = Signal(int)
    """The number of a new anchor, or -1 if there are too many already."""

    def __init__(
        self,
        exploration: Exploration,
        chart: MapView,
        edits: BoardEdits,
        shelf: Shelf,
        actions: CanvasActions,
    ) -> None:
        super().__init__(chart)
        self._exploration = exploration
        self._map = chart
        self._edits = edits
        self._shelf = shelf
        self._actions = actions
        self._chosen = -1
        self._ways = 0
        for action, do in (
            (actions.anchor, self.put),
            (actions.next_anchor, self.choose_next),
            (actions.previous_anchor, self.choose_previous),
            (actions.rename_anchor, shelf.edit),
            (actions.colour_anchor, self.ask_for_colour),
            (actions.copy_anchor, self.copy),
            (actions.remove_anchor, self.remove),
        ):
            action.triggered.connect(do)
        chart.anchor_chosen.connect(self.choose)
        chart.anchor_moved.connect(self.move)
        shelf.chosen.connect(self.choose)
        shelf.activated.connect(self.go_to)
        shelf.renamed.connect(edits.rename_anchor)
        shelf.removed.connect(edits.remove_anchor)

    def refresh(self) -> None:
        """Show the anchors as they are, if their map is shown."""
        is_shown = isinstance(self._map.ground, AnchorGround)
        anchors = self._edits.anchors
        self._chosen = min(self._chosen, len(anchors) - 1)
        self._map.anchors = anchors if is_shown else ()
        self._map.chosen = self._chosen
        self._shelf.set_rows([Row(each.name, each.point, each.colour) for each in anchors])
        self._shelf.choose(self._chosen)
        self._shelf.setVisible(is_shown and bool(anchors))
        for action in self._actions.of_anchors:
            action.setEnabled(is_shown and bool(anchors))
        for action in self._actions.of_an_anchor:
            action.setEnabled(is_shown and self._chosen >= 0)
        self._map.update()

    @Slot()
    def put(self) -> None:
        """Put an anchor for the point that is looked at."""
        is_shown = isinstance(self._map.ground, AnchorGround)
        wanted = self._map.place if is_shown else (0.0, 0.0)
        self._take_up(self._edits.add_anchor(self._exploration.point, wanted))

    @Slot()
    def copy(self) -> None:
        """Duplicate the chosen anchor."""
        if self._chosen >= 0:
            self._take_up(self._edits.copy_anchor(self._chosen))

    def _take_up(self, number: int) -> None:
        if number >= 0:
            self.choose(number)
        self.put_down.emit(number)

    @Slot()
    def remove(self) -> None:
        """Take the chosen anchor away."""
        if self._chosen >= 0:
            self._edits.remove_anchor(self._chosen)

    @Slot(int, object, bool)
    def move(self, number: int, place: Place, begins: bool) -> None:
        """Put an anchor elsewhere."""
        self._ways += begins
        self._edits.move_anchor(number, place, f"anchor {number} {self._ways}")

    @Slot(int)
    def choose(self, number: int) -> None:
        """Choose the anchor that is edited."""
        if number != self._chosen:
            self._chosen = number
            self.refresh()

    @Slot()
    def choose_next(self) -> None:
        """Choose the next one, and after the last the first."""
        self._choose_by(1)

    @Slot()
    def choose_previous(self) -> None:
        """Choose the one before."""
        self._choose_by(-1)

    def _choose_by(self, step: int) -> None:
        count = len(self._edits.anchors)
        if count:
            start = self._chosen if self._chosen >= 0 or step > 0 else 0
            self.choose((start + step) % count)
            self.go_to(self._chosen)

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Look at an anchor."""
        self.choose(number)
        self._map.moved.emit(self._edits.anchors[number].place, True)

    @Slot()
    def ask_for_colour(self) -> None:
        """Let the colour of the chosen anchor be picked."""
        number = self._chosen
        if number < 0:
            return
        anchor = self._edits.anchors[number]
        dialog = QColorDialog(QColor(anchor.colour), self._map)
        dialog.setWindowTitle(self.tr("Colour of {name}").format(name=anchor.name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_colour)
        self.dialog = dialog
        dialog.open()

    @Slot(QColor)
    def _on_colour(self, colour: QColor) -> None:
        if 0 <= self._chosen < len(self._edits.anchors):
            self._edits.colour_anchor(self._chosen, colour.name())
