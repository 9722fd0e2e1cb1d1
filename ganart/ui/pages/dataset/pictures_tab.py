"""The Pictures tab: the grid, and what is said of what is chosen in it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.grid import ThumbnailGrid
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count


class PicturesTab(QWidget):
    """All pictures, or those that another tab wants to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = PicturesModel(desk, self)
        self.grid = ThumbnailGrid()
        self.grid.setModel(self.model)
        self.culling = Culling(desk, self.grid, self.chosen)
        self.hint = Caption()
        self.buttons: list[QPushButton] = []
        self._build()
        self.grid.selectionModel().selectionChanged.connect(self._update)
        self.model.modelReset.connect(self._update)
        desk.pictures.listed.connect(self.refresh)
        self.refresh()
        self._update()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.hint, 1)
        culling = self.culling
        for action in (culling.pick, culling.reject, culling.clear, culling.often):
            self.buttons.append(self._button(action))
            bar.addWidget(self.buttons[-1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.grid, 1)
        layout.addLayout(bar)
        self._reveal = QAction(self.tr("&Show in its folder"), self)
        self._reveal.triggered.connect(self._reveal_current)
        self._stylize = QAction(self.tr("Styli&ze this picture"), self)
        self._stylize.triggered.connect(self._stylize_current)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.activated.connect(self._reveal_current)

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button

    def chosen(self) -> Sequence[int]:
        """Return the ids of the selected pictures in their order."""
        return [self.model.ids[row] for row in sorted(each.row() for each in self._selected())]

    def _selected(self) -> Sequence[QModelIndex]:
        return self.grid.selectionModel().selectedIndexes()

    @Slot()
    def refresh(self) -> None:
        """Show what the catalogue holds now, at the same place."""
        bar = self.grid.verticalScrollBar()
        place = bar.value()
        self.model.show_ids([row.id for row in self._desk.pictures.rows])
        bar.setValue(place)

    @Slot()
    def _update(self) -> None:
        chosen = len(self._selected())
        self.culling.set_enabled(chosen > 0)
        self.hint.setText(
            self.tr("Selected: {count}").format(count=count(chosen))
            if chosen
            else self.tr(
                "Select pictures to pick or reject them. Rejected ones are not trained on."
            )
        )

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.grid.indexAt(place).isValid():
            menu = QMenu(self)
            menu.addActions([self._reveal, self._stylize])
            menu.addSeparator()
            menu.addActions(self.culling.all)
            menu.exec(self.grid.viewport().mapToGlobal(place))

    @Slot()
    def _reveal_current(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            folder = self.model.picture(index).path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def _stylize_current(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            self._desk.stylize_wanted.emit([self.model.picture(index).path])
