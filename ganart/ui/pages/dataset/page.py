"""The Dataset page: folders of pictures on one side, what is in them in tabs on the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ganart.datasets.scan import Scanned
from ganart.ui.pages.dataset.closer import Closer
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.export import SetExporter
from ganart.ui.pages.dataset.keys_dialog import Group, KeysDialog, keys_of, without_known
from ganart.ui.pages.dataset.late_tab import LateTab
from ganart.ui.pages.dataset.overview_tab import OverviewTab
from ganart.ui.pages.dataset.parts import EmptyDataset, ScanStrip
from ganart.ui.pages.dataset.pictures_tab import PicturesTab
from ganart.ui.pages.dataset.refused import RefusedFiles
from ganart.ui.pages.dataset.seen_progress import SeenProgress
from ganart.ui.pages.dataset.sources_panel import SourcesPanel
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Caption, Title
from ganart.ui.widgets.words import count
from ganart.workers.run import Run
from ganart.workers.session import Session

if TYPE_CHECKING:
    from ganart.ui.pages.dataset.check_tab import CheckTab
    from ganart.ui.pages.dataset.duplicates_tab import DuplicatesTab
    from ganart.ui.pages.dataset.framing_tab import FramingTab
    from ganart.ui.pages.dataset.sees_tab import SeesTab

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
        self.check = LateTab(self._make_check)
        self.duplicates = LateTab(self._make_duplicates)
        self.framing = LateTab(self._make_framing)
        self.sees = LateTab(self._make_sees)
        self.overview = OverviewTab(self.desk)
        self.counts = Caption()
        self.progress = SeenProgress(self.desk.tally)
        self.empty = EmptyDataset()
        self.strip = ScanStrip()
        self.sources = SourcesPanel(self.desk)
        self.empty.offer(self.sources.ways_in[1:])
        self.exporter = SetExporter(self.desk, lambda: self.pictures.model.ids, self)
        self.refused = RefusedFiles(self.desk)
        self.tabs = QTabWidget()
        self.stack = QStackedWidget()
        self.closer = Closer(self.desk)
        self.levels = QStackedWidget()
        """The tabs, or in their place what is looked at closely."""
        self._focus_before: QWidget | None = None
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
        titles.addWidget(self.progress)
        head.addLayout(titles, 1)
        head.addWidget(self.exporter.button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.stylize_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.rescan, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("dataset-tabs")  # for the tour
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(self.tr("Views of the dataset"))
        self.tabs.addTab(self.pictures, self.tr("&Pictures"))
        self.tabs.addTab(self.check, self.tr("Chec&k"))
        self.tabs.addTab(self.duplicates, self.tr("&Duplicates"))
        self.tabs.addTab(self.framing, self.tr("Framing"))
        self.tabs.addTab(self.sees, self.tr("As the model sees"))
        self.tabs.addTab(self.overview, self.tr("Overview"))
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.tabs, 1)
        shown.addWidget(self.refused)
        shown.setContentsMargins(0, 0, 0, 0)
        beside = QWidget()
        beside.setLayout(shown)
        full = QSplitter(Qt.Orientation.Horizontal)
        full.setHandleWidth(16)
        full.addWidget(self.sources)
        full.addWidget(beside)
        full.setStretchFactor(1, 1)
        full.setChildrenCollapsible(False)
        full.setSizes([220, 780])
        self.tabs.setCornerWidget(self.sources.fold_button, Qt.Corner.TopLeftCorner)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        usual = QWidget()
        layout = QVBoxLayout(usual)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.strip)
        layout.addWidget(self.exporter.strip)
        layout.addWidget(self.stack, 1)
        self.closer.setContentsMargins(16, 12, 16, 12)
        self.levels.addWidget(usual)
        self.levels.addWidget(self.closer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.levels)

    def _make_check(self) -> "CheckTab":
        from ganart.ui.pages.dataset.check_tab import CheckTab

        return CheckTab(self.desk)

    def _make_duplicates(self) -> "DuplicatesTab":
        from ganart.ui.pages.dataset.duplicates_tab import DuplicatesTab

        return DuplicatesTab(self.desk)

    def _make_framing(self) -> "FramingTab":
        from ganart.ui.pages.dataset.framing_tab import FramingTab

        return FramingTab(self.desk)

    def _make_sees(self) -> "SeesTab":
        from ganart.ui.pages.dataset.sees_tab import SeesTab

        return SeesTab(self.desk)

    def _connect(self) -> None:
        session, desk = self._session, self.desk
        self.empty.add_asked.connect(self.add_asked)
        self.sources.add_asked.connect(self.add_asked)
        self.rescan.clicked.connect(session.scan)
        self.stylize_button.clicked.connect(self._on_stylize)
        self.strip.cancel.clicked.connect(self._cancel_scan)
        desk.stylize_wanted.connect(self.stylize_wanted)
        desk.frame_wanted.connect(self._frame)
        desk.pictures.listed.connect(self._show)
        desk.tally.changed.connect(self._tell_counts)
        self.refused.model.modelReset.connect(self._tell_counts)
        desk.show_wanted.connect(self._show_pictures)
        self.closer.opened.connect(self._show_closer)
        self.closer.left.connect(self._show_tabs)
        session.project_closed.connect(self._refresh_soon.stop)
        session.scan_changed.connect(self._follow_scan)
        self.keys = QAction(self.tr("Show all keys"), self)
        self.keys.setShortcuts([QKeySequence("?"), QKeySequence("F1")])
        self.keys.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.keys.triggered.connect(self._show_keys)
        self.addAction(self.keys)

    def show_picture(self, picture_id: int) -> None:
        """Show a picture among all others, selected."""
        self.levels.setCurrentIndex(0)
        self._show_pictures()
        self.pictures.shown.choose_among_all(picture_id)
        self.pictures.grid.setFocus()

    def main_widget(self) -> QWidget:
        """Return what keys are for: the pictures, or what is shown in their place."""
        if self.levels.currentWidget() is self.closer:
            return self.closer.currentWidget() or self.closer
        if self.stack.currentWidget() is self.empty:
            return self.empty.add_button
        if self.tabs.currentWidget() is self.pictures:
            return self.pictures.main_widget()
        return self.tabs.tabBar()

    # What there is

    @Slot()
    def _show(self) -> None:
        pictures = self.desk.pictures
        self.refused.refresh()
        self.rescan.setVisible(bool(pictures.sources))
        self.stylize_button.setVisible(bool(pictures.rows))
        self.exporter.button.setVisible(bool(pictures.rows))
        self._tell_counts()
        is_scanning = self._session.scanning is not None
        if pictures.sources and not pictures.rows and not is_scanning:
            self._say_that_nothing_was_found()
        self._show_side(is_empty=not pictures.sources and not is_scanning)

    def _show_side(self, *, is_empty: bool) -> None:
        """Show the tabs or how to begin; keys that went to the one go to the other."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.stack.isAncestorOf(focus)
        before = self.stack.currentIndex()
        self.stack.setCurrentIndex(0 if is_empty else 1)
        if had_focus and self.stack.currentIndex() != before:
            self.main_widget().setFocus()

    @Slot()
    def _tell_counts(self) -> None:
        pictures, marks = self.desk.pictures, self.desk.tally.marks
        texts = [self.tr("Pictures: {count}").format(count=count(len(pictures.rows)))]
        if picked := marks["picked"]:
            texts.append(self.tr("picked: {count}").format(count=count(picked)))
        if rejected := marks["rejected"]:
            texts.append(self.tr("rejected: {count}").format(count=count(rejected)))
        if number := self.refused.model.rowCount():
            refused = count(number)
            texts.append(self.tr("cannot be used: {count}").format(count=refused))
        self.counts.setText("   ·   ".join(texts) if pictures.sources else "")

    def _say_that_nothing_was_found(self) -> None:
        text = self.tr("No picture was found in these folders. Add another one.")
        if self.desk.pictures.refused:
            text = self.tr("No picture in these folders can be used; see below why.")
            self.refused.button.setChecked(True)
        self.counts.setText(text)

    @Slot(object)
    def _frame(self, ids: Sequence[int]) -> None:
        self.tabs.setCurrentWidget(self.framing)
        self.framing.content().show_ids(ids)

    @Slot()
    def _show_pictures(self) -> None:
        self.tabs.setCurrentWidget(self.pictures)

    @Slot()
    def _show_closer(self) -> None:
        if self.levels.currentWidget() is not self.closer:
            self._focus_before = self.focusWidget()
            self.levels.setCurrentWidget(self.closer)

    @Slot()
    def _show_tabs(self) -> None:
        """Come back to the same place; a view of pictures makes the one looked at last current."""
        self.levels.setCurrentIndex(0)
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus()
        self.desk.looked_at.emit(self.closer.last)

    @Slot()
    def _show_keys(self) -> None:
        arrows = [
            (self.tr("Arrows"), self.tr("Go from picture to picture")),
            (self.tr("Shift+arrows"), self.tr("Select several")),
            (self.tr("Shift+key"), self.tr("Judge and stay, or go on if that is off")),
        ]
        groups: list[Group] = [(self.tr("Everywhere"), [*arrows, *keys_of([self.keys])])]
        for place in range(self.tabs.count()):
            if (tab := self.tabs.widget(place)) is not None:
                name = self.tabs.tabText(place).replace("&", "")
                groups.append((name, keys_of(tab.findChildren(QAction))))
        groups.append((self.tr("Sources"), keys_of(self.sources.findChildren(QAction))))
        self.closer.make_all()
        groups.append((self.tr("Looking closely"), keys_of(self.closer.findChildren(QAction))))
        note = self.tr("Keys hold where the focus is: among the pictures, or in a list.")
        KeysDialog(without_known(groups), note, self).open()

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
        self._show_side(is_empty=False)
        self._refresh_soon.start(_FIRST_REFRESH_MS)
        run.reported.connect(self._show_scan)

    @Slot(object)
    def _show_scan(self, records: list[object]) -> None:
        self.strip.show_records(records)
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
