"""What each issue finds among the pictures, at the thresholds that the artist has set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from ganart.ui.pages.dataset.check_facets import Counted
from ganart.ui.pages.dataset.desk import Desk
from ganart.workers.diagnosis import Diagnosing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ganart.datasets.issues import Issue


class Checked(QObject):
    """Comparisons of a few arrays: quick enough for every step of a slider."""

    changed = Signal()
    """Other pictures are known, or their scores are."""
    noted = Signal()
    """Other pictures are rejected."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from ganart.datasets.issues import ISSUES

        self.issues: dict[str, Issue] = {issue.key: issue for issue in ISSUES}
        self.diagnosing = Diagnosing(desk.session, self)
        self._desk = desk
        self._ids: npt.NDArray[np.int64] | None = None
        self._rejected: npt.NDArray[np.bool_] | None = None
        self._open: npt.NDArray[np.bool_] | None = None
        self._places: dict[int, int] = {}
        self.diagnosing.changed.connect(self._renew)
        desk.pictures.noted.connect(self._on_noted)
        self._renew()

    def is_known(self) -> bool:
        """Whether the pictures were judged."""
        return self._ids is not None

    def label(self, key: str) -> str:
        """Return the name of an issue in the language of the window."""
        return QCoreApplication.translate("issues", self.issues[key].label)

    def help(self, key: str) -> str:
        """Return what an issue means for a training."""
        return QCoreApplication.translate("issues", self.issues[key].help)

    def threshold(self, key: str) -> float:
        """Return the score, 0 to 1, above which pictures have an issue."""
        own = self.diagnosing.check(key).threshold
        return self.issues[key].threshold if own is None else own

    def found(self, key: str) -> tuple[Sequence[int], Sequence[float]]:
        """Return the ids of the pictures with an issue and their scores, the worst first."""
        diagnosis = self.diagnosing.diagnosis
        if diagnosis is None or self._ids is None:
            return [], []
        places = list(diagnosis.facet(self.issues[key], self.threshold(key)).rows)
        return self._ids[places].tolist(), diagnosis.scores[key][places].tolist()

    def counted(self, key: str) -> Counted:
        """Return how many pictures have an issue."""
        diagnosis = self.diagnosing.diagnosis
        if diagnosis is None or self._rejected is None or self._open is None:
            return Counted(0)
        above = diagnosis.scores[key] > self.threshold(key)
        found, rejected, left = (
            int(each.sum()) for each in (above, above & self._rejected, above & self._open)
        )
        has_check = bool(self.diagnosing.check(key).fine)
        is_fine = has_check and self.diagnosing.is_fine(key, self.found(key)[0])
        return Counted(found, rejected, left, is_fine)

    def histogram(self, key: str, bins: int) -> Sequence[int]:
        """Return how many pictures have which score, from 0 to 1."""
        import numpy as np

        diagnosis = self.diagnosing.diagnosis
        if diagnosis is None:
            return [0] * bins
        counts: list[int] = np.histogram(diagnosis.scores[key], bins, (0, 1))[0].tolist()
        return counts

    @Slot()
    def _renew(self) -> None:
        """Take what was diagnosed, or that nothing is known."""
        import numpy as np

        diagnosis = self.diagnosing.diagnosis
        if diagnosis is None:
            self._ids = self._rejected = self._open = None
            self._places = {}
        else:
            row = self._desk.pictures.row
            rows = [row(each.id) or each for each in diagnosis.pictures]
            self._ids = np.array([each.id for each in rows], np.int64)
            self._rejected = np.array([each.mark == "rejected" for each in rows], np.bool_)
            self._open = np.array([each.mark == "none" for each in rows], np.bool_)
            self._places = {each.id: place for place, each in enumerate(rows)}
        self.changed.emit()

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self._rejected is None or self._open is None:
            return
        for picture_id in ids:
            place = self._places.get(picture_id)
            row = self._desk.pictures.row(picture_id)
            if place is not None and row is not None:
                self._rejected[place] = row.mark == "rejected"
                self._open[place] = row.mark == "none"
        self.noted.emit()
