"""The column of controls for one photo: the photo, the style, the painting."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ganart.ui.pages.stylize_choice import Choice
from ganart.ui.pages.stylize_look import LookPanel
from ganart.ui.pages.stylize_paint_options import PaintOptions
from ganart.ui.pages.stylize_photo_well import PhotoWell
from ganart.ui.pages.stylize_plan import PlanLine
from ganart.ui.pages.stylize_saving import SavingLine
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.image_loader import ImageLoader
from ganart.workers.session import Session

_ALL_THE_ROOM = 1000
"""Beside a stretch of 1."""


class SetupSide(QWidget):
    """Holds the controls, and allows those that make sense."""

    def __init__(
        self, session: Session, loader: ImageLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.well = PhotoWell()
        self.look = LookPanel(loader, with_areas=True)
        self.paint = PaintOptions()
        self.plan = PlanLine(session)
        self.undo_button = tool_button("undo", self.tr("Undo"))
        self.redo_button = tool_button("redo", self.tr("Redo"))
        self.save_button = push_button("save", self.tr("Save quic&k look"))
        self.save_button.setToolTip(self.tr("Save the quick look at the size of the photo"))
        self.paint_button = QPushButton(self.tr("&Paint it"))
        self.paint_button.setDefault(True)
        self.paint_button.setAutoDefault(True)
        self.hint = Caption()
        self.saving = SavingLine(session)
        self._painting_part = self._make_painting_part()
        content = self._make_content()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it, and it follows them
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        buttons.addWidget(self.paint_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addWidget(self.hint)
        column.addWidget(self.saving)
        column.addLayout(buttons)
        # The bar of the scroll area takes its width from the content: room for it is kept.
        self.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().width())

    def _make_painting_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(Heading(self.tr("Painting")))
        column.addWidget(self.paint)
        column.addWidget(self.plan)
        return part

    def _make_content(self) -> QWidget:
        photo_line = QHBoxLayout()
        photo_line.addWidget(Heading(self.tr("Photo")), 1)
        photo_line.addWidget(self.undo_button)
        photo_line.addWidget(self.redo_button)
        content = QWidget()
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        column.addLayout(photo_line)
        column.addWidget(self.well)
        column.addSpacing(6)
        column.addWidget(Heading(self.tr("Style")))
        column.addWidget(self.look)
        column.addWidget(self._painting_part)
        column.addStretch(1)
        return content

    def add(self, widget: QWidget) -> None:
        """Put another part at the end of the column."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def allow(
        self, choice: Choice, *, is_readable: bool, is_painting: bool, edits_area: bool
    ) -> None:
        """Allow what is possible now, and say what is missing.

        `is_readable` says that nothing is known against the photo, `edits_area` that an area is
        being painted on it.
        """
        ready = choice.photo is not None and choice.look.look() is not None
        ready = ready and is_readable and not edits_area
        self.save_button.setEnabled(ready and not self.saving.is_busy())
        is_painted = choice.look.kind == "picture"
        self.paint_button.setEnabled(ready and is_painted and not is_painting)
        self._painting_part.setVisible(is_painted)
        # Looks are many; the grid of them takes the room that the others leave.
        self._column.setStretchFactor(self.look, 0 if is_painted else _ALL_THE_ROOM)
        self.hint.setText(self._missing(choice, is_readable, is_painting))
        self.hint.setVisible(bool(self.hint.text()))

    def _missing(self, choice: Choice, is_readable: bool, is_painting: bool) -> str:
        if choice.photo is None:
            return self.tr("First choose a photo.")
        if not is_readable:
            return self.tr("Choose another photo.")
        if choice.look.look() is None:
            return self.tr("Now choose a style.")
        if choice.look.kind != "picture":
            return self.tr("To paint it, choose paintings as the style; this look is instant.")
        if is_painting:
            return self.tr("A painting is under way. Another can begin when it has ended.")
        return ""
