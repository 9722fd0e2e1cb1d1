"""Opening files and folders in the programs that the system has for them."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget


def open_outside(path: Path, asker: QWidget) -> None:
    """Open a file or a folder; where no program is there for it, say where it lies."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return
    text = QCoreApplication.translate("outside", "No program of this computer opens it. It lies at")
    box = QMessageBox(asker.window())
    box.setWindowTitle(QCoreApplication.translate("outside", "Not opened"))
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(text)
    box.setInformativeText(str(path))
    flags = Qt.TextInteractionFlag
    box.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    box.exec()
    box.deleteLater()
