"""What can be done on the canvas, each once: as a button, by a key on the map, and in its menu."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ganart.ui.icons import icon


class CanvasActions(QObject):
    """The actions; their keys work while the map has the focus, that of `keep` always."""

    def __init__(self, tab: QWidget, chart: QWidget) -> None:
        super().__init__(tab)
        self._map = chart
        add = self._add
        self.dice = add(self.tr("Go to a random seed"), "R", "dice")
        self.zoom_out = add(self.tr("More and smaller pictures"), "", "zoom-out")
        self.zoom_usual = add(self.tr("Usual size"), "", "zoom-usual")
        self.zoom_in = add(self.tr("Fewer and larger pictures"), "", "zoom-in")
        self.anchor = add(self.tr("Put an anchor for this picture"), "A", "anchor")
        self.pen = add(self.tr("Draw a path with the mouse"), "D", "pen")
        self.pen.setCheckable(True)
        self.add_stop = add(self.tr("Add this place to the path"), "P", "stop-add")
        self.drop_stop = add(self.tr("Take the last place off the path"), "Backspace")
        self.clear_path = add(self.tr("Remove the path"), "Shift+Backspace", "stop-clear")
        self.send_path = add(self.tr("Make a loop of the path"), "L", "film")
        self.next_anchor = add(self.tr("Choose the next anchor"), "N")
        self.previous_anchor = add(self.tr("Choose the anchor before"), "Shift+N")
        self.rename_anchor = add(self.tr("Rename the anchor"), "F2", "rename")
        self.colour_anchor = add(self.tr("Change the anchor's colour"), "C", "colour")
        self.copy_anchor = add(self.tr("Duplicate the anchor"), "Ctrl+D", "copy")
        self.remove_anchor = add(self.tr("Remove the anchor"), "Del", "trash")
        self.keep = add(self.tr("Keep this picture as a bookmark"), "Ctrl+B", "bookmark")
        chart.removeAction(self.keep)
        self.keep.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        tab.addAction(self.keep)

        self.of_an_anchor = (
            self.rename_anchor,
            self.colour_anchor,
            self.copy_anchor,
            self.remove_anchor,
        )
        self.of_anchors = (self.next_anchor, self.previous_anchor, *self.of_an_anchor)
        self.of_a_path = (self.drop_stop, self.clear_path)

    def menu(self) -> list[list[QAction]]:
        """Return what a click with the right button offers, in groups."""
        return [
            [self.keep, self.anchor],
            list(self.of_anchors),
            [self.add_stop, *self.of_a_path, self.send_path],
            [self.zoom_in, self.zoom_out, self.zoom_usual, self.dice],
        ]

    def bar(self) -> list[list[QAction]]:
        """Return what has a button, in groups."""
        return [
            [self.keep, self.anchor],
            [self.pen, self.add_stop, self.clear_path, self.send_path],
            [self.dice],
            [self.zoom_out, self.zoom_usual, self.zoom_in],
        ]

    def _add(self, text: str, key: str = "", drawing: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if key:
            action.setShortcut(QKeySequence(key))
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text} ({shown})")
        if drawing:
            action.setIcon(icon(drawing))
            action.setIconVisibleInMenu(False)
        self._map.addAction(action)
        return action
