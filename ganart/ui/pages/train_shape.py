"""Which shape the pictures of a training have: square, like the artist's, or another one."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.datasets.sizes import cut_away, fitting_shape
from ganart.engine.gan.config import SHAPES, SQUARE, TrainConfig
from ganart.ui.widgets import words
from ganart.ui.widgets.text import Caption
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.shapes import PictureShapes, shapes_job

_LIKE = "like"
_WIDE = SHAPES[SHAPES.index(SQUARE) + 1 :]
_UPRIGHT = SHAPES[SHAPES.index(SQUARE) - 1 :: -1]
_HARDLY = 0.01
"""Less than this share of a picture cut off is not worth a word."""


class ShapePicker(QWidget):
    """A list of shapes over a sentence that tells what becomes of the pictures of the dataset."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._side = TrainConfig().side
        self._found: PictureShapes | None = None
        self._run: Run | None = None
        self.box = QComboBox()
        for choice in (SQUARE, _LIKE, *_WIDE, *_UPRIGHT):
            self.box.addItem("", choice)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label = QLabel(self.tr("Sh&ape"))
        self.label.setBuddy(self.box)
        self.box.setAccessibleName(self.tr("Shape"))
        self.text = Caption()
        line = QHBoxLayout()
        line.addWidget(self.label)
        line.addWidget(self.box)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.text)
        self.box.currentIndexChanged.connect(self._on_chosen)
        session.dataset_changed.connect(self.refresh)
        session.project_closed.connect(self._forget)
        self._show()

    def shape(self) -> str:
        """Return one of `SHAPES`."""
        choice = str(self.box.currentData())
        return self._best() if choice == _LIKE else choice

    def follows(self) -> bool:
        """Whether it is that of the pictures, whatever they are."""
        return bool(self.box.currentData() == _LIKE)

    def is_known(self) -> bool:
        """Whether `shape` is what was chosen: the pictures are looked at first if it is theirs."""
        return not self.follows() or self._found is not None

    def choose(self, shape: str, *, follows: bool = False) -> None:
        """Choose a shape, or that of the pictures."""
        self.box.setCurrentIndex(self.box.findData(_LIKE if follows else shape))

    def set_side(self, side: int) -> None:
        """Say how large the pictures shall be: the side of a square."""
        if side != self._side:
            self._side = side
            self._show()

    @Slot()
    def refresh(self) -> None:
        """Look at the pictures of the dataset anew, once they can be seen to matter."""
        project = self._session.project
        if not self.isVisible() or project is None or not project.catalogue_path.exists():
            return
        self._stop()
        job = shapes_job(project.catalogue_path)
        self._run = self._session.begin(job, "shapes of the pictures", announce=False)
        self._run.reported.connect(self._on_reported)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the pictures of now."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def _forget(self) -> None:
        self._stop()
        self._found = None
        self._show()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.stop()
            self._run = None

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PictureShapes):
                self._run = None
                before = self.shape(), self.is_known()
                self._found = record
                self._show()
                if (self.shape(), self.is_known()) != before:
                    self.changed.emit()

    @Slot()
    def _on_chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _best(self) -> str:
        width, height = fitting_shape(self._aspects())
        return f"{width}:{height}"

    def _aspects(self) -> Sequence[float]:
        return self._found.aspects if self._found is not None else ()

    # In words

    def _show(self) -> None:
        with QSignalBlocker(self.box):
            for row in range(self.box.count()):
                self.box.setItemText(row, self._in_words(self.box.itemData(row)))
        self.text.setText(self._consequence())

    def _in_words(self, choice: str) -> str:
        size = words.pixels(*self._config(self._best() if choice == _LIKE else choice).size)
        if choice == SQUARE:
            return self.tr("Square: {size}").format(size=size)
        if choice == _LIKE and not self._aspects():
            return self.tr("Like my pictures")
        if choice == _LIKE:
            text = self.tr("Like my pictures ({shape}): {size}")
            return text.format(shape=self._best(), size=size)
        text = self.tr("Wide {shape}: {size}")
        if choice in _UPRIGHT:
            text = self.tr("Upright {shape}: {size}")
        return text.format(shape=choice, size=size)

    def _config(self, shape: str) -> TrainConfig:
        return TrainConfig(side=self._side, shape=shape)

    def _consequence(self) -> str:
        """Return what the chosen shape means for the pictures of the dataset."""
        if not self._aspects() or self._found is None:
            return self.tr(
                "Width to height of what the model will make. All shapes have about as many pixels "
                "as the square, and take about as long."
            )
        if self._found.fill == "stretch":
            return self.tr(
                "The dataset has your pictures stretched to this shape. Saving can pull what the "
                "model makes back to theirs."
            )
        if self._found.fill != "crop":
            return self.tr(
                "The dataset has your pictures shown whole, with something beside them where this "
                "shape is another than theirs."
            )
        cut, least = (self._cut(each) for each in (self.shape(), self._best()))
        if cut < _HARDLY:
            return self.tr("Your pictures have this shape: hardly anything is cut off.")
        text = self.tr("On average {share} % of each picture is cut off to fit this shape.")
        text = text.format(share=words.count(round(100 * cut)))
        if cut - least >= _HARDLY:
            better = self.tr("As {shape} it would be {share} %.")
            share = words.count(round(100 * least))
            text += " " + better.format(shape=self._best(), share=share)
        return text

    def _cut(self, shape: str) -> float:
        width, height = self._config(shape).size
        return cut_away(self._aspects(), width / height)
