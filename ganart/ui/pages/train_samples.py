"""The sample pictures of a training, now and at every moment before."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ganart.engine.gan.events import Samples
from ganart.errors import StudioError
from ganart.files import write_atomic
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.scrubber import Scrubber
from ganart.workers.image_loader import ImageLoader, LoadedImage
from ganart.workers.png import png_of
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session


@dataclass(frozen=True, slots=True)
class Moment:
    """One grid: in a file, or in memory where it could not be written."""

    pictures: float
    path: Path | None
    image: QImage | None = None


class TrainSamples(QWidget):
    """Shows one grid; a scrubber goes through all. Grids in files are not held in memory."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._moments: list[Moment] = []
        self._newest = QImage()
        self._loader = ImageLoader(self)
        self._loader.loaded.connect(self._on_loaded)
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Sample pictures"))
        self.view.setAccessibleDescription(
            self.tr("Plus and minus zoom, 0 fits, 1 shows original pixels, arrows move")
        )
        self.scrubber = Scrubber()
        self.scrubber.moved.connect(self._show)
        self.save_button = tool_button("save", self.tr("Save these samples as a picture"))
        self.save_button.clicked.connect(self._on_save)
        self.scrubber.add_button(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.scrubber)
        self.clear()

    def clear(self) -> None:
        """Forget a run."""
        self.load([])
        self.view.set_image(QImage())

    def load(self, moments: list[Moment]) -> None:
        """Show the kept grids of a run, the newest first of all."""
        self._moments = list(moments)
        self._newest = QImage()
        text = self.tr("The first samples appear soon after training has begun.")
        self.view.set_placeholder(text)
        self.scrubber.set_moments([self._label(each) for each in moments])
        self.save_button.setEnabled(bool(moments))

    def append(self, samples: Samples) -> None:
        """Add the newest grid; later ones of before a resume go.

        A grid without a file is replaced by the one after it: on a full disk they would pile up.
        """
        self._newest = image_of(samples.grid)
        in_memory = None if samples.path else self._newest
        moment = Moment(samples.pictures, samples.path, in_memory)
        kept = [each for each in self._moments if each.pictures < samples.pictures]
        if len(kept) < len(self._moments):
            self._moments = [*kept, moment]
            self.scrubber.set_moments([self._label(each) for each in self._moments])
        elif kept and kept[-1].path is None:
            self._moments[-1] = moment
            self.scrubber.replace_newest(self._label(moment))
        else:
            self._moments.append(moment)
            self.scrubber.add_moment(self._label(moment))
        self.save_button.setEnabled(True)

    def stop(self) -> None:
        """End the loading thread."""
        self._loader.stop()

    def _label(self, moment: Moment) -> str:
        return self.tr("after {count} pictures").format(count=words.count(moment.pictures))

    @Slot(int)
    def _show(self, index: int) -> None:
        moment = self._moments[index]
        if index == len(self._moments) - 1 and not self._newest.isNull():
            self.view.set_image(self._newest)
        elif moment.image is not None:
            self.view.set_image(moment.image)
        elif moment.path is not None:
            self._loader.load(moment.path, slot="grid")

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        index = self.scrubber.slider.value()
        if self._moments and self._moments[index].path == loaded.path:
            self.view.set_image(loaded.image)

    @Slot()
    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save samples"), self.tr("samples.png"), self.tr("PNG picture (*.png)")
        )
        if name:
            self.save_to(Path(name).with_suffix(".png"))

    def save_to(self, target: Path) -> None:
        """Write the shown grid as a PNG; a failure is told by the session."""
        try:
            write_atomic(target, png_of(self.view.image()))
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
