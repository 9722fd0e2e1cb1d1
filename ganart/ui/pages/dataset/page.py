"""The Dataset page: folders of pictures on one side, what is in them in tabs on the other."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.datasets.scan import Scanned, Scanning
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.overview_tab import OverviewTab
from ganart.ui.pages.dataset.parts import EmptyDataset, ScanStrip, SourceList
from ganart.ui.pages.dataset.pictures_tab import PicturesTab
from ganart.ui.pages.dataset.refused import RefusedFiles
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Caption, Title
from ganart.ui.widgets.words import count
from ganart.workers.run import Run
from ganart.workers.session import Session

_FIRST_REFRESH_MS = 200
_REFRESH_MS = 1000
"""While a scan runs, the pictures found so far are shown at this pace."""


class DatasetPage(QWidget):
    """Everything about the pictures that a model is to learn from."""

    add_asked = Signal()
    """The person wants to choose a folder."""
    stylize_wanted = Signal(object)
    """A list of `Path`s: folders, or one picture, that are to be stylized."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._refresh_soon = QTimer(self, singleShot=True)
        self._refresh_soon.timeout.connect(session.pictures.read)
        self.desk = Desk(session, self)
        self.pictures = PicturesTab(self.desk)
        self.overview = OverviewTab(self.desk)
        self.counts = Caption()
        self.empty = EmptyDataset()
        self.strip = ScanStrip()
        self.sources = SourceList()
        self.refused = RefusedFiles(self.desk)
        self.tabs = QTabWidget()
        self.stack = QStackedWidget()
        self.rescan = QPushButton(self.tr("&Look for new pictures"))
        self.stylize_button = push_button("stylize", self.tr("Styli&ze them"))
        self.stylize_button.setToolTip(self.tr("Take these folders to the Stylize page"))
        self._build()
        self._connect()
        self._show()
        self._follow_scan(session.scanning)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        titles = QVBoxLayout()
        titles.setSpacing(4)
        titles.addWidget(Title(self.tr("Dataset")))
        titles.addWidget(self.counts)
        head.addLayout(titles, 1)
        head.addWidget(self.stylize_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.rescan, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Views of the dataset"))
        self.tabs.addTab(self.pictures, self.tr("&Pictures"))
        self.tabs.addTab(self.overview, self.tr("Overview"))
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.tabs, 1)
        shown.addWidget(self.refused)
        full = QWidget()
        columns = QHBoxLayout(full)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.sources, 1)
        columns.addLayout(shown, 4)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        session, desk = self._session, self.desk
        self.empty.add_asked.connect(self.add_asked)
        self.sources.add_asked.connect(self.add_asked)
        self.sources.removed.connect(session.remove_folder)
        self.rescan.clicked.connect(session.scan)
        self.stylize_button.clicked.connect(self._on_stylize)
        self.strip.cancel.clicked.connect(self._cancel_scan)
        desk.stylize_wanted.connect(self.stylize_wanted)
        desk.pictures.listed.connect(self._show)
        desk.pictures.noted.connect(self._tell_counts)
        session.project_closed.connect(self._refresh_soon.stop)
        session.scan_changed.connect(self._follow_scan)

    # What there is

    @Slot()
    def _show(self) -> None:
        pictures = self.desk.pictures
        self.refused.refresh()
        self.sources.show_sources(tuple(pictures.sources))
        self.rescan.setVisible(bool(pictures.sources))
        self.stylize_button.setVisible(bool(pictures.rows))
        self._tell_counts()
        is_scanning = self._session.scanning is not None
        if pictures.sources and not pictures.rows and not is_scanning:
            self._say_that_nothing_was_found()
        self.stack.setCurrentIndex(1 if pictures.sources or is_scanning else 0)

    @Slot()
    def _tell_counts(self) -> None:
        pictures = self.desk.pictures
        texts = [self.tr("Pictures: {count}").format(count=count(len(pictures.rows)))]
        if excluded := sum(not each.weight for each in pictures.rows):
            texts.append(self.tr("rejected: {count}").format(count=count(excluded)))
        if pictures.refused:
            refused = count(len(pictures.refused))
            texts.append(self.tr("cannot be used: {count}").format(count=refused))
        self.counts.setText("   ·   ".join(texts) if pictures.sources else "")

    def _say_that_nothing_was_found(self) -> None:
        text = self.tr("No picture was found in these folders. Add another one.")
        if self.desk.pictures.refused:
            text = self.tr("No picture in these folders can be used; see below why.")
            self.refused.button.setChecked(True)
        self.counts.setText(text)

    # Scans

    @Slot(object)
    def _follow_scan(self, run: Run | None) -> None:
        self.sources.set_free(run is None)
        self.rescan.setEnabled(run is None)
        if run is None:
            self._refresh_soon.stop()
            self.strip.hide()
            return
        self.strip.begin()
        self.stack.setCurrentIndex(1)
        self._refresh_soon.start(_FIRST_REFRESH_MS)
        run.reported.connect(self._show_scan)

    @Slot(object)
    def _show_scan(self, records: list[object]) -> None:
        latest = [record for record in records if isinstance(record, Scanning)]
        if latest:
            self.strip.show_progress(latest[-1])
        ended = any(isinstance(record, Scanned) for record in records)
        if not ended and not self._refresh_soon.isActive():
            self._refresh_soon.start(_REFRESH_MS)

    @Slot()
    def _cancel_scan(self) -> None:
        self.strip.cancel.setEnabled(False)
        self._session.cancel_scan()

    @Slot()
    def _on_stylize(self) -> None:
        self.stylize_wanted.emit(self.sources.paths())
