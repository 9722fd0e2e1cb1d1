"""Crops that are proposed for pictures whose middle is not what matters; the artist decides."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ganart.datasets.framing import Framing, window
from ganart.datasets.proposals import Proposed, Proposing
from ganart.datasets.whole import framing_of
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.models import PICTURE, PicturesModel
from ganart.ui.widgets.items import Index, lay_as_cards, paint_frames
from ganart.ui.widgets.text import Caption, Heading, told
from ganart.ui.widgets.words import count
from ganart.workers.framings import proposals_job
from ganart.workers.pictures import Note
from ganart.workers.run import ErrorReport, Run

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow

_SIDE_PX = 104
_GAP_PX = 6
_SIZE = QSize(860, 620)
_BAR_PX = 8


class _Delegate(QStyledItemDelegate):
    """Paints a picture as it is cropped now, and beside it as it is proposed."""

    def __init__(self, usual: Framing, size: tuple[int, int], parent: QWidget) -> None:
        super().__init__(parent)
        self._usual = usual
        self._size = size
        self.proposals: Mapping[Path, Framing] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a card."""
        height = _SIDE_PX + option.fontMetrics.height() + 4 * _GAP_PX
        return QSize(2 * _SIDE_PX + 6 * _GAP_PX, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        row, pixmap = index.data(PICTURE), index.data(Qt.ItemDataRole.DecorationRole)
        palette: QPalette = option.palette
        frame = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frames(painter, option, frame)
        box = QRectF(frame.left(), frame.top(), _SIDE_PX, _SIDE_PX)
        box.translate(2 * _GAP_PX, 2 * _GAP_PX)
        boxes = [box, box.translated(_SIDE_PX + _GAP_PX, 0)]
        if option.direction is Qt.LayoutDirection.RightToLeft:
            boxes.reverse()  # the one of now is where reading begins
        if row is not None:
            now = framing_of(row, self._usual)
            for box, framing in zip(boxes, (now, self.proposals.get(row.path, now)), strict=True):
                self._paint_crop(painter, box, pixmap, framing, palette)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            line = frame.adjusted(2 * _GAP_PX, _SIDE_PX + 2 * _GAP_PX, -2 * _GAP_PX, 0)
            elide = Qt.TextElideMode.ElideMiddle
            text = option.fontMetrics.elidedText(row.path.name, elide, int(line.width()))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()

    def _paint_crop(
        self,
        painter: QPainter,
        box: QRectF,
        pixmap: QPixmap | None,
        framing: Framing,
        palette: QPalette,
    ) -> None:
        if pixmap is None or pixmap.isNull():
            painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
            return
        left, top, right, bottom = window(pixmap.width(), pixmap.height(), self._size, framing)
        source = QRectF(left, top, right - left, bottom - top)
        size = source.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(box.topLeft(), size)
        target.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap, source)


class ProposalsDialog(QDialog):
    """Looks through the pictures, then shows what it would crop otherwise."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        session = desk.session
        self._size = session.shown_as.showing.size
        self._found: Mapping[Path, Framing] = {}
        self._run: Run | None = None
        self.setWindowTitle(self.tr("Propose crops"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self.told = Heading(self.tr("Looking at your pictures …"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_PX)
        self.bar.setAccessibleName(self.tr("Progress of the proposals"))
        self.bar.setRange(0, 0)
        self.model = PicturesModel(desk, self)
        self.view = QListView()
        usual = Framing.from_json(session.usual_framing.framing)
        self._delegate = _Delegate(usual, self._size, self.view)
        self.all_button = QPushButton(self.tr("Take &all"))
        self.chosen_button = QPushButton(self.tr("Take the &chosen ones"))
        self.leave_button = QPushButton(self.tr("&Leave them"))
        self._build()
        self.all_button.clicked.connect(self._take_all)
        self.chosen_button.clicked.connect(self._take_chosen)
        self.leave_button.clicked.connect(self.reject)
        self.view.selectionModel().selectionChanged.connect(self._update)
        desk.pictures.listed.connect(self._on_listed)
        session.project_closed.connect(self.reject)
        self._begin()

    def _build(self) -> None:
        explained = Caption(
            self.tr(
                "The crop slides to where the picture changes most in unusual colours, such as a "
                "face before a plain wall. Pictures that you framed yourself are left as they are. "
                "First it is shown as it is cropped now, then as proposed."
            )
        )
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(self._delegate)
        view.setAccessibleName(self.tr("Proposed crops"))
        view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        lay_as_cards(view)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(view)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.leave_button, self.chosen_button, self.all_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.told)
        layout.addWidget(explained)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addLayout(buttons)
        self._update()

    # Looking

    def _begin(self) -> None:
        project = self._desk.session.project
        if project is None:
            return
        job = proposals_job(project.catalogue_path, self._size)
        self._run = self._desk.session.begin(job, "proposals", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Proposing):
                self.bar.setRange(0, max(1, record.total))
                self.bar.setValue(record.done)
            elif isinstance(record, Proposed):
                self._show(record)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.bar.hide()
        self.told.setText(told(report.error, report.text))

    def _show(self, proposed: Proposed) -> None:
        pictures = self._desk.pictures
        # One that was framed a moment ago may not have been written before the looking began.
        self._found = self._delegate.proposals = {
            path: framing
            for path, framing in proposed.framings.items()
            if (row := pictures.at(path)) is not None and row.framing is None
        }
        self.bar.hide()
        self._on_listed()
        if self._found:
            text = self.tr("Proposed: {count}. The other {rest} are well cropped by their middle.")
            rest = proposed.looked_at - len(self._found)
            self.told.setText(text.format(count=count(len(self._found)), rest=count(rest)))
            self.stack.setCurrentWidget(self.view)
            self.view.setFocus()
        else:
            self.told.setText(
                self.tr("Nothing to propose: all pictures are well cropped by their middle.")
            )
        self._update()

    @Slot()
    def _on_listed(self) -> None:
        rows = (self._desk.pictures.at(path) for path in self._found)
        self.model.show_ids([row.id for row in rows if row is not None])

    # Deciding

    @Slot()
    def _update(self) -> None:
        self.all_button.setEnabled(bool(self._found))
        self.chosen_button.setEnabled(bool(self.view.selectionModel().selectedIndexes()))
        text = self.tr("&Leave them") if self._found else self.tr("&Cancel")
        self.leave_button.setText(text)

    @Slot()
    def _take_all(self) -> None:
        self._take([row for path in self._found if (row := self._desk.pictures.at(path))])

    @Slot()
    def _take_chosen(self) -> None:
        indexes = self.view.selectionModel().selectedIndexes()
        self._take([self.model.picture(index) for index in indexes])

    def _take(self, rows: "Sequence[PictureRow]") -> None:
        framings = {row.path: self._found[row.path].to_json() for row in rows}
        self._desk.curation.note({Note.FRAMING: framings}, self.tr("Take proposed crops"))
        self.accept()

    def done(self, result: int) -> None:
        """End the looking with the dialog."""
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.failed.disconnect(self._on_failed)
            self._run.stop()
            self._run = None
        super().done(result)
