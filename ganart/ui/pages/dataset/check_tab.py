"""The Check tab: what may be wrong with pictures, issue by issue, the worst first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ganart.ui.pages.dataset.check_facets import Counted, FacetList
from ganart.ui.pages.dataset.check_found import Checked
from ganart.ui.pages.dataset.check_gallery import ScoreDelegate, ScoredModel
from ganart.ui.pages.dataset.check_threshold import BINS, ThresholdSlider
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.grid import ThumbnailGrid
from ganart.ui.pages.dataset.refused_table import RefusedTable
from ganart.ui.pages.dataset.unmeasured import Unmeasured
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count
from ganart.workers.pictures import Note

REFUSED = "refused"
"""The key of the files that cannot be used; they have no scores."""
MOST_SHOWN = 5000
"""Pictures of one issue, the worst; nobody looks through more, and a slider must not stick."""
_SHOW_AFTER_MS = 40
"""Counts follow a slider at once, the gallery when it rests so long."""


class CheckTab(QWidget):
    """Issues at the side; the pictures of the chosen one beside them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._has_begun = False
        self.checked = Checked(desk, self)
        self.facets = FacetList()
        self.heading = Heading()
        self.help = Caption()
        self.threshold = ThresholdSlider()
        self.model = ScoredModel(desk, self)
        self.grid = ThumbnailGrid()
        self.nothing = Caption()
        self.refused = RefusedTable(desk.session)
        self.unmeasured = Unmeasured(desk.session)
        self.stack = QStackedWidget()
        self.hint = Caption()
        self.show_in_pictures = QPushButton(self.tr("Show them in Pictures"))
        self.fine = QPushButton(self.tr("All fine"))
        self.reject = QPushButton()
        self._show_soon = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._build()
        self.culling = Culling(desk, self.grid, self.chosen)
        names = [(key, self.checked.label(key)) for key in self.checked.issues]
        self.facets.set_facets([*names, (REFUSED, self.tr("Cannot be used"))])
        self._connect()
        self._renew()

    def _build(self) -> None:
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(ScoreDelegate(self.grid.itemDelegate(), self.grid))
        self.grid.setAccessibleName(self.tr("Pictures with this issue, the worst first"))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (self.grid, self.nothing, self.refused):
            self.stack.addWidget(page)
        self.show_in_pictures.setToolTip(self.tr("Go through them beside all filters"))
        self.fine.setCheckable(True)
        self.fine.setToolTip(
            self.tr("You have looked through them. Holds until other pictures are found.")
        )
        self.reject.setToolTip(
            self.tr("Leaves them out of trainings; what you picked stays. No file is touched.")
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.hint, 1)
        for button in (self.show_in_pictures, self.fine, self.reject):
            buttons.addWidget(button)
        shown = QVBoxLayout()
        shown.setSpacing(8)
        shown.addWidget(self.unmeasured)
        shown.addWidget(self.heading)
        shown.addWidget(self.help)
        shown.addWidget(self.threshold)
        shown.addWidget(self.stack, 1)
        shown.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.facets)
        layout.addLayout(shown, 1)

    def _connect(self) -> None:
        self._show_soon.timeout.connect(self._show_pictures)
        self.facets.chosen.connect(self._show_facet)
        self.threshold.moved.connect(self._set_threshold)
        self.threshold.usual_wanted.connect(self._unset_threshold)
        self.checked.changed.connect(self._renew)
        self.checked.noted.connect(self._recount)
        self._desk.pictures.listed.connect(self._show_refused)
        self.show_in_pictures.clicked.connect(self._show_in_pictures)
        self.fine.clicked.connect(self._set_fine)
        self.reject.clicked.connect(self._reject)
        self.culling.advance_wanted.connect(self._advance)
        self.grid.selectionModel().selectionChanged.connect(self._update_hint)

    def showEvent(self, event: QShowEvent) -> None:
        """Judge the pictures when somebody looks."""
        super().showEvent(event)
        self.checked.diagnosing.set_wanted(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.checked.diagnosing.set_wanted(False)

    def chosen(self) -> Sequence[int]:
        """Return the ids of the selected pictures in their order."""
        return [] if self.facets.key() == REFUSED else self.grid.chosen_ids()

    # What is shown

    @Slot()
    def _renew(self) -> None:
        self.unmeasured.show_count(self.checked.unmeasured())
        self._recount()
        self._begin_where_there_are_hits()
        self._show_refused()
        self._show_facet()

    def _begin_where_there_are_hits(self) -> None:
        """Open on the first issue with hits, once, unless the person has chosen another one."""
        hits = [key for key in self.checked.issues if self.facets.counted(key).found]
        if hits and not self._has_begun:
            self._has_begun = True
            if self.facets.currentRow() == 0:
                self.facets.choose(hits[0])

    @Slot()
    def _recount(self) -> None:
        for key in self.checked.issues:
            self.facets.show_count(key, self.checked.counted(key))
        self._update_buttons()

    @Slot()
    def _show_refused(self) -> None:
        refused = self._desk.pictures.refused
        self.refused.files.show_files(refused)
        self.facets.show_count(REFUSED, Counted(len(refused)))
        if self.facets.key() == REFUSED:
            self._show_pictures()

    @Slot()
    def _show_facet(self) -> None:
        key = self.facets.key()
        is_issue = key != REFUSED
        self.threshold.setVisible(is_issue)
        for button in (self.show_in_pictures, self.fine, self.reject):
            button.setVisible(is_issue)
        if is_issue:
            self.heading.setText(self.checked.label(key))
            self.help.setText(self.checked.help(key))
            own = self.checked.diagnosing.check(key).threshold
            self.threshold.show_threshold(key, self.checked.threshold(key), own is None)
            self.threshold.show_scores(self.checked.histogram(key, BINS))
        else:
            self.heading.setText(self.tr("Cannot be used"))
            self.help.setText(
                self.tr("These files are no pictures, or damaged. They are never trained on.")
            )
        self._show_pictures()

    @Slot()
    def _show_pictures(self) -> None:
        key = self.facets.key()
        page: QWidget
        if key == REFUSED:
            page, is_empty = self.refused, not self._desk.pictures.refused
        else:
            ids, scores = self.checked.found(key, MOST_SHOWN)
            self.model.show_scored(ids, scores)
            page, is_empty = self.grid, not ids
        self.nothing.setText(self._why_nothing())
        self.stack.setCurrentWidget(self.nothing if is_empty else page)
        self._update_buttons()

    def _why_nothing(self) -> str:
        if self.facets.key() == REFUSED:
            return self.tr("Every file can be used.  ✓")
        if not self._desk.pictures.rows:
            return self.tr("There are no pictures yet.")
        if self.checked.diagnosing.is_looking():
            return self.tr("Looking at what is known of the pictures…")
        if not self.checked.is_known():
            return self.tr("Nothing is known of the pictures yet.")
        return self.tr("No picture passes the threshold.  ✓")

    def _update_buttons(self) -> None:
        counted = self.facets.counted(self.facets.key())
        self.show_in_pictures.setEnabled(counted.found > 0)
        self.fine.setEnabled(counted.found > 0)
        self.fine.setChecked(counted.is_fine)
        self.reject.setText(self.tr("Reject all {count}").format(count=count(counted.open)))
        self.reject.setEnabled(counted.open > 0)
        self._update_hint()

    @Slot()
    def _update_hint(self) -> None:
        counted = self.facets.counted(self.facets.key())
        chosen = 0 if self.facets.key() == REFUSED else self.grid.chosen_count()
        self.culling.set_enabled(chosen > 0)
        texts = []
        if chosen:
            texts.append(self.tr("Selected: {count}").format(count=count(chosen)))
        elif counted.found:
            texts.append(self.tr("Found: {count}").format(count=count(counted.found)))
            if counted.found > MOST_SHOWN:
                most = count(MOST_SHOWN)
                texts.append(self.tr("the worst {count} are shown").format(count=most))
        if counted.rejected:
            rejected = count(counted.rejected)
            texts.append(self.tr("rejected: {count}").format(count=rejected))
        self.hint.setText("   ·   ".join(texts))

    # What is done

    @Slot(float)
    def _set_threshold(self, threshold: float) -> None:
        key = self.facets.key()
        self.checked.diagnosing.set_threshold(key, threshold)
        self.facets.show_count(key, self.checked.counted(key))
        self._show_soon.start()

    @Slot()
    def _unset_threshold(self) -> None:
        key = self.facets.key()
        self.checked.diagnosing.set_threshold(key, None)
        self.facets.show_count(key, self.checked.counted(key))
        self._show_facet()

    @Slot(bool)
    def _set_fine(self, is_fine: bool) -> None:
        key = self.facets.key()
        fine = self.checked.fingerprint(key) if is_fine else ""
        self.checked.diagnosing.set_fine(key, fine)
        self.facets.show_count(key, self.checked.counted(key))
        self._update_buttons()

    @Slot()
    def _reject(self) -> None:
        from ganart.datasets.records import Mark

        ids, _ = self.checked.found(self.facets.key())
        rows = (self._desk.pictures.row(each) for each in ids)
        marks = {row.path: Mark.REJECTED for row in rows if row is not None and row.mark == "none"}
        text = self.tr("Reject pictures: {issue}").format(issue=self.heading.text())
        self._desk.curation.note({Note.MARK: marks}, text)

    @Slot()
    def _show_in_pictures(self) -> None:
        ids, _ = self.checked.found(self.facets.key())
        self._desk.show_wanted.emit(ids, self.heading.text())

    @Slot(int)
    def _advance(self, judged: int) -> None:
        place = self.model.place(judged)
        if place is not None and place + 1 < len(self.model.ids):
            self.grid.setCurrentIndex(self.model.index(place + 1))
