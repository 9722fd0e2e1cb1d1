"""Which pictures of a grid are chosen, by ranges, so that tens of thousands take no time."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView

from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.selection import chosen_rows, in_runs, selection_of
from ganart.workers.pictures import Pictures

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_Flag = QItemSelectionModel.SelectionFlag


class Chooser(QObject):
    """Reads and changes the selection of a view of pictures."""

    moved = Signal()
    """The current picture is another one."""

    def __init__(self, view: QAbstractItemView, model: PicturesModel, pictures: Pictures) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._pictures = pictures
        view.selectionModel().currentChanged.connect(self.moved)

    def is_visible(self) -> bool:
        """Whether the view can be seen."""
        return self._view.isVisible()

    def chosen(self) -> Sequence[int]:
        """Return the ids of the selected pictures in their order."""
        ids = self._model.ids
        runs = chosen_rows(self._view.selectionModel())
        return [each for run in runs for each in ids[run.start : run.stop]]

    def count(self) -> int:
        """Return how many pictures are selected."""
        return sum(len(run) for run in chosen_rows(self._view.selectionModel()))

    def current(self) -> int | None:
        """Return the id of the picture that keys start from."""
        index = self._view.currentIndex()
        return self._model.ids[index.row()] if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Select one picture alone, and bring it into view; a place outside is passed over."""
        index = self._model.index(place)
        if index.isValid():
            self._view.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
            self._view.scrollTo(index)

    def come_into_view(self) -> None:
        """Have the current picture in view, or the first ones if nothing is selected."""
        index = self._view.currentIndex()
        if index.isValid() and self._view.selectionModel().hasSelection():
            self._view.scrollTo(index)
        else:
            self._view.scrollToTop()

    def choose(self, places: Iterable[int], current: int | None = None) -> None:
        """Select the pictures at these places and no others; `current` is where keys start from."""
        selection = selection_of(self._model, in_runs(sorted(places)))
        if current is not None:
            index = self._model.index(current)
            self._view.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
            self._view.scrollTo(index)
        self._view.selectionModel().select(selection, _Flag.ClearAndSelect)

    def leave(self, going: set[int]) -> None:
        """Go on to the next picture that stays if the current one is among those that go."""
        if self.current() not in going:
            return
        ids, place = self._model.ids, self._view.currentIndex().row()
        behind = (each for each in range(place + 1, len(ids)) if ids[each] not in going)
        before = (each for each in range(place - 1, -1, -1) if ids[each] not in going)
        target = next(behind, next(before, None))
        if target is not None:
            self.go_to(target)

    @Slot()
    def all(self) -> None:
        """Select all that is shown."""
        self._view.selectAll()

    @Slot()
    def none(self) -> None:
        """Select nothing."""
        self._view.selectionModel().clearSelection()

    @Slot()
    def invert(self) -> None:
        """Select what is not selected, and nothing else."""
        whole = selection_of(self._model, [range(self._model.rowCount())])
        self._view.selectionModel().select(whole, _Flag.Toggle)

    def choose_folder(self, folder: Path) -> None:
        """Select the pictures that lie in a folder itself."""
        name = str(folder)  # no object for each of tens of thousands of folders
        self._choose_if(lambda row: os.path.dirname(row.path) == name)  # noqa: PTH120

    def choose_tag(self, tag: str) -> None:
        """Select the pictures that have a tag."""
        self._choose_if(lambda row: tag in row.tags)

    def _choose_if(self, fits: "Callable[[PictureRow], bool]") -> None:
        rows = map(self._pictures.row, self._model.ids)
        self.choose(place for place, row in enumerate(rows) if row is not None and fits(row))
