"""Frees Python's cycles of objects in the window's thread alone."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MS = 200


class Collector(QObject):
    """Stands in for Python's own collector, which runs in whatever thread makes an object.

    There it may destroy a Qt object that belongs to the window: it then holds a lock of Qt's and
    waits for Python's, while the window's thread does the reverse, and both wait for ever.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    @Slot()
    def look(self) -> None:
        """Collect as far as Python itself would have done by now."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))

    @Slot()
    def spare_what_is_loaded(self) -> None:
        """Look no more at what there is now, such as all of torch: that takes a tenth of a second
        each time, and none of it will ever be free.
        """
        gc.freeze()

    def stop(self) -> None:
        """Give the task back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
