"""The Framing tab: what of each picture training sees, by hand or in the usual way."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ganart.datasets.framing import Fill
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.framing_acts import FramingActs
from ganart.ui.pages.dataset.framing_canvas import CropCanvas, Tool
from ganart.ui.pages.dataset.framing_edits import FramingEdits
from ganart.ui.pages.dataset.framing_panel import FramingPanel, action_button
from ganart.ui.pages.dataset.framing_pictures import FramingPictures
from ganart.ui.pages.dataset.framing_proposals import ProposalsDialog
from ganart.ui.pages.dataset.framing_strip import FramingStrip
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count

_NAME_PX = 220


class FramingTab(QWidget):
    """The picture at hand, large, over the row of all that are to be framed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: Sequence[int] = ()
        """None are all."""
        self.edits = FramingEdits(desk, self)
        self.model = PicturesModel(desk, self)
        self.strip = FramingStrip()
        self.strip.setModel(self.model)
        self.culling = Culling(desk, self.strip, self.chosen)
        self.canvas = CropCanvas()
        self.canvas.setAccessibleName(self.tr("Crop of the picture"))
        self.panel = FramingPanel(desk)
        self.canvas.setAccessibleDescription(self.panel.keys())
        self.hint = Caption()
        self.all_button = QPushButton(self.tr("All pictures"))
        self.all_button.setToolTip(self.tr("Have all pictures of the dataset in the row again"))
        self.pictures = FramingPictures(desk, self.edits, self.canvas, self.panel, self)
        self.acts = FramingActs(
            self, self.edits, self.canvas, self.panel, self.strip, self.pictures, self._ids
        )
        self.dialog: ProposalsDialog | None = None
        self._build()
        desk.pictures.listed.connect(self.refresh)
        desk.session.shown_as.changed.connect(self._tell)
        self.strip.selectionModel().currentChanged.connect(self._on_current)
        self.model.modelReset.connect(self._choose_first)
        self.edits.turned.connect(self._tell)
        self.edits.changed.connect(self._tell)
        self.canvas.tool_changed.connect(self._tell)
        self.all_button.clicked.connect(self._show_all)
        self.panel.propose.clicked.connect(self._propose)

    def _build(self) -> None:
        stage = QVBoxLayout()
        stage.setSpacing(8)
        stage.addWidget(self.canvas, 1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.hint, 1)
        line.addWidget(self.all_button)
        line.addWidget(action_button(self.acts.previous, self.tr("The picture before")))
        line.addWidget(action_button(self.acts.next, self.tr("The next picture")))
        stage.addLayout(line)
        stage.addWidget(self.strip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(stage, 1)
        layout.addWidget(self.panel)

    # Which pictures

    def show_ids(self, ids: Sequence[int]) -> None:
        """Have these pictures in the row, the first of them at hand; none are all.

        Takes effect when the tab is shown.
        """
        self._wanted = tuple(ids)
        if self._wanted:
            self.edits.take(self._wanted[0])
        self.refresh()
        self.canvas.setFocus()

    @Slot()
    def _show_all(self) -> None:
        self.show_ids(())

    @Slot()
    def refresh(self) -> None:
        """Follow the catalogue; while it is not seen, when it is shown."""
        if not self.isVisible():
            return
        self._desk.session.usual_framing.read()
        self.model.show_ids(self._wanted or [row.id for row in self._desk.pictures.rows])
        if self._wanted and not self.model.rowCount():
            self._wanted = ()  # a scan has numbered them anew, or they are gone
            self.refresh()
            return
        self._choose_first()
        self.pictures.follow()
        self.acts.update()
        self._tell()

    def chosen(self) -> Sequence[int]:
        """Return the ids of the pictures selected in the row."""
        return self._ids(True)

    def _ids(self, only_selected: bool) -> Sequence[int]:
        ids = self.model.ids
        return [ids[row] for row in self.strip.chosen_rows()] if only_selected else ids

    @Slot()
    def _choose_first(self) -> None:
        """Keep the picture at hand if it is in the row, else take the first one."""
        row = self.edits.row
        place = None if row is None else self.model.place(row.id)
        if not self.model.rowCount():
            self.edits.take(None)
        elif place is None or self.strip.currentIndex().row() != place:
            self.strip.setCurrentIndex(self.model.index(place or 0))

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.edits.take(self.model.ids[index.row()])

    # What is told

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not needed before."""
        super().showEvent(event)
        self.pictures.begin()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more."""
        super().hideEvent(event)
        self.pictures.stop()

    @Slot()
    def _tell(self) -> None:
        row, edits, panel = self.edits.row, self.edits, self.panel
        width, height = self.pictures.size
        size = self.tr("Training sees {width} × {height} px")
        panel.heading.setText(size.format(width=count(width), height=count(height)))
        panel.allow_proposals(row is not None, edits.usual.fill is Fill.CROP)
        self.all_button.setVisible(bool(self._wanted))
        if row is None:
            self.hint.setText("")
            panel.state.setText("")
            return
        place = self.strip.currentIndex().row() + 1
        elide = Qt.TextElideMode.ElideMiddle
        name = self.fontMetrics().elidedText(row.path.name, elide, _NAME_PX)
        text = self.tr("{name}   ·   {width} × {height} px   ·   {place} of {total}")
        self.hint.setText(
            text.format(
                name=name,
                width=count(row.width),
                height=count(row.height),
                place=count(place),
                total=count(self.model.rowCount()),
            )
        )
        if self.canvas.tool is Tool.FOCUS:
            state = self.tr("Click what is to be in the middle, or move the point by the arrows.")
        elif self.canvas.tool is Tool.PICK:
            state = self.tr("Click the colour that is to be the background.")
        elif edits.edits_usual:
            state = self.tr(
                "What you change holds for all pictures without a framing of their own."
            )
        elif edits.is_own:
            state = self.tr("This picture has a framing of its own.")
        else:
            state = self.tr("Framed as usual. What you change holds for this picture alone.")
        panel.state.setText(state)

    @Slot()
    def _propose(self) -> None:
        self.dialog = ProposalsDialog(self._desk, self)
        self.dialog.open()
