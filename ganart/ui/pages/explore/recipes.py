"""From a recipe to the model that it needs."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.media.recipe import Recipe
from ganart.ui.widgets.text import told
from ganart.workers.history import ModelFound, look_for_model
from ganart.workers.run import ErrorReport, Run
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
        self._run: Run | None = None
        session.project_closed.connect(self._forget)

    def open(self, recipe: Recipe) -> None:
        """Look for the model of a recipe in the open project."""
        if self._session.project is None:
            return
        self._recipe = recipe
        job = look_for_model(self._session.project, recipe.model_hash, recipe.preset)
        self._run = self._session.begin(job, "recipe", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self._recipe is None or self.sender() is not self._run:
            return  # the answer to an older recipe
        for record in records:
            if isinstance(record, ModelFound):
                self.found.emit(self._recipe, record.path)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        if self.sender() is self._run:
            self.missing.emit(told(report.error, report.text))

    @Slot()
    def _forget(self) -> None:
        self._recipe = None
        self._run = None
