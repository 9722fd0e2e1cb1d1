"""The settings, and what the menu Help offers about this computer and the studio."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from ganart.settings.paths import log_folder
from ganart.ui.dialogs.about import AboutDialog
from ganart.ui.dialogs.checkup import CheckupDialog
from ganart.ui.dialogs.graphics_card import GraphicsCardDialog
from ganart.ui.dialogs.settings import SettingsDialog
from ganart.ui.outside import open_outside
from ganart.workers.session import Session


class HelpDesk(QObject):
    """Opens dialogs above the window."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    @Slot()
    def show_settings(self) -> None:
        """Open the settings; changes hold at once."""
        dialog = SettingsDialog(self._session.settings, self._window)
        dialog.changed.connect(self._session.change_setting)
        _run(dialog)

    @Slot()
    def show_graphics_card(self) -> None:
        """Tell which card there is, and offer what it needs."""
        _run(GraphicsCardDialog(self._session, self._window))

    @Slot()
    def check_up(self) -> None:
        """Tell how this computer stands."""
        _run(CheckupDialog(self._session, self._window))

    @Slot()
    def show_about(self) -> None:
        """Tell what the studio is."""
        _run(AboutDialog(self._window))

    @Slot()
    def reveal_log(self) -> None:
        """Show the folder of the logs in the system's file manager."""
        open_outside(log_folder(), self._window)


def _run(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()
