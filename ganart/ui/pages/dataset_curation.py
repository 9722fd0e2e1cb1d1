"""Which of the pictures are trained on, and how often: buttons, keys and the way back."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QWidget

from ganart.ui.pages.dataset_models import PicturesModel
from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count
from ganart.workers.curation import EXCLUDED, OFTEN, USUAL
from ganart.workers.session import Session


class DatasetCuration(QWidget):
    """What can be done with the selected pictures of a grid; originals are left as they are."""

    def __init__(
        self,
        session: Session,
        grid: QListView,
        pictures: PicturesModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._curation = session.curation
        self._grid = grid
        self._pictures = pictures
        self.hint = Caption()
        self.exclude = self._action(self.tr("E&xclude from training"), ("Del", "X"))
        self.usual = self._action(self.tr("Show as us&ual"), ("1",))
        self.often = self._action(self.tr("Show &2 × as often"), ("2",))
        self.exclude.triggered.connect(self._exclude)
        self.usual.triggered.connect(self._show_as_usual)
        self.often.triggered.connect(self._show_often)
        stack = self._curation.stack
        self.undo = self._action(self.tr("U&ndo"), ())
        self.redo = self._action(self.tr("Red&o"), ())
        for action, deed, changed, possible in (
            (self.undo, stack.undo, stack.canUndoChanged, stack.canUndo()),
            (self.redo, stack.redo, stack.canRedoChanged, stack.canRedo()),
        ):
            action.triggered.connect(deed)
            changed.connect(action.setEnabled)
            action.setEnabled(possible)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint, 1)
        self.buttons = [
            self._button(action)
            for action in (self.exclude, self.usual, self.often, self.undo, self.redo)
        ]
        for button in self.buttons:
            layout.addWidget(button)
        grid.selectionModel().selectionChanged.connect(self._update)
        pictures.modelReset.connect(self._update)
        self._update()

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done with the selected pictures."""
        return [self.exclude, self.usual, self.often]

    def _action(self, text: str, keys: tuple[str, ...]) -> QAction:
        """Return an action whose keys hold while the grid has the focus."""
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._grid.addAction(action)
        return action

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if shown:  # the keys of going back belong to the whole window
            button.setToolTip(f"{action.text().replace('&', '')} ({shown})")
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button

    @Slot()
    def _update(self) -> None:
        chosen = len(self._grid.selectedIndexes())
        for action in self.actions_for_menu():
            action.setEnabled(chosen > 0)
        self.hint.setText(
            self.tr("Selected: {count}").format(count=count(chosen))
            if chosen
            else self.tr("Select pictures to leave them out of trainings, or to show them more.")
        )

    def _set_weight(self, weight: float, text: str) -> None:
        paths = [self._pictures.picture(each).path for each in self._grid.selectedIndexes()]
        self._curation.set_weight(paths, weight, text)

    @Slot()
    def _exclude(self) -> None:
        self._set_weight(EXCLUDED, self.tr("Exclude pictures"))

    @Slot()
    def _show_as_usual(self) -> None:
        self._set_weight(USUAL, self.tr("Show pictures as usual"))

    @Slot()
    def _show_often(self) -> None:
        self._set_weight(OFTEN, self.tr("Show pictures twice as often"))
