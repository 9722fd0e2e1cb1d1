"""Two to four artworks compared: by a divider, by holding a key, or beside each other."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.project.artworks import Artwork
from ganart.ui.widgets.before_after import BeforeAfter, Compare
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.linked_view import Link, LinkedView
from ganart.ui.widgets.text import give_way

MOST = 4


class SideBySide(QWidget):
    """Pictures beside each other, in rows of two where there are four."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: list[LinkedView] = []
        self._link = Link()
        self.names: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for _number in range(MOST):
            view, name = LinkedView(self._link), QLabel()
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            give_way(name)
            self.views.append(view)
            self.names.append(name)
        self._grid = grid

    def show_names(self, names: Sequence[str]) -> None:
        """Show so many pictures, which follow."""
        columns = 2 if len(names) == MOST else len(names)
        for number, (view, name) in enumerate(zip(self.views, self.names, strict=True)):
            self._grid.removeWidget(view)
            self._grid.removeWidget(name)
            is_shown = number < len(names)
            view.setVisible(is_shown)
            name.setVisible(is_shown)
            view.set_image(QImage())
            if is_shown:
                row, column = 2 * (number // columns), number % columns
                self._grid.addWidget(view, row, column)
                self._grid.addWidget(name, row + 1, column)
                self._grid.setRowStretch(row, 1)
                name.setText(names[number])
                view.setAccessibleName(names[number])
        self._grid.setRowStretch(2, 1 if len(names) == MOST else 0)

    def set_image(self, number: int, image: QImage) -> None:
        """Show one of the pictures."""
        self.views[number].set_image(image)


class ComparePane(QWidget):
    """Ways to compare above the pictures. Escape leads back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._works: list[Artwork] = []
        self._images: dict[Path, QImage] = {}
        self.back_button = push_button("back", self.tr("&Back to all"))
        self.back_button.setToolTip(self.tr("Esc"))
        self.back_button.clicked.connect(self.left)
        self.pair = BeforeAfter()
        self.pair.setAccessibleName(self.tr("Two artworks, compared"))
        self.beside = SideBySide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pair)
        self.stack.addWidget(self.beside)
        self.ways = QButtonGroup(self)
        self.boxes = tuple(QComboBox() for _ in range(2))
        line = QHBoxLayout()
        line.addWidget(self.back_button)
        line.addSpacing(8)
        for key, text, tip in (
            (Compare.SLIDER, self.tr("Sli&der"), self.tr("Move a line between two of them")),
            (Compare.HOLD, self.tr("Ho&ld"), self.tr("Hold Space or the mouse to see the other")),
            (Compare.SPLIT, self.tr("Side b&y side"), self.tr("All of them, zoomed together")),
        ):
            button = QRadioButton(text)
            button.setToolTip(tip)
            button.setProperty("way", key)
            self.ways.addButton(button)
            line.addWidget(button)
        line.addSpacing(8)
        for box, name in zip(
            self.boxes, (self.tr("The one"), self.tr("The other one")), strict=True
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(18)
            box.currentIndexChanged.connect(self._show_pair)
            line.addWidget(box)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self.stack, 1)
        self.ways.buttonClicked.connect(self._on_way)

    def show_works(self, works: Sequence[Artwork]) -> list[Path]:
        """Compare some artworks, and return the files whose pictures are to be given."""
        self._works = list(works[:MOST])
        self._images.clear()
        names = [work.path.name for work in self._works]
        self.beside.show_names(names)
        for number, box in enumerate(self.boxes):
            box.blockSignals(True)
            box.clear()
            box.addItems(names)
            box.setCurrentIndex(number)
            box.setVisible(len(names) > 2)
            box.blockSignals(False)
        self.set_way(Compare.SLIDER if len(names) == 2 else Compare.SPLIT)
        return [work.picture for work in self._works]

    def way(self) -> Compare:
        """Return how they are compared."""
        return next(
            Compare(each.property("way")) for each in self.ways.buttons() if each.isChecked()
        )

    def set_way(self, way: Compare) -> None:
        """Compare in another way."""
        for button in self.ways.buttons():
            button.setChecked(button.property("way") == way)
        self._on_way()

    def set_image(self, path: Path, image: QImage) -> None:
        """Take the picture of a file."""
        self._images[path] = image
        for number, work in enumerate(self._works):
            if work.picture == path:
                self.beside.set_image(number, image)
        self._show_pair()

    @Slot()
    def _on_way(self) -> None:
        way = self.way()
        is_beside = way is Compare.SPLIT
        self.stack.setCurrentWidget(self.beside if is_beside else self.pair)
        for box in self.boxes:
            box.setVisible(not is_beside and len(self._works) > 2)
        if not is_beside:
            self.pair.set_compare(way)
            self._show_pair()
        self.setFocusProxy(self.beside.views[0] if is_beside else self.pair)
        self.setFocus()

    @Slot()
    def _show_pair(self) -> None:
        rows = [box.currentIndex() for box in self.boxes]
        if min(rows) < 0 or max(rows) >= len(self._works):
            return
        one, other = (self._works[row] for row in rows)
        self.pair.set_names(one.path.name, other.path.name)
        self.pair.set_before(self._images.get(one.picture, QImage()))
        self.pair.set_after(self._images.get(other.picture, QImage()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Escape, which no part of the pane takes."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
