"""The mode of the Stylize page for one photo."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ganart.engine.style.events import PaintStarted
from ganart.engine.style.looks import Look
from ganart.ui.pages.stylize_painting import PaintingMonitor
from ganart.ui.pages.stylize_paintings import PaintingList
from ganart.ui.pages.stylize_setup import PHOTO_PX, PhotoSetup
from ganart.ui.widgets.fold import Fold
from ganart.workers.brushes import BrushesFound, read_brushes
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.paintings import (
    PaintingHistory,
    PaintingKept,
    PaintingRecord,
    PaintingsFound,
    PaintOrder,
    Pasted,
    discard_job,
    go_on_job,
    keep_pasted,
    paint_job,
    read_painting,
    read_paintings,
)
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.stylizing import save_look_job

_PASTED = "pasted"


class PhotoMode(QWidget):
    """The choices on one side of a stack, a painting on the other."""

    page_wanted = Signal(str)
    """The name of another page: "gallery"."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: Path | None = None
        self.setup = PhotoSetup(session)
        self.monitor = PaintingMonitor()
        self.paintings = PaintingList()
        self.earlier = Fold(self.tr("Ear&lier paintings"), self.paintings)
        self.earlier.hide()  # until there is one
        self.setup.side.add(self.earlier)
        self._loader = ImageLoader(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.setup)
        self.stack.addWidget(self.monitor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._connect()
        if session.project is not None:
            self._on_project_opened()
        self._on_job("painting", session.styling.run("painting"))

    def _connect(self) -> None:
        self.setup.paint_wanted.connect(self.paint)
        self.setup.save_wanted.connect(self.save_look)
        self.setup.paste_wanted.connect(self._on_paste)
        self.setup.side.saving.saved.connect(self._tell_saved)
        self.monitor.back_wanted.connect(self.show_setup)
        self.monitor.resume_wanted.connect(self.go_on)
        self.monitor.discard_wanted.connect(self._on_discard)
        self.monitor.gallery_wanted.connect(self._on_gallery)
        self.paintings.opened.connect(self.open)
        self._loader.loaded.connect(self._on_loaded)
        self._session.styling.changed.connect(self._on_job)
        self._session.project_opened.connect(self._on_project_opened)
        self._session.project_closed.connect(self._on_project_closed)

    def set_photo(self, path: Path) -> None:
        """Take a photo to be stylized, such as a picture of the gallery."""
        self.show_setup()
        self.setup.set_photo(path)

    # Project

    @Slot()
    def _on_project_opened(self) -> None:
        if self._session.project is not None:
            self.setup.keeper.recall(self._session.project)
            self.read_paintings()

    @Slot()
    def _on_project_closed(self) -> None:
        self.setup.stop()
        self._loader.stop()
        self._fill(())
        self.monitor.begin("", QImage())
        self.show_setup()

    @Slot()
    def show_setup(self) -> None:
        """Show the choices."""
        self._wanted = None
        self.stack.setCurrentWidget(self.setup)

    # Paintings

    @Slot()
    def read_paintings(self) -> None:
        """Read the list of paintings again."""
        if self._session.project is not None:
            project = self._session.project
            for job in (read_paintings(project), read_brushes(project.brushes_folder)):
                self._session.begin(job, "paintings").reported.connect(self._on_read)

    def _fill(self, records: tuple[PaintingRecord, ...]) -> None:
        live = self.monitor.folder if self.monitor.is_live() else None
        self.paintings.set_records(records, live)
        self.earlier.setVisible(bool(records))
        if any(each.status == "running" and each.folder != live for each in records):
            self.earlier.button.setChecked(True)  # cut short: it should be seen that it can go on

    @Slot(object)
    def open(self, folder: Path) -> None:
        """Show a painting: the one under way as it goes, another as it was left."""
        if self.monitor.is_live() and folder == self.monitor.folder:
            self.stack.setCurrentWidget(self.monitor)
        elif self.monitor.is_live():
            text = self.tr("Other paintings can be opened when the one under way has ended.")
            self._session.notice.emit(text)
        else:
            self._wanted = folder
            self._session.begin(read_painting(folder), "painting").reported.connect(self._on_read)

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PaintingsFound):
                self._fill(record.records)
            elif isinstance(record, BrushesFound):
                self.setup.side.look.set_brushes(
                    [each.path for each in record.records if each.step]
                )
            elif isinstance(record, PaintingHistory):
                self._show(record)

    def _show(self, history: PaintingHistory) -> None:
        record = history.record
        if record.folder != self._wanted or self.monitor.is_live():
            return
        self.monitor.show_rest(history)
        self.stack.setCurrentWidget(self.monitor)
        for path in (record.kept_photo, record.picture):
            self._loader.load(path, PHOTO_PX)

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.path.parent != self.monitor.folder or loaded.image.isNull():
            return
        if loaded.path.name == "photo.png":
            self.monitor.set_photo(loaded.image)
        else:
            self.monitor.set_picture(loaded.path, loaded.image)

    # Painting

    @Slot(object)
    def paint(self, order: PaintOrder) -> None:
        """Begin a painting."""
        project = self._session.project
        if project is None or self._session.styling.run("painting") is not None:
            return
        styles = " + ".join(each.path.stem for each in order.styles)
        title = self.tr("{photo} after {styles}").format(photo=order.photo.stem, styles=styles)
        self.setup.keeper.remember()
        self.monitor.begin(title, self.setup.stage.view.image())
        self._session.styling.begin("painting", paint_job(project, order))

    @Slot(object, int)
    def go_on(self, folder: Path, iterations: int) -> None:
        """Go on with a painting: with what is left of it, and for so many iterations more."""
        project = self._session.project
        if project is not None and self._session.styling.run("painting") is None:
            self._session.styling.begin("painting", go_on_job(project, folder, iterations))

    @Slot(str, object)
    def _on_job(self, kind: str, run: Run | None) -> None:
        if kind != "painting":
            return
        self.monitor.attach(run)
        if run is not None:
            run.reported.connect(self._on_painted)
            self.stack.setCurrentWidget(self.monitor)
            return
        self.read_paintings()
        if self.monitor.folder is None and self.stack.currentWidget() is self.monitor:
            self.show_setup()  # it failed before it had a folder; the session tells why

    @Slot(object)
    def _on_painted(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PaintStarted):
                self.read_paintings()
            elif isinstance(record, PaintingKept):
                self._tell_saved(record.path)

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._session.artworks_changed.emit()
        self._session.notice.emit(self.tr("Saved: {name}").format(name=path.name))

    @Slot(object)
    def _on_discard(self, folder: Path) -> None:
        self._session.begin(discard_job(folder), "discard").done.connect(self.read_paintings)
        self.show_setup()

    @Slot()
    def _on_gallery(self) -> None:
        self.page_wanted.emit("gallery")

    # Quick looks and pictures from the clipboard

    @Slot(object, object)
    def save_look(self, photo: Path, look: Look) -> None:
        """Save a photo under a look at its full size."""
        project = self._session.project
        if project is not None and not self.setup.side.saving.is_busy():
            self.setup.keeper.remember()
            self.setup.side.saving.begin(save_look_job(photo, look, project.artworks_folder))

    @Slot(object, bool)
    def _on_paste(self, image: QImage, is_style: bool) -> None:
        project = self._session.project
        if project is not None:
            job = keep_pasted(image, project.folder / _PASTED, is_style)
            self._session.begin(job, "paste").reported.connect(self._on_pasted)

    @Slot(object)
    def _on_pasted(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Pasted) and record.is_style:
                self.setup.side.look.add_paintings([record.path])
            elif isinstance(record, Pasted):
                self.setup.set_photo(record.path)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the paintings of now."""
        super().showEvent(event)
        self.read_paintings()
