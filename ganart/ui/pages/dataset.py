"""The Dataset page: folders of pictures in, thumbnails and a list of what cannot be used out."""

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ganart.datasets.scan import Scanned, Scanning
from ganart.project.store import Project
from ganart.ui.pages.dataset_curation import DatasetCuration
from ganart.ui.pages.dataset_grid import ThumbnailGrid
from ganart.ui.pages.dataset_models import PicturesModel, RefusedModel
from ganart.ui.pages.dataset_parts import EmptyDataset, ScanStrip, SourceList
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.text import Caption, Title
from ganart.ui.widgets.words import count
from ganart.workers.jobs import Listing, listing_job
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.thumbnails import Thumbnails

_FIRST_REFRESH_MS = 200
_REFRESH_MS = 1000
"""While a scan runs, the pictures found so far are shown at this pace."""
_REFUSED_HEIGHT_PX = 160


class DatasetPage(QWidget):
    """Everything about the pictures that a model is to learn from."""

    add_asked = Signal()
    """The person wants to choose a folder."""
    stylize_wanted = Signal(object)
    """A list of `Path`s: folders, or one picture, that are to be stylized."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails: Thumbnails | None = None
        self._listing_run: Run | None = None
        self._is_stale = False
        self._refresh_soon = QTimer(self)
        self._refresh_soon.setSingleShot(True)
        self._refresh_soon.timeout.connect(self.refresh)
        self.pictures = PicturesModel(self)
        self.refused = RefusedModel(self)
        self.grid = ThumbnailGrid()
        self.grid.setModel(self.pictures)
        self.curation = DatasetCuration(session, self.grid, self.pictures)
        self.counts = Caption()
        self.empty = EmptyDataset()
        self.strip = ScanStrip()
        self.sources = SourceList()
        self.refused_view = QTableView()
        self.refused_fold = Fold("", self.refused_view)
        self.stack = QStackedWidget()
        self.rescan = QPushButton(self.tr("&Look for new pictures"))
        self.stylize_button = push_button("stylize", self.tr("Styli&ze them"))
        self.stylize_button.setToolTip(self.tr("Take these folders to the Stylize page"))
        self._build()
        self._connect()
        if session.project is not None:
            self._open(session.project)

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

        view = self.refused_view
        view.setModel(self.refused)
        view.setAccessibleName(self.tr("Files that cannot be used"))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 10)
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        view.horizontalHeader().setDefaultAlignment(lead)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.setFixedHeight(_REFUSED_HEIGHT_PX)
        view.setFrameShape(QFrame.Shape.NoFrame)

        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.grid, 1)
        shown.addWidget(self.curation)
        shown.addWidget(self.refused_fold)
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
        self._show(Listing((), (), ()))

    def _connect(self) -> None:
        self.empty.add_asked.connect(self.add_asked)
        self.sources.add_asked.connect(self.add_asked)
        self.sources.removed.connect(self._session.remove_folder)
        self.rescan.clicked.connect(self._session.scan)
        self.stylize_button.clicked.connect(self._on_stylize)
        self.strip.cancel.clicked.connect(self._cancel_scan)
        self._reveal = QAction(self.tr("&Show in its folder"), self)
        self._reveal.triggered.connect(self._reveal_current)
        self._stylize = QAction(self.tr("Styli&ze this picture"), self)
        self._stylize.triggered.connect(self._stylize_current)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.activated.connect(self._reveal_current)
        self._session.project_opened.connect(self._open)
        self._session.project_closed.connect(self._close)
        self._session.dataset_changed.connect(self._on_dataset_changed)
        self._session.scan_changed.connect(self._follow_scan)

    @Slot(object)
    def _open(self, project: Project) -> None:
        self._close()
        self._thumbnails = Thumbnails(project.catalogue_path, self)
        self.pictures.read_from(self._thumbnails)
        self._follow_scan(self._session.scanning)
        self.refresh()

    @Slot()
    def _close(self) -> None:
        self._refresh_soon.stop()
        self.pictures.read_from(None)
        if self._thumbnails is not None:
            self._thumbnails.stop()
            self._thumbnails.deleteLater()
            self._thumbnails = None
        self._show(Listing((), (), ()))

    @Slot()
    def _on_dataset_changed(self) -> None:
        if self._thumbnails is not None:
            self._thumbnails.retry()
            self.grid.viewport().update()  # asks again for what is missing
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the catalogue again, away from this thread."""
        project = self._session.project
        if project is None:
            return
        if self._listing_run is not None:
            self._is_stale = True
            return
        self._listing_run = self._session.begin(listing_job(project.catalogue_path), "listing")
        self._listing_run.reported.connect(self._take_listing)
        self._listing_run.done.connect(self._end_listing)

    @Slot(object)
    def _take_listing(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Listing) and self._session.project is not None:
                self._show(record)

    @Slot()
    def _end_listing(self) -> None:
        self._listing_run = None
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _show(self, listing: Listing) -> None:
        bar = self.grid.verticalScrollBar()
        place = bar.value()
        self.pictures.show_pictures(listing.pictures)
        bar.setValue(place)
        self.refused.show_files(listing.refused)
        self.sources.show_sources(listing.sources)
        refused = count(len(listing.refused))
        self.refused_fold.button.setText(
            self.tr("Files that cannot be used: {count}").format(count=refused)
        )
        self.refused_fold.setVisible(bool(listing.refused))
        self.rescan.setVisible(bool(listing.sources))
        self.curation.setVisible(bool(listing.pictures))
        self.stylize_button.setVisible(bool(listing.pictures))
        texts = [self.tr("Pictures: {count}").format(count=count(len(listing.pictures)))]
        if excluded := sum(not each.weight for each in listing.pictures):
            texts.append(self.tr("excluded: {count}").format(count=count(excluded)))
        if listing.refused:
            texts.append(self.tr("cannot be used: {count}").format(count=refused))
        self.counts.setText("   ·   ".join(texts) if listing.sources else "")
        is_scanning = self._session.scanning is not None
        if listing.sources and not listing.pictures and not is_scanning:
            self._say_that_nothing_was_found()
        self.stack.setCurrentIndex(1 if listing.sources or is_scanning else 0)

    def _say_that_nothing_was_found(self) -> None:
        text = self.tr("No picture was found in these folders. Add another one.")
        if self.refused.rowCount():
            text = self.tr("No picture in these folders can be used; see below why.")
            self.refused_fold.button.setChecked(True)
        self.counts.setText(text)

    @Slot(object)
    def _follow_scan(self, run: Run | None) -> None:
        self.sources.set_free(run is None)
        self.rescan.setEnabled(run is None)
        if run is None:
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

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.grid.indexAt(place).isValid():
            menu = QMenu(self)
            menu.addActions([self._reveal, self._stylize])
            menu.addSeparator()
            menu.addActions(self.curation.actions_for_menu())
            menu.exec(self.grid.viewport().mapToGlobal(place))

    @Slot()
    def _reveal_current(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            folder = self.pictures.picture(index).path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _stylize_current(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            self.stylize_wanted.emit([self.pictures.picture(index).path])

    @Slot()
    def _on_stylize(self) -> None:
        self.stylize_wanted.emit(self.sources.paths())
