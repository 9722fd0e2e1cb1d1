"""Painting where a style counts: on the photo, or on the painting it is taken from."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.mask_canvas import MaskCanvas
from ganart.ui.widgets.text import Caption, Heading


class AreaEditor(QWidget):
    """A canvas with its tools; the area holds when it is accepted."""

    accepted = Signal(object)
    """A grey `QImage`, white where the style counts, or None for everywhere."""
    rejected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Heading()
        self.canvas = MaskCanvas()
        self.canvas.setAccessibleName(self.tr("Area"))
        self.canvas.setAccessibleDescription(
            self.tr(
                "Arrows move a cross, Space paints there, X changes between painting and erasing, "
                "the square brackets change the size"
            )
        )
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(4, 400)
        self.size_slider.setPageStep(20)
        self.size_slider.setMaximumWidth(160)
        size_label = QLabel(self.tr("Si&ze"))
        size_label.setBuddy(self.size_slider)
        self.erase_box = QCheckBox(self.tr("&Erase"))
        self.undo_button = tool_button("undo", self.tr("Take the last stroke back"))
        self.clear_button = QPushButton(self.tr("C&lear"))
        self.invert_button = QPushButton(self.tr("&Invert"))
        self.cancel_button = QPushButton(self.tr("&Cancel"))
        self.accept_button = QPushButton(self.tr("Use this &area"))
        self.hint = Caption(
            self.tr(
                "Paint where the style counts; the right button erases. Nothing painted means "
                "everywhere. Areas take effect in paintings, not in the quick look."
            )
        )
        tools = QHBoxLayout()
        for widget in (size_label, self.size_slider, self.erase_box, self.undo_button):
            tools.addWidget(widget)
        tools.addWidget(self.clear_button)
        tools.addWidget(self.invert_button)
        tools.addStretch(1)
        tools.addWidget(self.cancel_button)
        tools.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.hint)
        column.addLayout(tools)
        self.size_slider.valueChanged.connect(self.canvas.set_size)
        self.erase_box.toggled.connect(self.canvas.set_erases)
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.invert_button.clicked.connect(self.canvas.invert)
        self.canvas.changed.connect(self._update)
        self.cancel_button.clicked.connect(self.rejected)
        self.accept_button.clicked.connect(self._on_accepted)

    def begin(self, title: str, picture: QImage, mask: QImage | None) -> None:
        """Edit an area on a picture."""
        self.title.setText(title)
        self.canvas.begin(picture, mask)
        self.canvas.setFocus()

    @Slot()
    def _update(self) -> None:
        self.size_slider.setValue(self.canvas.size_px())
        self.erase_box.setChecked(self.canvas.erases())
        self.undo_button.setEnabled(self.canvas.can_undo())

    @Slot()
    def _on_accepted(self) -> None:
        self.accepted.emit(self.canvas.area())
