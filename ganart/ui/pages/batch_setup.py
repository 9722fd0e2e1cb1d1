"""Before a batch: which photos, which looks, and where the results go."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.style.batch_plan import BatchPlan
from ganart.ui.dialogs.library import PICTURE_PATTERNS
from ganart.ui.pages.batch_looks import BatchLooks
from ganart.ui.pages.batch_output import OutputForm
from ganart.ui.widgets import words
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.path_list import PathList
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.image_loader import ImageLoader

_SPACING_PX = 24


class BatchSetup(QWidget):
    """Three columns, or two in a narrow window, over a line that says what will happen."""

    start_wanted = Signal(object)
    """A `BatchPlan`."""

    def __init__(self, loader: ImageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_free = True
        self.sources = PathList(
            self.tr("Photos to stylize"),
            self.tr("Drop photos, folders or ZIP files here. Folders inside are searched too."),
            self.tr("Photos and ZIP files ({patterns})").format(
                patterns=f"{PICTURE_PATTERNS} *.zip"
            ),
        )
        self.watch = QCheckBox(self.tr("Go on with whatever arrives in the folders"))
        self.watch.setToolTip(self.tr("Until it is stopped"))
        self.looks = BatchLooks(loader)
        self.output = OutputForm()
        self.summary = Caption()
        self.start_button = QPushButton(self.tr("Start the &batch"))
        self.start_button.setDefault(True)
        self.start_button.setAutoDefault(True)
        self.overwrite_button = ConfirmButton(
            self.tr("Start the &batch"), self.tr("Really overwrite? Start the &batch")
        )
        self._lay_out()
        self.sources.changed.connect(self.update_buttons)
        self.looks.changed.connect(self.update_buttons)
        self.output.changed.connect(self.update_buttons)
        self.start_button.clicked.connect(self._on_start)
        self.overwrite_button.confirmed.connect(self._on_start)
        self.update_buttons()

    def _lay_out(self) -> None:
        self._columns = (
            self._column(self.tr("1   Photos"), self.sources, self.watch),
            self._column(self.tr("2   Looks"), self.looks),
            self._column(self.tr("3   Results"), self.output),
        )
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING_PX)
        self._arrange(is_narrow=False)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        footer = QHBoxLayout()
        footer.setSpacing(12)
        footer.addWidget(self.summary, 1)
        footer.addWidget(self.start_button)
        footer.addWidget(self.overwrite_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(scroll, 1)
        layout.addLayout(footer)

    @staticmethod
    def _column(title: str, *widgets: QWidget) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Heading(title))
        for number, widget in enumerate(widgets):
            column.addWidget(widget, 0 if number else 1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the results below the photos where the columns have no room beside one another."""
        super().resizeEvent(event)
        needed = sum(each.minimumSizeHint().width() for each in self._columns)
        self._arrange(is_narrow=self.width() < needed + 2 * _SPACING_PX)

    def _arrange(self, *, is_narrow: bool) -> None:
        photos, looks, results = self._columns
        self._grid.addWidget(photos, 0, 0)
        self._grid.addWidget(looks, 0, 1, 2 if is_narrow else 1, 1)
        self._grid.addWidget(results, *((1, 0) if is_narrow else (0, 2)))
        for place, share in enumerate((3, 4, 0 if is_narrow else 3)):
            self._grid.setColumnStretch(place, share)
        self._grid.setRowStretch(0, 1)

    # What the person says

    def plan(self) -> BatchPlan:
        """Return what is to be done."""
        return BatchPlan(
            sources=self.sources.paths(),
            looks=self.looks.looks(),
            output=self.output.output(),
            watch=self.watch.isChecked(),
        )

    def show_plan(self, plan: BatchPlan) -> None:
        """Show another batch's plan, to begin a similar one."""
        self.sources.clear()
        self.sources.add(plan.sources)
        self.looks.show_looks(plan.looks)
        self.output.show_output(plan.output)
        self.watch.setChecked(plan.watch)

    def add_sources(self, paths: Sequence[Path]) -> None:
        """Add photos and folders."""
        self.sources.add(paths)

    def set_free(self, is_free: bool) -> None:
        """Allow starting only while no batch runs."""
        self._is_free = is_free
        self.update_buttons()

    def recall(self, choices: dict[str, Any], folder: Path) -> None:
        """Show the output options of last time; results go to `folder` unless chosen otherwise."""
        self.output.set_folder(folder)
        self.output.recall(choices)

    @Slot()
    def update_buttons(self) -> None:
        """Allow what is possible now, and say what is missing."""
        plan = self.plan()
        ready = bool(self._is_free and plan.sources and plan.looks)
        overwrites = plan.output.existing == "overwrite"
        self.start_button.setVisible(not overwrites)
        self.overwrite_button.setVisible(overwrites)
        self.start_button.setEnabled(ready)
        self.overwrite_button.setEnabled(ready)
        self.summary.setText(self._summary(plan))

    def _summary(self, plan: BatchPlan) -> str:
        if not self._is_free:
            return self.tr("A batch is running. A new one can start when it has ended.")
        if not plan.sources:
            return self.tr("Add photos or a folder first. Originals are only read, never changed.")
        if not plan.looks:
            return self.tr("Choose a look first.")
        text = self.tr("Photos and folders: {sources}   ·   looks: {looks}")
        return text.format(
            sources=words.count(len(plan.sources)), looks=words.count(len(plan.looks))
        )

    @Slot()
    def _on_start(self) -> None:
        self.start_wanted.emit(self.plan())
