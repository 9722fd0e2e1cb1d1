"""Choosing a look: paintings, built-in looks or a trained brush, how strong, in whose colours."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.looks import Colour, LookKind
from ganart.resources import resource
from ganart.ui.dialogs.library import LibraryDialog
from ganart.ui.pages.stylize_brushes import BrushChooser
from ganart.ui.pages.stylize_built_in import BuiltInGrid
from ganart.ui.pages.stylize_choice import LookChoice
from ganart.ui.pages.stylize_styles import StyleList
from ganart.ui.widgets import words
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.fitting_stack import FittingStack
from ganart.workers.image_loader import ImageLoader
from ganart.workers.paintings import PaintStyle

_KINDS: tuple[LookKind, ...] = ("picture", "built-in", "brush")


class LookPanel(QWidget):
    """Shows a `LookChoice` and lets it be changed; whoever keeps it shows it back."""

    changed = Signal(object, str)
    """The new `LookChoice`, and the control that a drag belongs to ("" for a single step)."""
    area_wanted = Signal(int, str)
    """The index of a painting, and "photo" or "style": where its area is to be painted."""

    def __init__(
        self, loader: ImageLoader, *, with_areas: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choice = LookChoice()
        self.kinds = QButtonGroup(self)
        self.styles = StyleList(loader, with_areas=with_areas)
        self.built_in = BuiltInGrid()
        self.brushes = BrushChooser()
        self.stack = FittingStack()
        for page in (self.styles, self.built_in, self.brushes):
            self.stack.addWidget(page)
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(0, 100)
        self.strength.setPageStep(10)
        self.strength.setAccessibleName(self.tr("Strength of the style"))
        self.strength.setToolTip(self.tr("0 is the photo itself, 100 the style in full"))
        self.percent = QLabel()
        self.percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self.colour = QComboBox()
        self.colour.setAccessibleName(self.tr("Whose colours the picture has"))
        self._lay_out()
        self.kinds.idClicked.connect(self._on_kind)
        self.styles.changed.connect(self._on_paintings)
        self.styles.choosing_wanted.connect(self._on_choosing)
        self.styles.area_wanted.connect(self.area_wanted)
        self.built_in.changed.connect(self._on_built_in)
        self.brushes.changed.connect(self._on_brush)
        self.strength.valueChanged.connect(self._on_strength)
        self.colour.activated.connect(self._on_colour)
        self.show_choice(self._choice)

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        names = (self.tr("Paintings"), self.tr("Built-in looks"), self.tr("My brushes"))
        for index, name in enumerate(names):
            chip = Chip(name)
            self.kinds.addButton(chip, index)
            kinds.addWidget(chip)
        kinds.addStretch(1)
        # Whose colours the result has; the order is that of `COLOURS`.
        self.colour.addItem(self.tr("of the style"), "style")
        self.colour.addItem(self.tr("of the photo"), "luminance")
        self.colour.addItem(self.tr("of the style, matched to the photo"), "moments")
        strength_label = QLabel(self.tr("&Strength"))
        strength_label.setBuddy(self.strength)
        colour_label = QLabel(self.tr("&Colours"))
        colour_label.setBuddy(self.colour)
        grid = QGridLayout()
        grid.addWidget(strength_label, 0, 0)
        grid.addWidget(self.strength, 0, 1)
        grid.addWidget(self.percent, 0, 2)
        grid.addWidget(colour_label, 1, 0)
        grid.addWidget(self.colour, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(kinds)
        column.addWidget(self.stack)
        column.addLayout(grid)
        column.addStretch(0)

    # What is chosen

    def choice(self) -> LookChoice:
        """Return what is chosen."""
        return self._choice

    def show_choice(self, choice: LookChoice) -> None:
        """Show a choice without telling of it."""
        self._choice = choice
        index = _KINDS.index(choice.kind)
        self.kinds.button(index).setChecked(True)
        self._show_page(index)
        self.styles.show_choices(choice.paintings)
        self.built_in.show_keys(choice.built_in)
        self.brushes.show_brush(choice.brush)
        self.strength.blockSignals(True)
        self.strength.setValue(round(100 * choice.strength))
        self.strength.blockSignals(False)
        self.percent.setText(
            self.tr("{percent} %").format(percent=words.count(self.strength.value()))
        )
        self.colour.setCurrentIndex(self.colour.findData(choice.colour))

    def _show_page(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        # The looks take all the room there is, the others what they need.
        is_grid = self.stack.currentWidget() is self.built_in
        vertical = QSizePolicy.Policy.Expanding if is_grid else QSizePolicy.Policy.Maximum
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._column.setStretchFactor(self.stack, 1 if is_grid else 0)

    def add_paintings(self, paths: Sequence[Path]) -> None:
        """Add paintings as styles, and show them."""
        added = tuple(PaintStyle(path) for path in paths)
        fresh = replace(self._choice, kind="picture", paintings=self._choice.paintings + added)
        self._tell(fresh)

    def set_brushes(self, paths: Sequence[Path]) -> None:
        """Offer the brushes of the project."""
        self.brushes.set_brushes(paths)

    def set_thumbnail(self, key: str, image: QImage) -> None:
        """Show what a built-in look does."""
        self.built_in.set_thumbnail(key, image)

    def _tell(self, fresh: LookChoice, control: str = "") -> None:
        self.show_choice(fresh)
        self.changed.emit(fresh, control)

    @Slot(int)
    def _on_kind(self, index: int) -> None:
        self._tell(replace(self._choice, kind=_KINDS[index]))

    @Slot(object, str)
    def _on_paintings(self, paintings: tuple[PaintStyle, ...], control: str) -> None:
        self._tell(replace(self._choice, paintings=paintings), control)

    @Slot(object)
    def _on_built_in(self, keys: tuple[str, ...]) -> None:
        self._tell(replace(self._choice, built_in=keys))

    @Slot(object)
    def _on_brush(self, path: Path) -> None:
        self._tell(replace(self._choice, brush=path))

    @Slot(int)
    def _on_strength(self, percent: int) -> None:
        self._tell(replace(self._choice, strength=percent / 100), "strength")

    @Slot()
    def _on_colour(self) -> None:
        colour = cast("Colour", self.colour.currentData())
        self._tell(replace(self._choice, colour=colour))

    @Slot(int)
    def _on_choosing(self, index: int) -> None:
        title = self.tr("Choose a painting")
        heading = self.tr("Paintings that come with the studio")
        dialog = LibraryDialog(title, heading, resource("sample/styles"), many=True, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_chosen)
        self._place = index
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _on_chosen(self) -> None:
        self.styles.put(self._place, self.dialog.paths())
