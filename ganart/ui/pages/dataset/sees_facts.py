"""What becomes of the pictures on their way to training, in sentences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.widgets.text import Heading, give_way
from ganart.ui.widgets.words import count
from ganart.workers.run import Run
from ganart.workers.shown_facts import MUCH, Facts, facts_job

_DELAY_MS = 200
_ENLARGED = "enlarged"
_MUCH_CUT = "cut"


class SeesFacts(QWidget):
    """How many pictures that makes, and lines about what is lost, with ways to those concerned.

    Counts away from the window, and only while it can be seen.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: Run | None = None
        self.facts: Facts | None = None
        self.total = Heading()
        give_way(self.total)
        self.lines = QLabel()
        give_way(self.lines)
        self.lines.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag
        self.lines.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        self.lines.setAccessibleName(self.tr("What becomes of the pictures"))
        self.lines.linkActivated.connect(self._show_pictures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.total)
        layout.addWidget(self.lines)
        self._soon = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._soon.timeout.connect(self._count)

    def refresh(self) -> None:
        """Count anew, when nothing has changed for a moment."""
        self._soon.start()

    def stop(self) -> None:
        """Count no more."""
        self._soon.stop()
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.stop()
            self._run = None

    @Slot()
    def _count(self) -> None:
        self.stop()
        session = self._desk.session
        if session.project is None:
            return
        rows = tuple(self._desk.pictures.rows)
        job = facts_job(rows, session.usual_framing.framing, session.shown_as.showing.size)
        self._run = session.begin(job, "facts", announce=False)
        self._run.reported.connect(self._on_reported)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Facts):
                self.facts = record
                self._tell(record)

    def _tell(self, facts: Facts) -> None:
        showing = self._desk.session.shown_as.showing
        if showing.times > 1:
            text = self.tr("{count} pictures of {width} × {height} px, shown as {many}")
        else:
            text = self.tr("{count} pictures of {width} × {height} px")
        width, height = showing.size
        self.total.setText(
            text.format(
                count=count(facts.shown),
                width=count(width),
                height=count(height),
                many=count(facts.shown * showing.times),
            )
        )
        self.lines.setText("".join(f"<p>{line}</p>" for line in self._lines(facts)))

    def _lines(self, facts: Facts) -> list[str]:
        lines = []
        if facts.shown:
            text = self.tr("On average {share} % of a picture is cut off.")
            lines.append(text.format(share=count(100 * facts.cut)))
        if facts.much_cut:
            text = self.tr("Losing more than {share} %: {count}.")
            text = text.format(count=count(len(facts.much_cut)), share=count(100 * MUCH))
            lines.append(f"{text} {self._link(_MUCH_CUT)}")
        if facts.enlarged:
            text = self.tr("Smaller than the training, so enlarged and softer: {count}.")
            text = text.format(count=count(len(facts.enlarged)))
            lines.append(f"{text} {self._link(_ENLARGED)}")
        if facts.own:
            lines.append(self.tr("Framed on their own: {count}.").format(count=count(facts.own)))
        if facts.rejected:
            text = self.tr("Rejected and left out: {count}.")
            lines.append(text.format(count=count(facts.rejected)))
        return lines

    def _link(self, target: str) -> str:
        text = self.tr("Show them")
        return f'<a href="{target}">{text}</a>'

    @Slot(str)
    def _show_pictures(self, target: str) -> None:
        if self.facts is None:
            return
        ids: Sequence[int] = self.facts.much_cut
        words = self.tr("Much of them is cut off")
        if target == _ENLARGED:
            ids, words = self.facts.enlarged, self.tr("Smaller than the training")
        self._desk.show_wanted.emit(ids, words)
