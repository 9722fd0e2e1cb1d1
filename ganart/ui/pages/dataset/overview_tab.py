"""The Overview tab: what the dataset is like as a whole."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.overview_bars import Bars
from ganart.ui.pages.dataset.overview_map import VarietyMap
from ganart.ui.pages.dataset.overview_palette import PaletteStrip
from ganart.ui.pages.dataset.overview_words import advice, aspect_names, side_names, strange
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count
from ganart.workers.overview import overview_job
from ganart.workers.run import Run

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow
    from ganart.datasets.statistics import Description, Histogram

_SOON_MS = 700
_SIDE_PX = 320


class OverviewTab(QWidget):
    """Sizes, shapes, colours and the map of variety; all lead to the pictures they speak of.

    It is brought up to date while it is seen, some time after the dataset has changed.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: Run | None = None
        self._described: Description | None = None
        self._hashes: dict[int, str] = {}
        """What was described, by the id of the picture."""
        self._is_stale = True
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._describe)
        self.map = VarietyMap(desk)
        self.culling = Culling(desk, self.map, self.map.chosen)
        self.sides = Bars(self.tr("Shorter side"))
        self.aspects = Bars(self.tr("Shape"))
        self.palette_strip = PaletteStrip()
        self.advice = Caption()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setAccessibleName(self.tr("Progress of the look at all pictures"))
        self.hint = Caption()
        self.show_button = QPushButton(self.tr("Show these in Pictures"))
        self.show_button.setToolTip(self.tr("Enter"))
        self.strange_button = QPushButton()
        self._build()
        self._connect()
        self._update_chosen()

    def _build(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.advice)
        for title, part in (
            (self.tr("Shorter side"), self.sides),
            (self.tr("Shape"), self.aspects),
            (self.tr("Colours"), self.palette_strip),
        ):
            column.addWidget(Heading(title))
            column.addWidget(part)
            column.addSpacing(8)
        column.addWidget(Heading(self.tr("Unlike all others")))
        column.addWidget(self.strange_button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus in it
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(_SIDE_PX)
        scroll.setWidget(side)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.show_button)
        main = QVBoxLayout()
        main.setSpacing(8)
        main.addWidget(QLabel(self.tr("Pictures that look alike lie near each other.")))
        main.addWidget(self.map, 1)
        main.addLayout(foot)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(main, 1)
        columns.addWidget(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(columns, 1)

    def _connect(self) -> None:
        desk = self._desk
        desk.pictures.listed.connect(self._on_listed)
        desk.pictures.noted.connect(self._on_noted)
        desk.curation.changed.connect(self._on_listed)  # the catalogue knows of it only now
        self.map.chosen_changed.connect(self._update_chosen)
        self.map.activated.connect(self._show_chosen)
        self.map.loupe_wanted.connect(self._look)
        self.show_button.clicked.connect(self._show_chosen)
        self.strange_button.clicked.connect(self._show_strange)
        self.sides.activated.connect(self._show_side)
        self.aspects.activated.connect(self._show_aspect)

    # Bringing it up to date

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the pictures if they have changed."""
        super().showEvent(event)
        if self._is_stale:
            self._soon.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the computer to others."""
        super().hideEvent(event)
        self._soon.stop()
        if self._run is not None:
            self._is_stale = True
            self._run.stop()

    @Slot()
    def _on_listed(self) -> None:
        if self._is_stale and not self.isVisible():
            return
        wanted = {row.id: row.pixel_hash for row in self._desk.pictures.rows if row.weight}
        if wanted != self._hashes:
            self._set_stale()

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self._is_stale and not self.isVisible():
            return
        rows = map(self._desk.pictures.row, ids)
        if any(row is not None and bool(row.weight) != (row.id in self._hashes) for row in rows):
            self._set_stale()

    def _set_stale(self) -> None:
        """Look again, for other pictures are trained on than were described."""
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    @Slot()
    def _describe(self) -> None:
        project = self._desk.session.project
        if project is None or self._run is not None:
            return
        self._is_stale = False
        self.bar.setRange(0, 0)
        self._run = self._desk.session.begin(overview_job(project.catalogue_path), "overview")
        self._run.reported.connect(self._take)
        self._run.done.connect(self._on_done)
        self.bar.show()

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        from ganart.datasets.statistics import Describing, Description

        for record in records:
            if isinstance(record, Describing):
                self.bar.setRange(0, record.total)
                self.bar.setValue(record.done)
            elif isinstance(record, Description):
                self._show(record)

    @Slot()
    def _on_done(self) -> None:
        self._run = None
        self.bar.hide()
        if self._is_stale and self.isVisible():
            self._soon.start()

    def _show(self, described: "Description") -> None:
        self._described = described
        self._hashes = {row.id: row.pixel_hash for row in described.rows}
        self.map.show_places([row.id for row in described.rows], described.variety.places)
        self.sides.show_counts(side_names(described.sides.edges), described.sides.counts)
        self.aspects.show_counts(aspect_names(described.aspects.edges), described.aspects.counts)
        self.palette_strip.show_colours(
            [(QColor(*swatch.colour), swatch.share) for swatch in described.palette]
        )
        sentences = advice(described)
        self.advice.setText("\n".join(sentences))
        self.advice.setVisible(bool(sentences))
        odd = strange(described)
        self.strange_button.setEnabled(bool(odd))
        self.strange_button.setText(
            self.tr("Show all {count}").format(count=count(len(odd)))
            if odd
            else self.tr("There are none")
        )

    # What is chosen

    @Slot()
    def _update_chosen(self) -> None:
        chosen = len(self.map.chosen())
        self.culling.set_enabled(chosen > 0)
        self.show_button.setEnabled(chosen > 0)
        self.hint.setText(
            self.tr("Chosen: {count}").format(count=count(chosen))
            if chosen
            else self.tr("Click a tile, or draw a frame around many. The wheel zooms.")
        )

    @Slot()
    def _show_chosen(self) -> None:
        if ids := self.map.chosen():
            self._desk.show_wanted.emit(ids, self.tr("chosen on the map"))

    @Slot()
    def _look(self) -> None:
        if ids := self.map.chosen():
            self._desk.loupe_wanted.emit(ids, ids[0])

    @Slot()
    def _show_strange(self) -> None:
        if self._described is not None:
            self._desk.show_wanted.emit(strange(self._described), self.tr("unlike all others"))

    @Slot(int)
    def _show_side(self, place: int) -> None:
        if described := self._described:
            sides = [min(row.width, row.height) for row in described.rows]
            words = side_names(described.sides.edges)[place]
            self._show_class(described.rows, sides, described.sides, place, words)

    @Slot(int)
    def _show_aspect(self, place: int) -> None:
        if described := self._described:
            aspects = [row.width / row.height for row in described.rows]
            words = aspect_names(described.aspects.edges)[place]
            self._show_class(described.rows, aspects, described.aspects, place, words)

    def _show_class(
        self,
        rows: "Sequence[PictureRow]",
        values: Sequence[float],
        histogram: "Histogram",
        place: int,
        words: str,
    ) -> None:
        bounds = list(pairwise((*histogram.edges, float("inf"))))
        low, high = bounds[place]
        ids = [row.id for row, value in zip(rows, values, strict=True) if low <= value < high]
        self._desk.show_wanted.emit(ids, words)
