"""What can be done on the Framing tab, as actions with keys, and what its controls ask for."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ganart.datasets.colour import Colour
from ganart.datasets.framing import Fill
from ganart.ui.pages.dataset.framing_canvas import CropCanvas, Tool
from ganart.ui.pages.dataset.framing_crop import framed
from ganart.ui.pages.dataset.framing_edits import FramingEdits
from ganart.ui.pages.dataset.framing_panel import FramingPanel
from ganart.ui.pages.dataset.framing_pictures import FramingPictures, filled
from ganart.ui.pages.dataset.framing_strip import FramingStrip


class FramingActs(QObject):
    """Turns clicks and keys into changes of framings."""

    def __init__(
        self,
        tab: QWidget,
        edits: FramingEdits,
        canvas: CropCanvas,
        panel: FramingPanel,
        strip: FramingStrip,
        pictures: FramingPictures,
        ids: Callable[[bool], Sequence[int]],
    ) -> None:
        """`ids` returns the numbers of the pictures in the row: of the selected ones, or of all."""
        super().__init__(tab)
        self._tab = tab
        self._edits = edits
        self._canvas = canvas
        self._panel = panel
        self._strip = strip
        self._pictures = pictures
        self._ids = ids
        keys = QKeySequence.StandardKey
        self.previous = self._action(self.tr("Before"), "B", self._go_back)
        self.next = self._action(self.tr("Next"), "N", self._go_on)
        self.focus = self._action(self.tr("Focus point"), "F")
        self.focus.setCheckable(True)
        self.reset = self._action(self.tr("As usual"), "R", edits.reset)
        self.copy = self._action(self.tr("Copy framing"), keys.Copy, self._copy)
        self.paste = self._action(self.tr("Paste to selected"), keys.Paste, self._paste)
        self.give = self._action(self.tr("Apply to all here"), "Ctrl+Shift+V", self._give)
        self.thirds = self._action(self.tr("Lines at the thirds"), "G", panel.thirds.toggle)
        self._offer()
        self._connect()

    def _action(
        self,
        name: str,
        key: str | QKeySequence.StandardKey,
        act: Callable[[], object] | None = None,
    ) -> QAction:
        action = QAction(name, self._tab)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if act is not None:
            action.triggered.connect(act)
        self._tab.addAction(action)
        return action

    def _offer(self) -> None:
        add = self._panel.add_action
        add(self.focus, self.tr("Click into the picture what is to be in the middle"))
        add(self.reset, self.tr("Forget this framing, and frame as usual"))
        add(self.copy, self.tr("Keep how this picture is framed"))
        add(self.paste, self.tr("Frame the pictures selected below like the one that was copied"))
        add(self.give, self.tr("Frame all pictures of the row below like this one"))
        self._panel.offer_proposals()

    def _connect(self) -> None:
        panel, canvas = self._panel, self._canvas
        canvas.changing.connect(self._pictures.show_live)
        canvas.settled.connect(self._on_settled)
        canvas.pointed.connect(self._on_pointed)
        canvas.picked.connect(panel.ground.choose)
        panel.usual_wanted.connect(self._edits.set_edits_usual)
        panel.fills.chosen.connect(self._on_fill)
        panel.ground.chosen.connect(self._on_ground)
        panel.ground.pick.toggled.connect(self._on_pick)
        panel.thirds.toggled.connect(canvas.set_thirds)
        self.focus.toggled.connect(self._on_focus)
        self._edits.changed.connect(self.update)
        self._edits.turned.connect(self.update)
        self._strip.selectionModel().selectionChanged.connect(self.update)

    @Slot()
    def update(self) -> None:
        """Allow what can be done now."""
        edits, row = self._edits, self._edits.row
        for action in (self.previous, self.next, self.copy):
            action.setEnabled(row is not None)
        is_cut = row is not None and edits.framing.fill is Fill.CROP
        self.focus.setEnabled(is_cut)
        if not is_cut:
            self.focus.setChecked(False)
        self.reset.setEnabled(row is not None and (edits.edits_usual or edits.is_own))
        self.paste.setEnabled(edits.can_paste and bool(self._strip.chosen_rows()))
        self.give.setEnabled(row is not None and not edits.edits_usual)

    # Pictures of the row

    @Slot()
    def _go_on(self) -> None:
        self._strip.go(1)

    @Slot()
    def _go_back(self) -> None:
        self._strip.go(-1)

    @Slot()
    def _copy(self) -> None:
        self._edits.copy()
        self.update()

    @Slot()
    def _paste(self) -> None:
        self._edits.paste(self._ids(True))

    @Slot()
    def _give(self) -> None:
        self._edits.give(self._ids(False))

    # The crop

    @Slot(QRectF, str)
    def _on_settled(self, rect: QRectF, key: str) -> None:
        row = self._edits.row
        if row is not None:
            picture = QSize(row.width, row.height)
            framing = framed(rect, self._edits.framing, picture, self._pictures.size)
            self._edits.put(framing, self.tr("Crop"), key)

    @Slot(QPointF, str)
    def _on_pointed(self, place: QPointF, key: str) -> None:
        """Bring a place to the middle, and remember it for other shapes of training."""
        row, framing = self._edits.row, self._edits.framing
        if row is None:
            return
        across = min(max(place.x() / row.width, 0.0), 1.0)
        down = min(max(place.y() / row.height, 0.0), 1.0)
        rect = self._canvas.centre_on(place)
        picture = QSize(row.width, row.height)
        moved = framed(rect, framing, picture, self._pictures.size)
        self._edits.put(replace(moved, focus=(across, down)), self.tr("Set the focus point"), key)

    @Slot(object)
    def _on_fill(self, fill: Fill) -> None:
        self._edits.put(filled(self._edits.framing, fill), self.tr("Fill another way"))

    @Slot(object)
    def _on_ground(self, colour: Colour) -> None:
        framing = replace(self._edits.framing, background=colour)
        self._edits.put(framing, self.tr("Change the background"))

    @Slot(bool)
    def _on_focus(self, is_on: bool) -> None:
        if is_on:
            self._panel.ground.pick.setChecked(False)
        self._choose_tool()

    @Slot(bool)
    def _on_pick(self, is_on: bool) -> None:
        if is_on:
            self.focus.setChecked(False)
        self._choose_tool()

    def _choose_tool(self) -> None:
        tool = Tool.CROP
        if self.focus.isChecked():
            tool = Tool.FOCUS
        elif self._panel.ground.pick.isChecked():
            tool = Tool.PICK
        self._canvas.set_tool(tool)
        if tool is not Tool.CROP:
            self._canvas.setFocus()
