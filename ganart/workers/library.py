"""What filters and orders are worked out from, kept from one question to the next."""

from pathlib import Path
from typing import TYPE_CHECKING

from ganart.datasets.filters import Filter
from ganart.datasets.picture_table import Keys, Order, PictureTable

if TYPE_CHECKING:
    from ganart.datasets.issues import Diagnosis
    from ganart.datasets.records import PictureRow


class Library:
    """The pictures of one catalogue, for one thread at a time."""

    def __init__(self, catalogue_path: Path) -> None:
        self.path = catalogue_path
        self._table = PictureTable()
        self._diagnosis: Diagnosis | None = None

    def take(self, rows: "list[PictureRow]", diagnosis: "Diagnosis | None" = None) -> None:
        """Answer about these pictures, and what may be wrong with them, from now on."""
        self._diagnosis = diagnosis
        if not self._table.follow(rows):
            self._table = PictureTable(rows)

    def matching(
        self, wanted: Filter, source: Path | None, among: frozenset[int] | None
    ) -> frozenset[int]:
        """Return the numbers of the pictures that fit."""
        fits = self._table.matching(wanted)
        if source is not None:
            fits &= self._table.within(source)
        if among is not None:
            fits &= self._table.among(among)
        return frozenset(self._table.ids()[fits].tolist())

    def sorted(self, order: Order, is_falling: bool, issue: str, alike: int) -> list[int]:
        """Return the numbers of all pictures in their order; equal ones by their paths."""
        keys = self._keys(order, issue, alike)
        places = (-keys if is_falling else keys).argsort(kind="stable")
        ids: list[int] = self._table.ids()[places].tolist()
        return ids

    def _keys(self, order: Order, issue: str, alike: int) -> Keys:
        if order is Order.ISSUE and issue and self._diagnosis is not None:
            return _scores(self._diagnosis, issue, self._table.ids().tolist())
        if order is Order.LIKENESS:
            return self._likeness(alike)
        return self._table.keys(Order.PATH if order is Order.ISSUE else order)

    def _likeness(self, alike: int) -> Keys:
        """Return how far pictures look from one; those that were not measured yet come last."""
        import numpy as np

        from ganart.datasets.catalogue import Catalogue
        from ganart.datasets.likeness import distances

        with Catalogue(self.path) as catalogue:
            imprints = catalogue.imprints()
        if alike not in imprints:
            return self._table.keys(Order.PATH)
        found = distances(list(imprints.values()), imprints[alike])
        known = dict(zip(imprints, found.tolist(), strict=True))
        return np.array([known.get(each, np.inf) for each in self._table.ids().tolist()])


def _scores(diagnosis: "Diagnosis", issue: str, ids: list[int]) -> Keys:
    """Return the scores of an issue; pictures that were not measured yet have none."""
    import numpy as np

    measured = (row.id for row in diagnosis.pictures)
    known = dict(zip(measured, diagnosis.scores[issue].tolist(), strict=True))
    return np.array([known.get(each, 0.0) for each in ids])
