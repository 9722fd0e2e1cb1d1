"""Where a grid was, by its pictures, so that it can be there again when others are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QItemSelectionModel

from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.cell_view import CellView
from ganart.ui.widgets.selection import in_runs, selection_of

_Flag = QItemSelectionModel.SelectionFlag

_MOST_RUNS = 4000
"""Qt takes long to select more apart from each other; then the current picture alone is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was selected, current and uppermost among the pictures that were shown."""

    ids: Sequence[int]
    chosen: list[range]
    current: int
    """Its row, -1 for none."""
    is_current_in_sight: bool
    top: int
    """The first row in sight, -1 for none."""
    below_top_px: int
    """How far that one was scrolled out at the top."""


def place_of(view: CellView, model: PicturesModel) -> Place:
    """Return where a view is."""
    shown, current = view.shown_rows(), view.currentIndex().row()
    top = shown.start if shown else -1
    return Place(
        ids=model.ids,
        chosen=view.chosen_rows(),
        current=current,
        is_current_in_sight=current in shown,
        top=top,
        below_top_px=view.verticalOffset() - view.cells().rect(top).top() if shown else 0,
    )


def go_to(place: Place, view: CellView, model: PicturesModel) -> None:
    """Select what was selected, and be where the view was, as far as these pictures are shown.

    In place of one that is gone comes the next one that is shown.
    """
    view.doItemsLayout()
    current = _near(place, place.current, model)
    found = (model.place(place.ids[row]) for run in place.chosen for row in run)
    runs = in_runs(sorted(row for row in found if row is not None))
    if not runs and place.chosen and current >= 0:
        runs = [range(current, current + 1)]
    selection = view.selectionModel()
    if len(runs) <= _MOST_RUNS:
        selection.select(selection_of(model, runs), _Flag.ClearAndSelect)
    if current >= 0:
        selection.setCurrentIndex(model.index(current), _Flag.NoUpdate)
    top = _near(place, place.top, model)
    if top >= 0:
        view.verticalScrollBar().setValue(view.cells().rect(top).top() + place.below_top_px)
    if place.is_current_in_sight and current >= 0:
        view.scrollTo(model.index(current))


def _near(place: Place, row: int, model: PicturesModel) -> int:
    """Return where a picture is shown now, or else the next one that still is; -1 for none."""
    if row < 0:
        return -1
    onwards = chain(range(row, len(place.ids)), range(row - 1, -1, -1))
    found = (model.place(place.ids[each]) for each in onwards)
    return next((each for each in found if each is not None), -1)
