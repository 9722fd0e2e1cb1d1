"""What keeps the rest of a double click from whatever came up under the pointer meanwhile."""

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class ClickShield(QObject):
    """Takes every press of a mouse button in the studio, for as long as a double click may last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._until = QDeadlineTimer()
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._lower)

    def is_up(self) -> bool:
        """Whether presses are taken now."""
        return not self._until.hasExpired()

    def raise_up(self) -> None:
        """Begin, or begin anew."""
        interval_ms = QApplication.doubleClickInterval()
        self._until = QDeadlineTimer(interval_ms)
        self._end.start(interval_ms)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @Slot()
    def _lower(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take presses; all else goes its way."""
        return event.type() in _PRESSES and self.is_up()
