"""The grid of thumbnails."""

from PySide6.QtCore import QAbstractItemModel, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QDrag,
    QFocusEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from ganart.settings.paths import window_file
from ganart.ui.pages.dataset.cell_delegate import (
    GAP_PX,
    NAMED_PX,
    CellDelegate,
    name_height,
)
from ganart.ui.pages.dataset.looking import Looking
from ganart.ui.pages.dataset.models import PICTURE, Files, PicturesModel
from ganart.ui.pages.dataset.place import Place, go_to, place_of
from ganart.ui.widgets.cell_view import CellView

STEPS_PX = (80, 96, 112, 136, 160, 192, 232, 280, 332, 384)
"""The least sides of cells; they grow until a row fills the width."""
USUAL_PX = 112
_KEPT = "dataset/cell_px"
_NOTCH = 120
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ThumbnailGrid(CellView):
    """Pictures in cells whose size the person chooses and finds again in every grid.

    Shows a `PicturesModel`. When other pictures are shown in it, selection, current picture and
    place stay, by the pictures. Keys: Ctrl+plus, Ctrl+minus and Ctrl+0 for the size of the cells;
    Space and Enter look at a picture closely, C compares and N surveys the selected ones.
    """

    step_changed = Signal(int)
    """The place of the chosen size in `STEPS_PX`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pictures of the dataset"))
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.looking: Looking | None = None
        """The ways to the loupe, once there is a model."""
        self._pictures: PicturesModel | None = None
        self._place: Place | None = None
        self._wheeled = 0
        self.larger = self._action(self.tr("Larger pictures"), QKeySequence.StandardKey.ZoomIn)
        self.smaller = self._action(self.tr("Smaller pictures"), QKeySequence.StandardKey.ZoomOut)
        self.usual = self._action(self.tr("Pictures of the usual size"), QKeySequence("Ctrl+0"))
        self.larger.triggered.connect(self._on_larger)
        self.smaller.triggered.connect(self._on_smaller)
        self.usual.triggered.connect(self._on_usual)
        self._step = _kept_step()
        self._use_step()

    def _action(self, name: str, key: QKeySequence | QKeySequence.StandardKey) -> QAction:
        action = QAction(name, self)
        keys = QKeySequence.keyBindings(key) if isinstance(key, QKeySequence.StandardKey) else [key]
        if key is QKeySequence.StandardKey.ZoomIn:
            keys.append(QKeySequence("Ctrl+="))  # plus without Shift on many keyboards
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    # The pictures

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the pictures of a `PicturesModel`, once."""
        super().setModel(model)
        if isinstance(model, PicturesModel):
            self._pictures = model
            # After the view's own, which forget everything.
            model.modelAboutToBeReset.connect(self._remember_place)
            model.modelReset.connect(self._go_back)
            self.looking = Looking(model.desk, self, model)

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected pictures, in their order."""
        return [] if self.looking is None else self.looking.chosen()

    def chosen_count(self) -> int:
        """Return how many pictures are selected."""
        return sum(len(run) for run in self.chosen_rows())

    @Slot()
    def _remember_place(self) -> None:
        if self._pictures is not None:
            self._place = place_of(self, self._pictures)

    @Slot()
    def _go_back(self) -> None:
        if self._pictures is not None and self._place is not None:
            place, self._place = self._place, None
            go_to(place, self, self._pictures)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag files on a picture, and a rubber band beside it."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = index.data(PICTURE) if index.isValid() else None
        if row is not None:
            cell, ratio = self.visualRect(index), self.devicePixelRatioF()
            shown = self._delegate.shown_rect(cell, row, self.fontMetrics(), ratio)
            self.setDragEnabled(shown.contains(event.position()))
        super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Let the selected pictures be taken to other programs, as files."""
        if self._pictures is None:
            return
        rows = map(self._pictures.desk.pictures.row, self.chosen_ids())
        drag = QDrag(self)
        drag.setMimeData(Files([row.path for row in rows if row is not None]))
        pixmap = self.currentIndex().data(Qt.ItemDataRole.DecorationRole)
        if isinstance(pixmap, QPixmap) and not pixmap.isNull():
            drag.setPixmap(pixmap)
        drag.exec(Qt.DropAction.CopyAction)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Pass over letters: they are verdicts, and names are searched for above the grid."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the picture that keys would start from where Tab leads here and none is."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and not self.selectionModel().hasSelection():
            index = self.currentIndex()
            self.setCurrentIndex(index if index.isValid() else self.model().index(0, 0))

    # The size of the cells

    def step(self) -> int:
        """Return the place of the chosen size in `STEPS_PX`."""
        return self._step

    @Slot(int)
    def set_step(self, step: int) -> None:
        """Choose another size, for the next time too; beyond the largest it is the largest."""
        step = min(max(0, step), len(STEPS_PX) - 1)
        if step != self._step:
            self._step = step
            self._use_step()
            _settings().setValue(_KEPT, STEPS_PX[step])
            self.step_changed.emit(step)

    def _use_step(self) -> None:
        side_px = STEPS_PX[self._step]
        self._delegate.is_named = side_px >= NAMED_PX
        name_px = name_height(self.fontMetrics()) if self._delegate.is_named else 0
        self.set_least_size(QSize(side_px, side_px + name_px))

    @Slot()
    def _on_larger(self) -> None:
        self.set_step(self._step + 1)

    @Slot()
    def _on_smaller(self) -> None:
        self.set_step(self._step - 1)

    @Slot()
    def _on_usual(self) -> None:
        self.set_step(STEPS_PX.index(USUAL_PX))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl change the size of the cells."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheeled += event.angleDelta().y()
        steps = int(self._wheeled / _NOTCH)  # touchpads send parts of a notch
        self._wheeled -= steps * _NOTCH
        self.set_step(self._step + steps)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, with as many pixels as the screen shows."""
        if self._pictures is not None:
            side_px = self.cells().width - 2 * GAP_PX
            self._pictures.set_thumbnail_side(round(side_px * self.devicePixelRatioF()))
        super().paintEvent(event)


def _settings() -> QSettings:
    return QSettings(str(window_file()), QSettings.Format.IniFormat)


def _kept_step() -> int:
    try:
        return STEPS_PX.index(int(str(_settings().value(_KEPT, USUAL_PX))))
    except ValueError:  # of another version, or changed by hand
        return STEPS_PX.index(USUAL_PX)
