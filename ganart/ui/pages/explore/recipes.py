"""From a recipe to the model that it needs."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from ganart.media.recipe import Recipe
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import told
from ganart.workers.locating import ModelFound, look_for_model, take_model
from ganart.workers.run import ErrorReport, Job, Run
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
        """Look for the model of a recipe in the open project, then in those opened lately."""
        project = self._session.project
        if project is None:
            return
        self._recipe = recipe
        others = self._session.recent.paths()
        self._begin(look_for_model(project, recipe.model_hash, recipe.preset, others))

    def locate(self, place: Path) -> None:
        """Take the model out of a file or another project's folder, as a person points at it."""
        if self._session.project is not None and self._recipe is not None:
            self._begin(take_model(self._session.project, self._recipe.model_hash, place))

    def _begin(self, job: Job) -> None:
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
                if record.origin is not None:
                    text = self.tr("The model was copied into this project from {place}.")
                    self._session.notice.emit(text.format(place=record.origin.name))

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        if self.sender() is self._run:
            self.missing.emit(told(report.error, report.text))

    @Slot()
    def _forget(self) -> None:
        self._recipe = None
        self._run = None


class LocateBar(QWidget):
    """Two ways to point at a model that was not found."""

    def __init__(self, opener: RecipeOpener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self.file_button = QPushButton(self.tr("Locate the model file…"))
        self.project_button = push_button("folder", self.tr("Locate its project…"))
        self.file_button.clicked.connect(self._choose_file)
        self.project_button.clicked.connect(self._choose_project)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.file_button)
        line.addWidget(self.project_button)
        line.addStretch(1)
        self.hide()

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Locate the model"),
            str(Path.home()),
            self.tr("Models (*.safetensors);;All files (*)"),
        )
        if chosen:
            self._opener.locate(Path(chosen))

    @Slot()
    def _choose_project(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Locate the project"), str(Path.home())
        )
        if chosen:
            self._opener.locate(Path(chosen))
