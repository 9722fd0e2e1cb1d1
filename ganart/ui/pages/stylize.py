"""The Stylize page: one photo, many, a brush of one's own, a film; each a mode with its own tab."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ganart.ui.pages.batch import BatchMode
from ganart.ui.pages.brush import BrushMode
from ganart.ui.pages.film import FilmMode
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.ui.widgets.text import Title
from ganart.workers.session import Session


class StylizePage(QWidget):
    """A bar of modes over the one that is shown; a mode is made when it is first shown."""

    page_wanted = Signal(str)
    """The name of another page: "gallery"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self.modes = QTabBar()
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        self.modes.setAccessibleName(self.tr("What to stylize"))
        self.stack = QStackedWidget()
        # The modes take the letters D, M, O and U; the menus have F, H, T and V.
        self._add_mode("photo", self.tr("Ph&oto"), self._make_photo)
        self._add_mode("batch", self.tr("Fol&der"), self._make_batch)
        self._add_mode("brush", self.tr("Br&ush"), self._make_brush)
        self._add_mode("film", self.tr("Fil&m"), self._make_film)
        top = QHBoxLayout()
        top.addWidget(Title(self.tr("Stylize")))
        top.addSpacing(24)
        top.addWidget(self.modes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        self.modes.currentChanged.connect(self._on_tab)
        self._on_tab(0)

    def show_mode(self, key: str) -> QWidget:
        """Show a mode, such as "photo", and return its widget."""
        self.modes.setCurrentIndex(list(self._makers).index(key))
        return self.mode(key)

    def mode(self, key: str) -> QWidget:
        """Return the widget of a mode."""
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self.stack.addWidget(self._made[key])
        return self._made[key]

    def _add_mode(self, key: str, label: str, make: Callable[[], QWidget]) -> None:
        self._makers[key] = make
        self.modes.addTab(label)

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        if 0 <= index < len(self._makers):
            self.stack.setCurrentWidget(self.mode(list(self._makers)[index]))

    def _make_photo(self) -> PhotoMode:
        mode = PhotoMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode

    def _make_batch(self) -> BatchMode:
        mode = BatchMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode

    def _make_brush(self) -> BrushMode:
        mode = BrushMode(self._session)
        mode.batch_wanted.connect(self._stylize_with)
        return mode

    @Slot(object)
    def _stylize_with(self, brush: Path) -> None:
        mode = self.show_mode("batch")
        if isinstance(mode, BatchMode):
            mode.use_brush(brush)

    def _make_film(self) -> FilmMode:
        mode = FilmMode(self._session)
        mode.page_wanted.connect(self.page_wanted)
        return mode
