"""What can be done with the pictures of a loop: by keys on its timeline, and in its menu."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ganart.ui.icons import icon


class LoopActions(QObject):
    """The actions; their keys work while the timeline has the focus."""

    def __init__(self, timeline: QWidget) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._menu = QMenu(timeline)
        self.insert = self._add(self.tr("Add this picture at the playhead"))
        self.replace = self._add(self.tr("Replace by this picture"))
        self.look = self._add(self.tr("Look at the frame under the playhead"))
        self.double = self._add(self.tr("Duplicate"), self.tr("Ctrl+D"))
        self.earlier = self._add(self.tr("Exchange with the one before"), "Alt+Left")
        self.later = self._add(self.tr("Exchange with the one after"), "Alt+Right")
        self.spread = self._add(self.tr("Give all the same time"))
        self.remove = self._add(self.tr("Remove"))
        self.remove.setIcon(icon("trash"))
        self.of_chosen = (self.replace, self.double, self.earlier, self.later, self.remove)
        timeline.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.edit_button = QPushButton(self.tr("Edit"))
        self.edit_button.setToolTip(self.tr("What can be done with the chosen picture"))
        self.edit_button.setMenu(self._menu)

    def _add(self, text: str, key: str = "") -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if key:
            action.setShortcut(QKeySequence(key))
        self._menu.addAction(action)
        self._timeline.addAction(action)
        return action
