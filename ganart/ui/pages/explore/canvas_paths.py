"""The path across a map: drawn, gone along step by step, and handed on as a loop."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.media.board import resampled
from ganart.media.lattice import Place
from ganart.ui.pages.explore.canvas_actions import CanvasActions
from ganart.ui.pages.explore.canvas_edits import BoardEdits
from ganart.ui.pages.explore.canvas_grounds import AnchorGround, SheetGround
from ganart.ui.pages.explore.canvas_map import MapView

KEYFRAMES = 24
"""Of a loop that is made of a path, at most."""


class PathDesk(QObject):
    """Lets the map and the keys work on the path of the map that is shown; sheets have none."""

    wanted = Signal(object)
    """A tuple of points through which a loop is to go."""

    def __init__(self, chart: MapView, edits: BoardEdits, actions: CanvasActions) -> None:
        super().__init__(chart)
        self._map = chart
        self._edits = edits
        self._actions = actions
        for action, do in (
            (actions.add_stop, self.add_stop),
            (actions.drop_stop, self.drop_stop),
            (actions.clear_path, self.clear),
            (actions.send_path, self.send),
        ):
            action.triggered.connect(do)
        actions.pen.toggled.connect(self._on_pen)
        chart.stroke_drawn.connect(self._on_stroke)

    def refresh(self) -> None:
        """Show the path as it is."""
        has_paths = not (self._map.message or isinstance(self._map.ground, SheetGround))
        self._map.can_draw = has_paths
        self._map.path = self._edits.path(self._is_of_anchors()) if has_paths else ()
        stops = len(self._map.path)
        for action in (self._actions.drop_stop, self._actions.clear_path):
            action.setEnabled(stops > 0)
        self._actions.send_path.setEnabled(stops > 1)
        for action in (self._actions.pen, self._actions.add_stop):
            action.setEnabled(has_paths)
        self._map.update()

    @Slot()
    def add_stop(self) -> None:
        """Let the path go on to the place in the middle."""
        self._edits.extend_path(self._is_of_anchors(), [self._map.place])

    @Slot()
    def drop_stop(self) -> None:
        """Take the last place off the path."""
        self._edits.drop_stop(self._is_of_anchors())

    @Slot()
    def clear(self) -> None:
        """Remove the path."""
        self._edits.clear_path(self._is_of_anchors())

    @Slot()
    def send(self) -> None:
        """Offer the points along the path as keyframes."""
        places = resampled(self._map.path, KEYFRAMES)
        points = [self._map.ground.point_at(place) for place in places]
        found = tuple(point for point in points if point is not None)
        if len(found) > 1:
            self.wanted.emit(found)

    def _is_of_anchors(self) -> bool:
        return isinstance(self._map.ground, AnchorGround)

    @Slot(bool)
    def _on_pen(self, is_on: bool) -> None:
        self._map.pen = is_on

    @Slot(object)
    def _on_stroke(self, stroke: tuple[Place, ...]) -> None:
        self._edits.extend_path(self._is_of_anchors(), stroke)
