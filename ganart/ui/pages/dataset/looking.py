"""Ways from a grid of pictures to looking at them closely, and back to the same place."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.selection import chosen_rows

_Flag = QItemSelectionModel.SelectionFlag


class Looking(QObject):
    """Actions of a view of pictures, whose keys hold while it has the focus."""

    def __init__(self, desk: Desk, view: QAbstractItemView, model: PicturesModel) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._model = model
        self.loupe = self._action(
            self.tr("Look at it closely"), ("Space", "Return", "Enter"), self._show_loupe
        )
        self.compare = self._action(self.tr("Compare side by side"), ("C",), self._show_compare)
        self.survey = self._action(self.tr("Survey them all at once"), ("N",), self._show_survey)
        self.all = [self.loupe, self.compare, self.survey]
        view.doubleClicked.connect(self._show_loupe)
        desk.looked_at.connect(self._come_back)
        view.selectionModel().selectionChanged.connect(self._update)
        model.modelReset.connect(self._update)
        self._update()

    def chosen(self) -> list[int]:
        """Return the ids of the selected pictures, in their order."""
        ids = self._model.ids
        return [
            each
            for run in chosen_rows(self._view.selectionModel())
            for each in ids[run.start : run.stop]
        ]

    def _action(self, name: str, keys: Sequence[str], do: object) -> QAction:
        action = QAction(name, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self._view.addAction(action)
        return action

    @Slot()
    def _update(self) -> None:
        chosen = sum(len(run) for run in chosen_rows(self._view.selectionModel()))
        self.loupe.setEnabled(bool(self._model.ids))
        # A key says what is missing, where one of a disabled action would be silent.
        self.compare.setEnabled(chosen >= 1)
        self.survey.setEnabled(chosen >= 1)

    @Slot()
    def _show_loupe(self) -> None:
        """Look at the current picture, among the selected ones or among all."""
        row = max(0, self._view.currentIndex().row())
        if row >= len(self._model.ids):
            return
        chosen, current = self.chosen(), self._model.ids[row]
        is_among = len(chosen) > 1 and current in chosen
        self._desk.loupe_wanted.emit(chosen if is_among else self._model.ids, current)

    @Slot()
    def _show_compare(self) -> None:
        if (chosen := self._several()) is not None:
            self._desk.compare_wanted.emit(chosen)

    @Slot()
    def _show_survey(self) -> None:
        if (chosen := self._several()) is not None:
            self._desk.survey_wanted.emit(chosen)

    def _several(self) -> list[int] | None:
        """Return what is chosen; None, having said what to do, where it is but one."""
        chosen = self.chosen()
        if len(chosen) >= 2:
            return chosen
        self._desk.session.notice.emit(
            self.tr("Select two pictures or more to see them together: Shift+arrows or Ctrl+click.")
        )
        return None

    @Slot(int)
    def _come_back(self, picture_id: int) -> None:
        if not self._view.isVisible():  # it is of another tab
            return
        place = self._model.place(picture_id)
        if place is None:
            return
        index: QModelIndex = self._model.index(place)
        selection = self._view.selectionModel()
        is_alone = not selection.isSelected(index)
        selection.setCurrentIndex(index, _Flag.ClearAndSelect if is_alone else _Flag.NoUpdate)
        self._view.scrollTo(index)
