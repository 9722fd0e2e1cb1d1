"""The choice of the model to explore."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ganart.ui.pages.explore.model_memory import ModelMemory
from ganart.ui.pages.model_words import model_title
from ganart.ui.widgets.buttons import tool_button
from ganart.workers.history import ModelEntry, ModelsFound, read_models
from ganart.workers.session import Session


class ModelChooser(QWidget):
    """Lists the models of the project and keeps the list fresh."""

    chosen = Signal()
    """Another model is to be explored, or none: see `path`."""
    give_wanted = Signal(str)
    """The hash of the model, which is to be given away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: list[ModelEntry] = []
        self._path: Path | None = None
        self._finished: frozenset[str] = frozenset()
        self._memory = ModelMemory(session)
        self._wanted_run = ""
        self._wanted_hash = ""
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Model"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.currentIndexChanged.connect(self._on_index)
        self.give_button = tool_button("give", self.tr("Give this model away"))
        self.give_button.clicked.connect(self._on_give)
        self.label = QLabel(self.tr("&Model"))
        self.label.setBuddy(self.box)
        self.setFocusProxy(self.box)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label)
        line.addWidget(self.box)
        line.addWidget(self.give_button)
        session.project_opened.connect(self.refresh)
        session.project_closed.connect(self.clear)
        session.training_changed.connect(self.refresh)

    def path(self) -> Path | None:
        """Return the file of the chosen model."""
        return self._path

    def has(self, path: Path) -> bool:
        """Whether the list holds a model file."""
        return any(entry.path == path for entry in self._entries)

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        if self._session.project is not None:
            job = self._session.begin(read_models(self._session.project), "models")
            job.reported.connect(self._on_read)

    @Slot()
    def clear(self) -> None:
        """Forget the models of a closed project."""
        self._entries = []
        self._path = None
        self._fill()

    def choose(self, path: Path) -> None:
        """Explore a model file, whether or not it is in the list yet."""
        self._path = path
        self._wanted_run = ""
        self.remember()
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self._index_of(path))
        self.chosen.emit()
        if not self.has(path):
            self.refresh()

    def choose_run(self, run_id: str) -> None:
        """Explore the newest model of a run, as soon as the list is read."""
        self._wanted_run = run_id
        self.refresh()

    def choose_hash(self, model_hash: str) -> None:
        """Choose the model of a hash, as soon as the list is read."""
        self._wanted_hash = model_hash
        self.refresh()

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, ModelsFound):
                self._entries = list(record.models)
                self._finished = record.finished
                self._fill()

    def _fill(self) -> None:
        before = self._path
        with QSignalBlocker(self.box):
            self._list_entries()
            path = self._path_to_show()
            self.box.setCurrentIndex(self._index_of(path))
        self.box.setEnabled(bool(self._entries))
        self._path = path
        if path != before or path is None:
            self.chosen.emit()

    def _list_entries(self) -> None:
        # In place: the list may be open while a training publishes a newer model.
        while self.box.count() > len(self._entries):
            self.box.removeItem(self.box.count() - 1)
        for row, entry in enumerate(self._entries):
            if row == self.box.count():
                self.box.addItem("")
            self.box.setItemText(row, model_title(entry))

    def _path_to_show(self) -> Path | None:
        if self._wanted_run:
            of_run = [entry for entry in self._entries if entry.run_id == self._wanted_run]
            self._wanted_run = ""
            if of_run:
                newest = max(of_run, key=lambda entry: (entry.step, entry.kind.value == "live"))
                self._memory.keep(newest.path)
                return newest.path
        if self._wanted_hash:
            wanted, self._wanted_hash = self._wanted_hash, ""
            for entry in self._entries:
                if entry.model_hash == wanted:
                    return entry.path
        if self._path is not None and (self.has(self._path) or self._path.exists()):
            return self._path
        return self._usual_path()

    def _usual_path(self) -> Path | None:
        """Return what was explored last, else the newest of the runs that have finished, else the
        newest, which may have been broken off after seconds.
        """
        recalled = self._memory.recalled()
        if recalled is not None and self.has(recalled):
            return recalled
        finished = (entry.path for entry in self._entries if entry.run_id in self._finished)
        return next(finished, self._entries[0].path if self._entries else None)

    def _index_of(self, path: Path | None) -> int:
        for index, entry in enumerate(self._entries):
            if entry.path == path:
                return index
        return -1

    @Slot()
    def _on_give(self) -> None:
        entry = next((each for each in self._entries if each.path == self._path), None)
        self.give_wanted.emit(entry.model_hash if entry is not None else "")

    @Slot()
    def remember(self) -> None:
        """Have the project remember the chosen model as the one that is explored."""
        if self._path is not None:
            self._memory.keep(self._path)

    @Slot(int)
    def _on_index(self, index: int) -> None:
        self._path = self._entries[index].path if 0 <= index < len(self._entries) else None
        self.chosen.emit()
