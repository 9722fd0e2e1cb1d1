"""Models from elsewhere, taken into the open project, and models that are given away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ganart.ui.notice_bar import NoticeBar
from ganart.ui.page_stack import PageStack
from ganart.ui.widgets import words
from ganart.ui.widgets.option_words import choice_words
from ganart.workers.imports import ModelImported, import_job
from ganart.workers.session import Session

_MODEL = "model:"
"""What the button of a notice shows, before the name of the model's file."""


class ModelDesk(QObject):
    """Asks for a file where needed, and tells where the model is that came out of it."""

    def __init__(
        self,
        session: Session,
        notice: NoticeBar,
        pages: PageStack,
        make_project: Callable[[], bool],
        window: QWidget,
    ) -> None:
        """`make_project` makes a project where none is open; whether one was made."""
        super().__init__(window)
        self._session = session
        self._notice = notice
        self._pages = pages
        self._make_project = make_project
        self._window = window
        notice.acted.connect(self._show)

    @Slot()
    def choose(self) -> None:
        """Ask for a model file and import it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import a model"),
            str(Path.home()),
            self.tr("Models (*.safetensors);;All files (*)"),
        )
        if chosen:
            self.take([Path(chosen)])

    @Slot(object)
    def take(self, paths: list[Path]) -> None:
        """Import models, one after the other; without a project one is made first."""
        if self._session.project is None and not self._make_project():
            return
        for path in paths:
            if self._session.project is not None:
                text = self.tr("Looking whether the studio can draw with {name} …")
                self._session.notice.emit(text.format(name=path.name))
                run = self._session.begin(import_job(self._session.project, path), "import")
                run.reported.connect(self._on_imported)

    @Slot()
    def give_any_away(self) -> None:
        """Ask which model is to be given away, and how."""
        self.give_away("")

    @Slot(str)
    def give_away(self, model_hash: str) -> None:
        """Ask how a model is to be given away; without a hash the newest one is offered."""
        from ganart.ui.dialogs.model_out import ModelOutDialog  # it loads Pillow and NumPy

        dialog = ModelOutDialog(self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if model_hash:
            dialog.models.choose_hash(model_hash)
        dialog.open()

    @Slot(object)
    def _on_imported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, ModelImported):
                text = self.tr(
                    "{name} was imported: {size}, {network}. It is among the models of the "
                    "Explore page, and new trainings can start from it."
                ).format(
                    name=record.name,
                    size=words.pixels(*record.size_px),
                    network=choice_words("architecture", record.architecture),
                )
                self._notice.tell(text, self.tr("Show &it"), _MODEL + record.path.name)
                self._session.models_changed.emit()

    @Slot(str)
    def _show(self, key: str) -> None:
        project = self._session.project
        if key.startswith(_MODEL) and project is not None:
            self._pages.explore_model(project.models_folder / key.removeprefix(_MODEL))
