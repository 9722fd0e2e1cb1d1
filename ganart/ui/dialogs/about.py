"""Which version this is, and what it does with your pictures: nothing behind your back."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

import ganart
from ganart.ui.dialogs.sizes import fit
from ganart.ui.drawing import Drawing
from ganart.ui.icons import app_icon
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Title

_ICON_PX = 96


class AboutDialog(QDialog):
    """Name, version, promise and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About GanArt Studio"))
        versions = self.tr("Version {version}, with Qt {qt} and Python {python}").format(
            version=ganart.__version__, qt=qVersion(), python=platform.python_version()
        )
        texts = QVBoxLayout()
        texts.setSpacing(12)
        texts.addWidget(Title("GanArt Studio"))
        texts.addWidget(Caption(versions))
        promise = QLabel(
            self.tr(
                "Everything runs on this computer. Your pictures are only ever read, nothing is "
                "sent anywhere, and nobody counts what you do."
            )
        )
        promise.setWordWrap(True)
        texts.addWidget(promise)
        texts.addWidget(
            Caption(
                self.tr(
                    "Free software under the MIT licence, built on PyTorch, Qt for Python, "
                    "pyqtgraph, NumPy, Pillow and PyAV."
                )
            )
        )
        texts.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(Drawing(app_icon(), _ICON_PX), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(buttons)
        fit(self, 520)
