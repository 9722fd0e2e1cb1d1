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
        self._marks: npt.NDArray[np.str_] | None = None
        self._fingerprints: dict[tuple[str, float], str] = {}
        self.diagnosing.changed.connect(self._renew)
        self.diagnosing.kept.connect(desk.checks_kept)
        desk.pictures.noted.connect(self._on_noted)
        self._renew()

    def is_known(self) -> bool:
        """Whether the pictures were judged."""
        return self._marks is not None

    def unmeasured(self) -> int:
        """Return how many pictures could not be judged."""
        found = self.diagnosing.found
        return 0 if found is None else found.unmeasured

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

    def found(self, key: str, most: int | None = None) -> tuple[Sequence[int], Sequence[float]]:
        """Return the ids of the pictures with an issue and their scores, the worst first.

        Of many only the `most` worst.
        """
        known = self.diagnosing.found
        if known is None:
            return [], []
        places = known.diagnosis.above(self.issues[key], self.threshold(key))[:most]
        return known.ids[places].tolist(), known.diagnosis.scores[key][places].tolist()

    def counted(self, key: str) -> Counted:
        """Return how many pictures have an issue."""
        known = self.diagnosing.found
        if known is None or self._marks is None:
            return Counted(0)
        fine = self.diagnosing.check(key).fine
        marks = self._marks[known.diagnosis.scores[key] > self.threshold(key)]
        return Counted(
            found=len(marks),
            rejected=int((marks == "rejected").sum()),
            open=int((marks == "none").sum()),
            is_fine=bool(fine) and fine == self.fingerprint(key),
        )

    def fingerprint(self, key: str) -> str:
        """Return a short text for the pictures with an issue; empty before they are known."""
        from ganart.datasets import checks

        known = self.diagnosing.found
        if known is None:
            return ""
        place = (key, self.threshold(key))
        if place not in self._fingerprints:
            found = known.diagnosis.scores[key] > self.threshold(key)
            self._fingerprints[place] = checks.fingerprint(known.ids[found])
        return self._fingerprints[place]

    def histogram(self, key: str, bins: int) -> Sequence[int]:
        """Return how many pictures have which score, from 0 to 1."""
        import numpy as np

        known = self.diagnosing.found
        if known is None:
            return [0] * bins
        counts: list[int] = np.histogram(known.diagnosis.scores[key], bins, (0, 1))[0].tolist()
        return counts

    @Slot()
    def _renew(self) -> None:
        """Take what was found out, or that nothing is known."""
        import numpy as np

        known = self.diagnosing.found
        self._fingerprints.clear()
        self._marks = None
        if known is not None:
            row = self._desk.pictures.row
            rows = (row(each.id) or each for each in known.diagnosis.pictures)
            self._marks = np.array([each.mark for each in rows], "U8")
        self.changed.emit()

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        known = self.diagnosing.found
        if known is None or self._marks is None:
            return
        for picture_id in ids:
            place = known.places.get(picture_id)
            row = self._desk.pictures.row(picture_id)
            if place is not None and row is not None:
                self._marks[place] = row.mark
        self.noted.emit()
