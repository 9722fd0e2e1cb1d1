"""What the Explore page saves: at once as the last time, or as the dialog says."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from ganart.engine.latent.output import Output, PrintOutput, SheetOutput, StillOutput
from ganart.media.composition import Composition
from ganart.media.drawn import Drawn
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.export_bar import ExportBar
from ganart.ui.pages.explore.export_dialog import ExportDialog, Subject, without_recipe
from ganart.ui.widgets.images import image_of
from ganart.workers.export_choices import ExportChoices
from ganart.workers.exports import order_loop, order_print, save_picture, save_sheet
from ganart.workers.previews import PreviewResult

_TAG = "export"
_PREVIEWED = 120
"""Pictures that the preview draws at most."""


class Exporter(QObject):
    """Keeps the choices of the project, asks, and starts what was asked for."""

    def __init__(self, exploration: Exploration, bar: ExportBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._session = exploration.session
        self._bar = bar
        self._window = parent
        self.choices = ExportChoices()
        self.dialog: ExportDialog | None = None
        self._session.project_opened.connect(self._on_opened)
        self._session.project_closed.connect(self._on_closed)
        exploration.rendered.connect(self._on_rendered)
        if self._session.project is not None:
            self._on_opened(self._session.project)

    def save_picture(self) -> None:
        """Save the picture that is looked at as the last one was."""
        project, path = self._session.project, self._exploration.path
        if project is not None and path is not None:
            output = cast("StillOutput", self._wanted("picture"))
            self._bar.begin(save_picture(project, path, self._exploration.point, output))

    def save_sheet(self, points: Sequence[Point], columns: int) -> None:
        """Save many pictures as one, in so many columns and else as the last sheet was."""
        project, path = self._session.project, self._exploration.path
        if project is not None and path is not None:
            output = replace(cast("SheetOutput", self._wanted("sheet")), columns=columns)
            self._bar.begin(save_sheet(project, path, points, output))

    def ask(
        self,
        points: Sequence[Point],
        columns: int,
        composition: Composition | None,
        kind: str = "",
    ) -> None:
        """Ask how to export what is looked at, then do so; sheets begin with so many columns."""
        path = self._exploration.path
        if path is None:
            return
        info = self._exploration.info
        drawn = info.drawn if info else Drawn(64, 64)
        subject = Subject(drawn, self._exploration.point, tuple(points), composition)
        chosen = ExportChoices()
        for name in ("picture", "sheet", "print", "loop"):
            chosen.put(name, self._wanted(name))
        chosen.put("sheet", replace(cast("SheetOutput", chosen.of("sheet")), columns=columns))
        dialog = ExportDialog(subject, kind or self.choices.kind, chosen, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_accepted)
        dialog.finished.connect(self._on_dialog_gone)
        self.dialog = dialog
        shown = list(dict.fromkeys((subject.point, subject.first, *subject.points)))[:_PREVIEWED]
        self._exploration.previewer.show(path, shown, _TAG)
        dialog.open()

    def _wanted(self, kind: str) -> Output:
        """Return the last choices of a kind, without a recipe where the settings say so."""
        output = self.choices.of(kind)
        if self._session.settings.get("leave_recipes_out"):
            return without_recipe(output)
        return output

    @Slot()
    def _on_accepted(self) -> None:
        project, path, dialog = self._session.project, self._exploration.path, self.dialog
        if project is None or path is None or dialog is None:
            return
        output = dialog.output()
        self.choices.put(dialog.kind(), output)
        self._session.begin(self.choices.save(project), "choices")
        self._start(project, path, dialog, output)

    def _start(self, project: Project, path: Path, dialog: ExportDialog, output: Output) -> None:
        plan = dialog.loop_plan()
        if plan is not None:
            self._bar.place(order_loop(project, path, plan))
        elif isinstance(output, PrintOutput):
            self._bar.place(order_print(project, path, dialog.points(), output))
        elif isinstance(output, SheetOutput):
            self._bar.begin(save_sheet(project, path, dialog.points(), output))
        elif isinstance(output, StillOutput):
            self._bar.begin(save_picture(project, path, dialog.points()[0], output))

    @Slot(object)
    def _on_rendered(self, result: PreviewResult) -> None:
        if result.tag == _TAG and self.dialog is not None and result.pixels is not None:
            self.dialog.set_images(result.points, [image_of(each) for each in result.pixels])

    @Slot(object)
    def _on_opened(self, project: Project) -> None:
        self.choices = ExportChoices.read(project)

    @Slot()
    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _on_dialog_gone(self) -> None:
        self.dialog = None
