"""The mode of the Stylize page for one photo."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganart.ui.widgets.picture_view import PictureView
from ganart.workers.session import Session


class PhotoMode(QWidget):
    """A photo, its styles, and the picture that they make."""

    page_wanted = Signal(str)
    """The name of another page: "gallery"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = PictureView(self.tr("Drop a photo here."))
        self.view.setAccessibleName(self.tr("Picture"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
