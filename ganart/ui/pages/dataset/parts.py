"""Parts of the Dataset page: what it shows when empty, and how far something is."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.datasets.scan import Scanning
from ganart.ui.drawing import Drawing
from ganart.ui.icons import icon
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count
from ganart.workers.errands import Opened, Recognized, Taken

_BAR_PX = 8


class EmptyDataset(QWidget):
    """What the page shows before there are pictures."""

    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        add = self.add_button = QPushButton(self.tr("&Choose a folder…"))
        add.setIcon(icon("folder"))
        add.setDefault(True)
        add.clicked.connect(self.add_asked)
        self._facts = Caption(
            self.tr(
                "Folders inside it are searched too. ZIP files, animations and films can be "
                "dropped as well, and copied pictures pasted. Your files are only ever read. A "
                "hundred pictures of one kind are a good start, and more are better."
            )
        )
        self._facts.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._facts.setMaximumWidth(440)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(Drawing(icon("dataset"), 64), 0, centre)
        layout.addWidget(Heading(self.tr("Drop a folder of pictures here")), 0, centre)
        layout.addWidget(add, 0, centre)
        self.more = QPushButton(self.tr("Other sources"))
        self.more.setFlat(True)
        layout.addWidget(self.more, 0, centre)
        row = QHBoxLayout()
        row.addWidget(self._facts)
        layout.addLayout(row)
        layout.addStretch(3)

    def offer(self, ways: Sequence[QAction]) -> None:
        """Offer other ways than a folder, in a menu."""
        menu = QMenu(self)
        menu.addActions(ways)
        self.more.setMenu(menu)


class ProgressStrip(QWidget):
    """How far something is, with a way to end it. Hidden at first."""

    def __init__(self, name: str, cancel: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_PX)
        self.bar.setAccessibleName(name)
        self.cancel = cancel
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(16)
        self.row.addWidget(self.label)
        self.row.addWidget(self.bar, 1)
        self.row.addWidget(self.cancel)
        self.hide()

    def begin_with(self, text: str) -> None:
        """Show something that has just begun."""
        self.cancel.setEnabled(True)
        self.show_step(text, 0, 0)
        self.show()

    def show_step(self, text: str, done: int, total: int) -> None:
        """Show how far it is; a `total` of 0 is not known."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.label.setText(text)
        self.bar.setAccessibleDescription(text)


class ScanStrip(ProgressStrip):
    """How far a scan is, and what is done before it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        cancel = QPushButton(self.tr("&Cancel"))
        cancel.setAccessibleDescription(self.tr("Ends the scan and keeps what it found."))
        super().__init__(self.tr("Progress of the scan"), cancel, parent)
        self._opened = Path()

    def begin(self) -> None:
        """Show a scan that has just begun."""
        self.begin_with(self.tr("Looking through folders…"))

    def show_records(self, records: Iterable[object]) -> None:
        """Show the newest step among the records of a scan."""
        latest: object = None
        for record in records:
            if isinstance(record, Opened):
                self._opened = record.path
            if isinstance(record, Opened | Taken | Recognized | Scanning):
                latest = record
        if isinstance(latest, Opened):
            latest = Taken(0, 0)
        if isinstance(latest, Taken | Recognized | Scanning):
            self.show_step(self._words(latest), latest.done, latest.total)

    def _words(self, step: Taken | Recognized | Scanning) -> str:
        if isinstance(step, Taken):
            if not step.total:
                return self.tr("Taking pictures out of {name}…").format(name=self._name())
            text = self.tr("Taking pictures out of {name}: {done} of {total}")
        elif isinstance(step, Recognized):
            text = self.tr("Looking for the pictures at their new place: {done} of {total}")
        elif step.total:
            text = self.tr("Looking at pictures: {done} of {total}")
        else:
            return self.tr("Looking through folders…")
        return text.format(name=self._name(), done=count(step.done), total=count(step.total))

    def _name(self) -> str:
        """Return the name of the opened file, of which a long one leaves room for the bar."""
        metrics = self.fontMetrics()
        width = max(self.width() // 4, 80)
        return metrics.elidedText(self._opened.name, Qt.TextElideMode.ElideMiddle, width)
