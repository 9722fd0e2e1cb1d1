"""Tells once a start that there is a card that could compute, where the pack for it is missing."""

from PySide6.QtCore import QObject, Signal, Slot

from ganart.ui.notice_bar import NoticeBar
from ganart.workers.pack import PackState, look_job
from ganart.workers.session import Session

_KEY = "graphics card"


class PackOffer(QObject):
    """Looks when it is known what computes; whoever does not want it switches it off for good."""

    wanted = Signal()
    """The person wants to know more."""

    def __init__(self, session: Session, notice: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._notice = notice
        session.device_described.connect(self._look)
        notice.acted.connect(self._on_acted)

    @Slot()
    def _look(self) -> None:
        device = self._session.device
        if device is None or device.kind != "cpu" or not self._session.settings.get("offer_pack"):
            return
        run = self._session.begin_apart(look_job, "graphics card", announce=False)
        run.reported.connect(self._take)

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PackState) and record.is_offered() and record.card:
                text = self.tr("{name} could compute many times as fast, with a pack for it.")
                text = text.format(name=record.card.name)
                self._notice.tell(text, self.tr("&Show it"), _KEY)

    @Slot(str)
    def _on_acted(self, key: str) -> None:
        if key == _KEY:
            self.wanted.emit()
