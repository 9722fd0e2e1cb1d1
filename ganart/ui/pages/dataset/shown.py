"""Which pictures the Pictures tab shows: what is wished for, in step with what is noted."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from ganart.datasets.picture_table import Order
from ganart.ui.pages.dataset.chooser import Chooser
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.workers.finding import Finder, Found, Wish, fitting
from ganart.workers.order_memory import OrderMemory, Sorting

_FEW = 200
"""So many pictures are looked at here if their notes change; for more all is found anew."""


class Shown(QObject):
    """Fills a model with the pictures that are wished for.

    A picture that fits no longer after it was judged goes at once, and the next one takes its
    place. The order stays as it was found: judging shuffles nothing. One whose step is taken back
    returns to its place and is chosen.
    """

    wished = Signal()
    """Something else is asked for."""
    changed = Signal()
    """Other pictures are shown."""

    def __init__(self, desk: Desk, model: PicturesModel, chooser: Chooser) -> None:
        super().__init__(model)
        self._desk = desk
        self._model = model
        self._chooser = chooser
        self._retraced: Sequence[int] = ()
        self._finder = Finder(desk.session, desk.pictures, self)
        self._finder.found.connect(self._on_found)
        self.scores = self._finder.scores
        self.found = Found(Wish(), [], {}, frozenset())
        desk.pictures.listed.connect(self.find_again)
        desk.pictures.noted.connect(self._on_noted)
        desk.checks_kept.connect(self.scores.judge_again)
        desk.curation.retraced.connect(self._on_retraced)
        desk.session.project_closed.connect(self.forget)
        self._memory = OrderMemory(desk.session, self)
        self._memory.told.connect(self._on_sorting)
        desk.session.project_opened.connect(self._memory.read)
        self._memory.read()
        self.find_again()

    @property
    def wish(self) -> Wish:
        """What is asked for."""
        return self._finder.wish

    def want(self, wish: Wish) -> None:
        """Show what is wished for."""
        if wish.order is Order.ISSUE and not wish.issue:
            wish = replace(wish, order=Order.PATH, is_falling=False)
        if wish != self.wish:
            if (wish.order, wish.is_falling) != (self.wish.order, self.wish.is_falling):
                self._memory.keep(Sorting(wish.order, wish.is_falling))
            self._finder.find(wish)
            self.wished.emit()

    def narrow(self, **changes: object) -> None:
        """Change fields of the filter."""
        asked = replace(self.wish.filter, **changes)  # type: ignore[arg-type]
        self.want(replace(self.wish, filter=asked))

    def show_among(self, ids: Sequence[int], words: str) -> None:
        """Show these pictures, which `words` name, and none of the filters before."""
        self.want(replace(self.wish.everything(), among=frozenset(ids), among_words=words))

    def sort_by_likeness(self) -> None:
        """Begin with the current picture, or the first one, and go on with those most like it."""
        current = self._chooser.current()
        ids = self._model.ids
        alike = current if current is not None else (ids[0] if ids else 0)
        self.want(replace(self.wish, order=Order.LIKENESS, is_falling=False, alike=alike))

    @Slot()
    def show_all(self) -> None:
        """Let all pictures through, in the same order."""
        self.want(self.wish.everything())

    def choose_among_all(self, picture_id: int) -> None:
        """Let all pictures through, and choose one as soon as they are shown."""
        self._retraced = [picture_id]
        self.show_all()
        self.find_again()  # the picture may be newer than what is shown

    @Slot()
    def forget(self) -> None:
        """Ask for everything: the project is another one."""
        self.scores.forget()
        self._finder.find(Wish())
        self.wished.emit()

    @Slot()
    def find_again(self) -> None:
        """Find the same anew."""
        self._finder.find(self.wish)

    def ids(self) -> Sequence[int]:
        """Return the pictures that are shown, in their order."""
        return self._model.ids

    def place(self, picture_id: int) -> int | None:
        """Return where a picture is, None if it is not shown."""
        return self._model.place(picture_id)

    def count(self) -> int:
        """Return how many pictures are shown."""
        return self._model.rowCount()

    def is_finding(self) -> bool:
        """Whether the pictures that are asked for are still looked for."""
        return self._finder.is_finding()

    @Slot(object)
    def _on_sorting(self, sorting: Sorting) -> None:
        self.want(replace(self.wish, order=sorting.order, is_falling=sorting.is_falling))

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        is_sorted_anew = _sorting(found.wish) != _sorting(self.found.wish)
        self.found = found
        self._model.show_ids(found.ids)
        if is_sorted_anew:
            self._chooser.come_into_view()
        if late := self._finder.noted_since():
            self._refresh(late)
        if self._retraced:
            self._choose_retraced()
        self.changed.emit()

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self.found.wish.is_open():
            return
        if len(ids) > _FEW:
            self._finder.find(self.wish)
        else:
            self._refresh(ids)
            self.changed.emit()

    def _refresh(self, ids: set[int]) -> None:
        """Take out and put in pictures whose notes have changed."""
        rows = [row for each in ids if (row := self._desk.pictures.row(each)) is not None]
        fit = fitting(self.found, rows)
        going = {row.id for row in rows if row.id not in fit}
        going = {each for each in going if self._model.place(each) is not None}
        coming = [each for each in fit if self._model.place(each) is None]
        if going:
            self._chooser.leave(going)
            self._model.take_out(going)
        self._model.put_in((each for each in coming if each in self.found.rank), self.found.rank)

    @Slot(object)
    def _on_retraced(self, ids: Sequence[int]) -> None:
        self._retraced = list(dict.fromkeys(ids))
        if not self._finder.is_finding():
            self._choose_retraced()

    def _choose_retraced(self) -> None:
        ids, self._retraced = self._retraced, ()
        places = [place for each in ids if (place := self._model.place(each)) is not None]
        if places:
            self._chooser.choose(places, min(places))


def _sorting(wish: Wish) -> tuple[Order, bool, int]:
    return wish.order, wish.is_falling, wish.alike
