"""Everything the window can be asked to do, each once, with its shortcut."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ganart.ui.icons import icon

_Key = QKeySequence.StandardKey


class Actions(QObject):
    """The actions of the main window and the menus that hold them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        add = self._add
        self.new_project = add(self.tr("&New project…"), _Key.New, "plus")
        self.open_project = add(self.tr("&Open project…"), _Key.Open, "folder")
        self.open_sample = add(self.tr("Open the &sample project"))
        self.add_pictures = add(self.tr("&Add pictures…"), "Ctrl+Shift+A", "plus")
        self.paste = add(self.tr("&Paste pictures"), _Key.Paste)
        self.scan = add(self.tr("&Look for new pictures"), _Key.Refresh)
        self.import_model = add(self.tr("&Import a model…"), "Ctrl+I")
        self.give_model = add(self.tr("&Give a model away…"), "Ctrl+Shift+G")
        self.reveal = add(self.tr("Show project &folder"))
        self.close_project = add(self.tr("&Close project"), _Key.Close)
        self.settings = add(self.tr("Se&ttings…"), "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit = add(self.tr("&Quit"), _Key.Quit)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

        # Which stack they act on is the window's to say.
        self.histories = QUndoGroup(self)
        self.no_history = QUndoStack(self.histories)
        self.undo = self._named(self.histories.createUndoAction(self, self.tr("&Undo")), _Key.Undo)
        self.redo = self._named(self.histories.createRedoAction(self, self.tr("&Redo")), _Key.Redo)

        self.pages = {
            "dataset": add(self.tr("&Dataset"), "Ctrl+1", "dataset"),
            "train": add(self.tr("&Train"), "Ctrl+2", "train"),
            "explore": add(self.tr("&Explore"), "Ctrl+3", "explore"),
            "stylize": add(self.tr("&Stylize"), "Ctrl+4", "stylize"),
            "gallery": add(self.tr("&Gallery"), "Ctrl+5", "gallery"),
        }
        group = QActionGroup(self)
        for key, action in self.pages.items():
            action.setData(key)
            action.setCheckable(True)
            group.addAction(action)
        self.full_screen = add(self.tr("&Full screen"), "F11")
        self.full_screen.setCheckable(True)

        self.pause = add(self.tr("&Pause training"), "Ctrl+Shift+P", "pause")
        self.pause.setCheckable(True)
        self.stop = add(self.tr("&Stop and keep"), "Ctrl+Shift+K", "stop")
        self.sample_now = add(self.tr("Sample &now"), "Ctrl+Shift+N", "sample")
        self.save_now = add(self.tr("Sa&ve now"), _Key.Save, "save")

        self.lesson = add(self.tr("The l&esson"))
        self.tour = add(self.tr("&Take the tour"))
        self.graphics_card = add(self.tr("&Graphics card…"))
        self.checkup = add(self.tr("&Check this computer…"))
        self.updates = add(self.tr("Look for a &newer version…"))
        self.open_log = add(self.tr("Show &log folder"))
        self.about = add(self.tr("&About GanArt Studio"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

        self.of_a_project = (
            self.add_pictures,
            self.scan,
            self.import_model,
            self.give_model,
            self.reveal,
            self.close_project,
            *self.pages.values(),
        )

    def fill(self, bar: QMenuBar) -> QMenu:
        """Build the menus; returns the empty one for the recent projects."""
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.new_project, self.open_project])
        recent = file.addMenu(self.tr("Open &recent"))
        file.addAction(self.open_sample)
        file.addSeparator()
        file.addActions([self.add_pictures, self.scan])
        file.addSeparator()
        file.addActions([self.import_model, self.give_model, self.reveal])
        file.addSeparator()
        file.addAction(self.close_project)
        file.addSeparator()
        file.addActions([self.settings, self.quit])
        edit = bar.addMenu(self.tr("Ed&it"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addAction(self.paste)
        view = bar.addMenu(self.tr("&View"))
        view.addActions(list(self.pages.values()))
        view.addSeparator()
        view.addAction(self.full_screen)
        train = bar.addMenu(self.tr("&Train"))
        train.addActions([self.pause, self.stop])
        train.addSeparator()
        train.addActions([self.sample_now, self.save_now])
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([self.tour, self.lesson])
        help_menu.addSeparator()
        help_menu.addActions([self.graphics_card, self.checkup, self.open_log])
        help_menu.addSeparator()
        help_menu.addActions([self.updates, self.about])
        return recent

    def _named(self, action: QAction, shortcut: QKeySequence.StandardKey) -> QAction:
        """Return an action of Qt's with its keys."""
        action.setShortcuts(shortcut)
        self._window.addAction(action)
        return action

    def _add(
        self, text: str, shortcut: QKeySequence.StandardKey | str | None = None, drawing: str = ""
    ) -> QAction:
        action = QAction(text, self)
        if isinstance(shortcut, str):
            action.setShortcut(QKeySequence(shortcut))
        elif shortcut is not None:
            action.setShortcuts(shortcut)
        if drawing:
            action.setIcon(icon(drawing))
            # Menus stay calm; the icons are for buttons.
            action.setIconVisibleInMenu(False)
        self._window.addAction(action)
        return action
