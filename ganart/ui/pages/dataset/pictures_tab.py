"""The Pictures tab: the grid, what of it is shown, and what is said of what is chosen in it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ganart.ui.drawing import Drawing
from ganart.ui.icons import icon
from ganart.ui.pages.dataset.chooser import Chooser
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.culling_bar import CullingBar
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.dwell import Dwell
from ganart.ui.pages.dataset.filter_bar import FilterBar
from ganart.ui.pages.dataset.grid import ThumbnailGrid
from ganart.ui.pages.dataset.grid_zoom import GridZoom
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.pages.dataset.pictures_menu import PicturesMenu
from ganart.ui.pages.dataset.shown import Shown
from ganart.ui.widgets.text import Heading


class PicturesTab(QWidget):
    """The pictures that are asked for, to be judged one after another or many at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PicturesModel(desk, self)
        self.grid = ThumbnailGrid()
        self.grid.setModel(self.model)
        self.chooser = Chooser(self.grid, self.model, desk.pictures)
        self.culling = Culling(desk, self.grid, self.chosen)
        self.shown = Shown(desk, self.model, self.chooser)
        looking = self.grid.looking.all if self.grid.looking is not None else []
        self.menu = PicturesMenu(desk, looking, self.culling, self.chooser, self.shown, self)
        self.dwell = Dwell(desk, self.chooser)
        self.filters = FilterBar(desk, self.shown)
        self.bar = CullingBar(desk, self.culling, self.chooser, self.menu)
        self.hint = self.bar.hint
        self.empty = _NothingFits()
        self.stack = QStackedWidget()
        self._lay_out()
        self.grid.selectionModel().selectionChanged.connect(self.bar.refresh)
        self.model.modelReset.connect(self.bar.refresh)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.culling.advance_wanted.connect(self._advance)
        self.shown.changed.connect(self._follow)
        self.filters.left.connect(self.go_to_pictures)
        self.empty.button.clicked.connect(self.shown.show_all)
        desk.show_wanted.connect(self.shown.show_among)
        self.clear = QAction(self.tr("Show all pictures"), self)
        self.clear.setShortcut(QKeySequence("Ctrl+Backspace"))
        self.clear.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.clear.triggered.connect(self.shown.show_all)
        self.addAction(self.clear)
        self._follow()

    def _lay_out(self) -> None:
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filters)
        layout.addWidget(self.stack, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.bar, 1)
        below.addWidget(GridZoom(self.grid))
        layout.addLayout(below)

    def chosen(self) -> Sequence[int]:
        """Return the ids of the selected pictures in their order."""
        return self.chooser.chosen()

    def main_widget(self) -> QWidget:
        """Return the pictures, or the button in their place."""
        return self.grid if self.stack.currentWidget() is self.grid else self.empty.button

    @Slot()
    def go_to_pictures(self) -> None:
        """Have the keys go to the pictures."""
        self.grid.setFocus()
        if not self.chooser.count():
            self.chooser.go_to(max(0, self.grid.currentIndex().row()))

    @Slot(int)
    def _advance(self, judged: int) -> None:
        place = self.model.place(judged)
        if place is not None:  # else the next one is in its place already
            self.chooser.go_to(place + 1)

    @Slot()
    def _follow(self) -> None:
        """Say so if nothing fits, and keep the keys working."""
        is_empty = not self.model.ids and not self.shown.wish.is_open()
        had_focus = self.grid.hasFocus() or self.empty.button.hasFocus()
        self.stack.setCurrentWidget(self.empty if is_empty else self.grid)
        if had_focus:
            self.main_widget().setFocus()

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        self.menu.popup(self.grid.viewport().mapToGlobal(place))


class _NothingFits(QWidget):
    """What is shown where no picture is what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton(self.tr("Show all"))
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(Drawing(icon("filter"), 48), 0, centre)
        layout.addWidget(Heading(self.tr("No picture matches")), 0, centre)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(3)
