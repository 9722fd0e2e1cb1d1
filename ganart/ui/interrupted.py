"""Looks, when a project is opened, for a painting that a crash or a power cut has ended."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.project.store import Project
from ganart.workers.session import Session


class InterruptedPaintings(QObject):
    """Reads the paintings of a project on a thread."""

    found = Signal(object)
    """The work folder of the newest painting that was cut short."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.project_opened.connect(self._on_project_opened)

    @Slot(object)
    def _on_project_opened(self, project: Project) -> None:
        from ganart.workers.paintings import read_paintings  # brings NumPy

        if project.paintings_folder.is_dir():
            run = self._session.begin(read_paintings(project), "interrupted", announce=False)
            run.reported.connect(self._on_read)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        from ganart.workers.paintings import PaintingsFound

        # One that was begun in the meantime is not cut short.
        if self._session.project is None or self._session.styling.run("painting") is not None:
            return
        for record in records:
            if isinstance(record, PaintingsFound):
                cut = [each.folder for each in record.records if each.status == "running"]
                if cut and cut[0].parent == self._session.project.paintings_folder:
                    self.found.emit(cut[0])
