"""From a recipe to the model that it needs."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.media.recipe import Recipe
from ganart.ui.widgets.text import told
from ganart.workers.history import ModelFound, look_for_model
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session


class RecipeOpener(QObject):
    """Looks for the model of the newest recipe that it was given."""

    found = Signal(object, object)
    """The `Recipe` and the `Path` of its model."""
    missing = Signal(str)
    """A sentence that says so."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._recipe: Recipe | None = None
        session.project_closed.connect(self._forget)

    def open(self, recipe: Recipe) -> None:
        """Look for the model of a recipe in the open project."""
        if self._session.project is None:
            return
        self._recipe = recipe
        job = look_for_model(self._session.project, recipe.model_hash, recipe.preset)
        run = self._session.begin(job, "recipe", announce=False)
        run.reported.connect(self._on_reported)
        run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, ModelFound) and self._recipe is not None:
                self.found.emit(self._recipe, record.path)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.missing.emit(told(report.error, report.text))

    @Slot()
    def _forget(self) -> None:
        self._recipe = None
