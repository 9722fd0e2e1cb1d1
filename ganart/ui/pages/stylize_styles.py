"""The paintings that a photo is painted after, each with its weight and its areas."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from ganart.ui.icons import icon
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.well import PictureWell
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.paintings import PaintStyle

_SIDE_PX = 44
_WEIGHT_STEPS = 100
"""A slider's full length is a weight of 1."""


class StyleRow(QWidget):
    """One painting; a row knows its place in the list by its index."""

    changed = Signal(int, object, str)
    """The index, the new `PaintStyle`, and the name of the control that a drag belongs to."""
    removal_wanted = Signal(int)
    dropped = Signal(int, object)
    choosing_wanted = Signal(int)
    area_wanted = Signal(int, str)
    """The index, and "photo" or "style": where the area is to be painted."""

    def __init__(self, index: int, choice: PaintStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.choice = choice
        self.well = PictureWell(self.tr("A painting"), _SIDE_PX)
        self.well.show_picture(choice.path.name)
        self.weight = QSlider(Qt.Orientation.Horizontal)
        self.weight.setRange(0, _WEIGHT_STEPS)
        self.weight.setPageStep(10)
        self.weight.setAccessibleName(self.tr("Weight of {name}").format(name=choice.path.name))
        self.weight.setMinimumWidth(6 * self.fontMetrics().averageCharWidth())
        self.percent = QLabel()
        self.percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self.area_button = QToolButton()
        self.area_button.setIcon(icon("area"))
        self.area_button.setAutoRaise(True)
        self.area_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.area_button.setMenu(self._make_menu())
        name = self.tr("Where {name} counts").format(name=choice.path.name)
        self.area_button.setAccessibleName(name)
        self.area_button.setToolTip(self.tr("Paint this style on a part of the photo only"))
        self.remove_button = tool_button("close", self.tr("Take this style out"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.well, 5)
        line.addWidget(self.weight, 3)
        line.addWidget(self.percent)
        line.addWidget(self.area_button)
        line.addWidget(self.remove_button)
        self.weight.valueChanged.connect(self._on_weight)
        self.remove_button.clicked.connect(self._on_removal)
        self.well.removal_wanted.connect(self._on_removal)
        self.well.clicked.connect(self._on_choosing)
        self.well.dropped.connect(self._on_dropped)
        self.show_choice(choice)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Paint the area on the &photo…"), self._on_photo_area)
        menu.addAction(self.tr("Paint the area on the pain&ting…"), self._on_style_area)
        menu.addSeparator()
        self._everywhere = menu.addAction(self.tr("Use it &everywhere"), self._on_everywhere)
        return menu

    def show_choice(self, choice: PaintStyle) -> None:
        """Show a choice with the same painting."""
        self.choice = choice
        self.weight.blockSignals(True)
        self.weight.setValue(round(choice.weight * _WEIGHT_STEPS))
        self.weight.blockSignals(False)
        self.percent.setText(f"{words.count(self.weight.value())} %")
        has_area = choice.photo_mask is not None or choice.style_mask is not None
        self._everywhere.setEnabled(has_area)
        # Besides its colour a dot says that there is an area.
        self.area_button.setIcon(icon("area-set" if has_area else "area"))
        state = self.tr("A part only") if has_area else self.tr("Everywhere")
        self.area_button.setAccessibleDescription(state)

    @Slot(int)
    def _on_weight(self, value: int) -> None:
        fresh = replace(self.choice, weight=value / _WEIGHT_STEPS)
        self.show_choice(fresh)
        self.changed.emit(self.index, fresh, f"weight {self.index}")

    @Slot()
    def _on_everywhere(self) -> None:
        fresh = replace(self.choice, photo_mask=None, style_mask=None)
        self.changed.emit(self.index, fresh, "")

    @Slot()
    def _on_removal(self) -> None:
        self.removal_wanted.emit(self.index)

    @Slot()
    def _on_choosing(self) -> None:
        self.choosing_wanted.emit(self.index)

    @Slot(object)
    def _on_dropped(self, paths: list[Path]) -> None:
        self.dropped.emit(self.index, paths)

    @Slot()
    def _on_photo_area(self) -> None:
        self.area_wanted.emit(self.index, "photo")

    @Slot()
    def _on_style_area(self) -> None:
        self.area_wanted.emit(self.index, "style")


class StyleList(QWidget):
    """Rows of paintings, and a well that takes one more."""

    changed = Signal(object, str)
    """The `PaintStyle`s, and the control that a drag belongs to."""
    choosing_wanted = Signal(int)
    """A painting is to be chosen for the row of this index, or for a new row."""
    area_wanted = Signal(int, str)

    def __init__(
        self, loader: ImageLoader, *, with_areas: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._with_areas = with_areas
        self._choices: tuple[PaintStyle, ...] = ()
        self.rows: list[StyleRow] = []
        self.well = PictureWell(self.tr("Drop, paste or choose a painting"), _SIDE_PX)
        self.well.dropped.connect(self.add)
        self.well.clicked.connect(self._on_well)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.well)
        loader.loaded.connect(self._on_loaded)

    def choices(self) -> tuple[PaintStyle, ...]:
        """Return the paintings as they stand."""
        return self._choices

    def show_choices(self, choices: tuple[PaintStyle, ...]) -> None:
        """Show paintings; rows of the same ones stay, with the focus that they may have."""
        same = [each.path for each in choices] == [each.path for each in self._choices]
        self._choices = choices
        if same:
            for row, choice in zip(self.rows, choices, strict=True):
                row.show_choice(choice)
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [StyleRow(index, choice) for index, choice in enumerate(choices)]
        for row in self.rows:
            self._add_row(row)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go through the rows before the well below them; Qt puts new widgets last."""
        before: QWidget = self.well
        while (before := before.previousInFocusChain() or self.well) is not self.well:
            if before.focusPolicy() & Qt.FocusPolicy.TabFocus:
                break
        else:
            return
        for row in self.rows:
            for widget in (row.well, row.weight, row.area_button, row.remove_button):
                self.setTabOrder(before, widget)
                before = widget

    def _add_row(self, row: StyleRow) -> None:
        self._column.insertWidget(row.index, row)
        row.area_button.setVisible(self._with_areas)
        row.changed.connect(self._on_changed)
        row.removal_wanted.connect(self._on_removal)
        row.dropped.connect(self.put)
        row.choosing_wanted.connect(self.choosing_wanted)
        row.area_wanted.connect(self.area_wanted)
        self._loader.load(row.choice.path, self._wanted_px())

    def _wanted_px(self) -> int:
        # An odd size, so that pictures loaded for other places are told apart.
        return round(_SIDE_PX * self.devicePixelRatioF()) * 2 + 1

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        """Add paintings."""
        self.put(len(self._choices), paths)

    @Slot(int, object)
    def put(self, index: int, paths: Sequence[Path]) -> None:
        """Put the first painting in the place of a row, or at the end, and the others behind."""
        fresh = list(self._choices)
        fresh[index : index + 1] = [PaintStyle(path) for path in paths]
        self._tell(tuple(fresh), "")

    @Slot(int, object, str)
    def _on_changed(self, index: int, choice: PaintStyle, control: str) -> None:
        fresh = list(self._choices)
        fresh[index] = choice
        self._tell(tuple(fresh), control)

    @Slot(int)
    def _on_removal(self, index: int) -> None:
        self.well.setFocus()
        self._tell(self._choices[:index] + self._choices[index + 1 :], "")

    def _tell(self, choices: tuple[PaintStyle, ...], control: str) -> None:
        self.show_choices(choices)
        self.changed.emit(choices, control)

    @Slot()
    def _on_well(self) -> None:
        self.choosing_wanted.emit(len(self._choices))

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        for row in self.rows:
            if row.choice.path == loaded.path and loaded.side_px == self._wanted_px():
                row.well.show_picture(loaded.path.name, loaded.image)
