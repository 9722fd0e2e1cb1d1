"""What the parts of the Explore page share: the model and the point that is looked at."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ganart.media.point import Point
from ganart.project.store import Project
from ganart.ui.undo import Change
from ganart.workers.previews import ModelInfo, Previewer, PreviewResult
from ganart.workers.session import Session


class Exploration(QObject):
    """One model and one point in it. All parts of the page draw with the same `previewer`."""

    model_changed = Signal()
    """Another model is explored, or none, or its file was replaced by a newer one."""
    point_changed = Signal()
    rendered = Signal(object)
    """A `PreviewResult`, of whoever asked: see its `tag`."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.previewer = Previewer(self)
        self.previewer.rendered.connect(self._on_rendered)
        self.path: Path | None = None
        """The file of the model."""
        self.info: ModelInfo | None = None
        """What the model says of itself, once its first picture was drawn."""
        self.point = Point.at(0)
        session.project_closed.connect(self._on_project_closed)

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self.session.project

    def set_path(self, path: Path | None) -> None:
        """Explore another model."""
        if path != self.path:
            self.path = path
            self.info = None
            self.previewer.rest()  # what is on its way was drawn by another model
        self.model_changed.emit()

    def look_at(self, point: Point, text: str, control: str = "") -> None:
        """Look at another point, with a way back that says `text`.

        Changes in a row of one `control`, such as a slider, are one step back.
        """
        if point != self.point:
            self.session.undo.push(Change(text, self.put, self.point, point, control))

    def put(self, point: Point) -> None:
        """Look at another point, with no way back."""
        self.point = point
        self.point_changed.emit()

    def _on_project_closed(self) -> None:
        self.put(Point.at(0))

    def _on_rendered(self, result: PreviewResult) -> None:
        if result.info is not None:
            self.info = result.info
        self.rendered.emit(result)
