"""The one dialog for every export: what, how, and what it will look like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.latent.output import (
    Output,
    PrintOutput,
    StillOutput,
    check_output,
    unfitting,
)
from ganart.engine.latent.output_parts import AS_PICTURES
from ganart.engine.latent.output_sizes import estimated_bytes, idle, layout_of, picture_size
from ganart.errors import StudioError
from ganart.media.composition import Composition
from ganart.media.drawn import Drawn
from ganart.media.point import Point
from ganart.media.prints import page_pixels
from ganart.ui.pages.explore.export_presets import presets
from ganart.ui.pages.explore.export_preview import ExportPreview
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.text import Caption, told
from ganart.workers.export_choices import KINDS, ExportChoices
from ganart.workers.exports import LoopPlan


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be exported."""

    drawn: Drawn
    point: Point
    points: tuple[Point, ...]
    """Of a sheet or a print."""
    composition: Composition | None = None
    """A loop; None for none."""

    @property
    def first(self) -> Point:
        """The first picture of the loop."""
        return self.composition.keyframes[0].point if self.composition else self.point


class ExportDialog(QDialog):
    """Asks how to save a picture, a sheet, a print or a loop."""

    def __init__(
        self,
        subject: Subject,
        kind: str,
        choices: ExportChoices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._subject = subject
        self.choices = choices
        self.kind_box = QComboBox()
        self.preset_box = QComboBox()
        self.pictures_box = QComboBox()
        self.forms: dict[str, OptionForm] = {}
        self.stack = QStackedWidget()
        self.preview = ExportPreview()
        self.back_button = QPushButton()
        self.summary = Caption()
        self.trouble = Caption()
        self.buttons = dialog_buttons(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._images: dict[Point, QImage] = {}
        for name, text in self._offered():
            self.kind_box.addItem(text, name)
            form = self.forms[name] = OptionForm(KINDS[name], idle=idle)
            form.set_values(_values(choices.of(name)))
            form.changed.connect(self._on_changed)
            form.rows["format"].changed.connect(self._on_format)
            self.stack.addWidget(_scrolled(form))
        self._lay_out()
        self.kind_box.currentIndexChanged.connect(self._on_kind)
        self.preset_box.activated.connect(self._on_preset)
        self.pictures_box.currentIndexChanged.connect(self._on_changed)
        self.back_button.clicked.connect(self._on_back)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.kind_box.setCurrentIndex(max(0, self.kind_box.findData(kind)))
        self._on_kind()

    def _offered(self) -> list[tuple[str, str]]:
        offered = [
            ("picture", self.tr("Picture")),
            ("sheet", self.tr("Contact sheet")),
            ("print", self.tr("Print on paper")),
        ]
        if self._subject.composition is not None:
            offered.append(("loop", self.tr("Loop")))
        return offered

    def _lay_out(self) -> None:
        self.pictures_box.addItem(self.tr("The large picture"), True)
        count = words.count(len(self._subject.points))
        self.pictures_box.addItem(
            self.tr("All {count} pictures beside it").format(count=count), False
        )
        shape = words.proportion(self._subject.drawn.stretched_from or 1.0)
        text = self.tr("Pull bac&k to the shape of my pictures ({shape})").format(shape=shape)
        self.back_button.setText(text)
        self.back_button.setToolTip(
            self.tr("They were stretched for the training, so the model draws all stretched too")
        )
        self._top = QFormLayout()
        self._top.addRow(self.tr("&What"), self.kind_box)
        self._top.addRow(self.tr("&Begin with"), self.preset_box)
        self._top.addRow(self.tr("&Pictures"), self.pictures_box)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(self._top)
        right.addWidget(self.back_button)
        right.addWidget(self.stack, 1)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.preview, 1)
        both.addLayout(right, 1)
        self.trouble.setAccessibleName(self.tr("What is in the way"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(both, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.trouble)
        layout.addWidget(self.buttons)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(self.tr("&Export"))
        self.resize(940, 680)

    # What is chosen

    def kind(self) -> str:
        """Return "picture", "sheet", "print" or "loop"."""
        return str(self.kind_box.currentData())

    def output(self) -> Output:
        """Return how it shall be saved."""
        return KINDS[self.kind()](**self.forms[self.kind()].values())

    def points(self) -> tuple[Point, ...]:
        """Return which pictures are saved; of a loop the first one."""
        if self.kind() == "loop":
            return (self._subject.first,)
        is_one = self.kind() == "picture" or (
            self.kind() == "print" and self.pictures_box.currentData()
        )
        return (self._subject.point,) if is_one else self._subject.points

    def loop_plan(self) -> LoopPlan | None:
        """Return the loop and how it is saved, None for the other kinds."""
        output = self.output()
        if self._subject.composition is None or self.kind() != "loop":
            return None
        return LoopPlan(self._subject.composition, output)  # type: ignore[arg-type]  # by its kind

    def set_images(self, points: Sequence[Point], images: Sequence[QImage]) -> None:
        """Take pictures for the preview."""
        self._images |= dict(zip(points, images, strict=False))
        self._show()

    def accept(self) -> None:
        """Remember the choices, then close."""
        self.choices.put(self.kind(), self.output())
        super().accept()

    # What is shown

    @Slot()
    def _on_kind(self) -> None:
        self.stack.setCurrentIndex(self.kind_box.currentIndex())
        self._top.setRowVisible(self.pictures_box, self.kind() == "print")
        with QSignalBlocker(self.preset_box):
            self.preset_box.clear()
            self.preset_box.addItem(self.tr("My last choices"))
            self.preset_box.addItems([name for name, _ in presets(self.kind())])
        self._on_changed()

    @Slot()
    def _on_preset(self) -> None:
        kind = self.kind()
        place = self.preset_box.currentIndex()
        if place <= 0:
            self.forms[kind].set_base(_values(self.choices.of(kind)))
        else:
            now = self.forms[kind].values()
            kept = {"recipe": now["recipe"]}
            if kind == "sheet":  # they come from the canvas
                kept["columns"] = now["columns"]
            _, values = presets(kind)[place - 1]
            self.forms[kind].set_base(_values(KINDS[kind]()) | dict(values) | kept)
        self._on_changed()

    @Slot()
    def _on_format(self) -> None:
        # Else a choice that is hidden now, or that the format does not have, would be in the way.
        form = self.forms[self.kind()]
        for name, value in unfitting(form.values()).items():
            form.rows[name].set_value(value)

    @Slot()
    def _on_back(self) -> None:
        self.forms[self.kind()].rows["aspect"].set_value(AS_PICTURES)

    @Slot()
    def _on_changed(self) -> None:
        is_stretched = bool(self._subject.drawn.stretched_from)
        self.back_button.setVisible(is_stretched and self.output().aspect != AS_PICTURES)
        error: StudioError | None = None
        try:
            text = self._summary(self.output())
        except StudioError as found:
            error, text = found, ""
        self.summary.setText(text)
        self.trouble.setText(told(error, ""))
        self.trouble.setVisible(error is not None)
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(error is None)
        self._show()

    def _show(self) -> None:
        points = self.points()
        images = [self._images.get(each, QImage()) for each in points]
        texts = [" + ".join(str(seed) for seed in each.seeds) for each in points]
        self.preview.set_images(images, texts)
        self.preview.show_output(self.output(), len(points), self._subject.drawn)

    def _summary(self, output: Output) -> str:
        """Return what will be made, in a line. Raises `StudioError` where it cannot be."""
        check_output(output)
        plan, count = self.loop_plan(), len(self.points())
        frames = plan.frames if plan else 0
        needed = estimated_bytes(output, self._subject.drawn, count, frames)
        size = self.tr("at most about {size}").format(size=words.data_size(needed))
        if isinstance(output, PrintOutput):
            return f"{self._pages(output, count)}, {size}"
        width, height = picture_size(output, self._subject.drawn)
        parts = [self.tr("{width} × {height} px").format(width=width, height=height)]
        if plan is not None:
            parts.append(self.tr("Frames: {count}").format(count=words.count(frames)))
            parts.append(words.duration(frames / plan.output.fps))
        elif isinstance(output, StillOutput) and output.edition:
            parts.append(self.tr("Files: {count}").format(count=words.count(output.edition)))
        elif self.kind() == "sheet":
            parts[0] = self.tr("Pictures of {size}").format(size=parts[0])
        return ", ".join([*parts, size])

    def _pages(self, output: PrintOutput, count: int) -> str:
        layout = layout_of(output, self._subject.drawn)
        pages = -(-count // len(layout.pictures())) * max(1, output.edition)
        across, down = (each / 10 for each in layout.sheet_mm)
        width, height = page_pixels(layout, output.dpi)
        return self.tr("Pages: {pages}, paper {across} × {down} cm, {width} × {height} px").format(
            pages=words.count(pages),
            across=words.decimal(across),
            down=words.decimal(down),
            width=words.count(width),
            height=words.count(height),
        )


def without_recipe(output: Output) -> Output:
    """Return the same but for the recipe, which is left out."""
    return replace(output, recipe=False)


def _values(output: Output) -> dict[str, Any]:
    return {name: getattr(output, name) for name in output.__dataclass_fields__}


def _scrolled(form: OptionForm) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
