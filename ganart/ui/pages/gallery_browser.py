"""The Gallery's thumbnails below their filters, and the chosen artwork beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ganart.ui.pages.gallery_bar import FilterBar
from ganart.ui.pages.gallery_detail import ArtworkDetail
from ganart.ui.pages.gallery_grid import ThumbnailView
from ganart.ui.widgets.text import Caption


class GalleryBrowser(QWidget):
    """Lays the filters, the thumbnails and the chosen artwork out."""

    def __init__(
        self,
        bar: FilterBar,
        view: ThumbnailView,
        detail: ArtworkDetail,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._detail = detail
        nothing = Caption(self.tr("No artwork fits what is asked for above."))
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.grid = QStackedWidget()
        self.grid.addWidget(view)
        self.grid.addWidget(nothing)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(24)
        splitter.addWidget(self.grid)
        splitter.addWidget(detail)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(bar)
        column.addWidget(splitter, 1)

    def show_any(self, has_some: bool) -> None:
        """Show the thumbnails, or where nothing fits the filters say so in their place."""
        self.grid.setCurrentIndex(0 if has_some else 1)
        self._detail.setVisible(has_some)
