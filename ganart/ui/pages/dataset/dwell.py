"""Notes that a picture was seen once it was the current one for a moment."""

from PySide6.QtCore import QObject, QTimer, Slot

from ganart.ui.pages.dataset.chooser import Chooser
from ganart.ui.pages.dataset.desk import Desk
from ganart.workers.pictures import Note

MOMENT_MS = 700


class Dwell(QObject):
    """Watches where a view's keys start from, as long as the view can be seen."""

    def __init__(self, desk: Desk, chooser: Chooser) -> None:
        super().__init__(chooser)
        self._desk = desk
        self._chooser = chooser
        self._soon = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._soon.timeout.connect(self._note)
        chooser.moved.connect(self._on_moved)

    @Slot()
    def _on_moved(self) -> None:
        if self._chooser.is_visible():
            self._soon.start()

    @Slot()
    def _note(self) -> None:
        current = self._chooser.current()
        if current is not None and self._chooser.is_visible():
            paths = self._desk.paths([current])
            self._desk.curation.note({Note.SEEN: dict.fromkeys(paths, True)})
