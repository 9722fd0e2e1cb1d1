"""What the tabs of the Dataset page share, and what they ask of each other."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ganart.ui.pages.dataset.tally import RunningTally
from ganart.ui.pages.dataset.thumbs import Thumbs
from ganart.workers.session import Session


class Desk(QObject):
    """The open project's pictures, their thumbnails, and the ways between the tabs.

    Pictures are named by their numbers in the catalogue.
    """

    show_wanted = Signal(object, str)
    """A sequence of ids that the Pictures tab is to show, and in words what they are."""
    loupe_wanted = Signal(object, int)
    """A sequence of ids to be looked at one by one, and the one to begin with."""
    compare_wanted = Signal(object)
    """Two ids or more to be looked at side by side."""
    survey_wanted = Signal(object)
    """Two ids or more to be looked at all at once, until those are left that are kept."""
    checks_kept = Signal()
    """The artist's thresholds of issues are others, and in the catalogue."""
    looked_at = Signal(int)
    """The person comes back from looking closely: the id of the picture looked at last."""
    frame_wanted = Signal(object)
    """A sequence of ids that are to be cropped."""
    stylize_wanted = Signal(object)
    """A list of `Path`s."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.pictures = session.pictures
        self.curation = session.curation
        self.tally = RunningTally(self.pictures, self)
        self.thumbs = Thumbs(session, self)

    def paths(self, ids: Iterable[int]) -> list[Path]:
        """Return the files of those pictures that are still known."""
        rows = (self.pictures.row(each) for each in ids)
        return [row.path for row in rows if row is not None]
