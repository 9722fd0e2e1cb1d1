"""Starting a training from a model in place of random weights."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.presets import PRESETS, Preset
from ganart.engine.options import options
from ganart.ui.pages.model_words import model_title
from ganart.ui.widgets import words
from ganart.ui.widgets.option_form import OptionRow
from ganart.ui.widgets.option_words import choice_words
from ganart.ui.widgets.picture_rows import picture_rows
from ganart.ui.widgets.text import Caption, told
from ganart.workers.origins import Origin, OriginsFound, OriginShown, read_origins, show_origin
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

FROZEN = "freeze_layers"
_PICTURES = 8
_TILE_PX = 72
_NAME_CHARACTERS = 46


class OriginPicker(QWidget):
    """A line with the models of the project, and what the chosen one brings along.

    Hidden while the project has no model; nothing is chosen then.
    """

    changed = Signal()
    """Another model was chosen, or none, or other stages are to stay as they are."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._origins: tuple[Origin, ...] = ()
        self._origin: Origin | None = None
        self._wanted = ""
        self._showing: Run | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("What the training starts from"))
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(_NAME_CHARACTERS)
        self.box.currentIndexChanged.connect(self._on_index)
        label = QLabel(self.tr("Sta&rt from"))
        label.setBuddy(self.box)
        self.hint = Caption(self.tr("A model that knows something alike is a head start."))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label)
        line.addWidget(self.box)
        line.addWidget(self.hint, 1)
        line.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(self._make_panel())
        session.project_opened.connect(self.refresh)
        session.project_closed.connect(self.clear)
        session.training_changed.connect(self.refresh)
        session.models_changed.connect(self.refresh)
        self._fill()

    def _make_panel(self) -> QWidget:
        self.pictures = QLabel()
        self.pictures.setAccessibleName(self.tr("Pictures that the model makes"))
        self.about = Caption()
        declared = next(each for each in options(TrainConfig) if each.name == FROZEN)
        self.frozen_row = OptionRow(declared)
        self.frozen_row.changed.connect(self.changed)
        label = QLabel(self.frozen_row.label)
        label.setBuddy(self.frozen_row.field)
        self._frozen_line = QWidget()
        form = QFormLayout(self._frozen_line)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.addRow(label, self.frozen_row)
        self.panel = QWidget()
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.pictures)
        column.addWidget(self.about)
        column.addWidget(self._frozen_line)
        return self.panel

    # What is chosen

    def origin(self) -> Origin | None:
        """Return the model to start from, None for random weights."""
        return self._origin

    def frozen(self) -> int:
        """Return how many stages of its discriminator are to stay as they are."""
        return int(self.frozen_row.value()) if self._origin is not None else 0

    def want(self, model_hash: str, frozen: int = 0) -> None:
        """Choose a model as soon as it is known that the project has it; "" for random weights."""
        self._wanted = model_hash
        self.frozen_row.set_value(frozen)
        self._choose()

    # The models there are

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        if self._session.project is not None:
            job = self._session.begin(read_origins(self._session.project), "origins")
            job.reported.connect(self._on_read)

    @Slot()
    def clear(self) -> None:
        """Forget the models of a closed project."""
        self._wanted = ""
        self._list(())

    @Slot(object)
    def _on_read(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, OriginsFound) and self._session.project is not None:
                self._list(record.origins)

    def _list(self, origins: tuple[Origin, ...]) -> None:
        if origins != self._origins:
            self._origins = origins
            self._fill()
        is_gone = self._wanted and self._index_of(self._wanted) == 0
        if is_gone and self._origin is not None:
            self._session.notice.emit(
                self.tr("The model to start from is gone; the training would begin from nothing.")
            )
        if is_gone:
            self._wanted = ""
        self._choose()

    def _fill(self) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(self.tr("nothing, that is random weights"), "")
            for each in self._origins:
                self.box.addItem(model_title(each.entry, is_newest=True), each.entry.model_hash)
        self.setVisible(bool(self._origins))

    def _choose(self) -> None:
        index = self._index_of(self._wanted)
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(index)
        self._take(self._origins[index - 1] if index else None)

    def _index_of(self, model_hash: str) -> int:
        """Return the row of a model, that of random weights where there is none of that hash."""
        return max(0, self.box.findData(model_hash))

    @Slot(int)
    def _on_index(self, index: int) -> None:
        self._wanted = str(self.box.itemData(index))
        self.frozen_row.set_value(0)
        self._take(self._origins[index - 1] if index > 0 else None)

    def _take(self, origin: Origin | None) -> None:
        before, self._origin = self._origin, origin
        self.panel.setVisible(origin is not None)
        self.hint.setVisible(origin is None)
        if origin is None or before is None or origin.entry.path != before.entry.path:
            self._show(origin)
        if origin != before:
            self.changed.emit()

    # What the chosen one is like

    def _show(self, origin: Origin | None) -> None:
        self._forget_showing()
        self.pictures.clear()
        self._frozen_line.hide()
        if origin is None:
            return
        self.about.setText(self.tr("Loading the model …"))
        job = show_origin(origin.entry.path, _PICTURES)
        self._showing = self._session.begin(job, "origin", announce=False)
        self._showing.reported.connect(self._on_shown)
        self._showing.failed.connect(self._on_failed)

    def _forget_showing(self) -> None:
        if self._showing is not None:
            self._showing.reported.disconnect(self._on_shown)
            self._showing.failed.disconnect(self._on_failed)
            self._showing.stop()
            self._showing = None

    @Slot(object)
    def _on_shown(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, OriginShown) and self._origin is not None:
                self.pictures.setPixmap(
                    picture_rows(record.pixels, _PICTURES, _TILE_PX, self.devicePixelRatioF())
                )
                self.about.setText(self._in_words(self._origin.config, record))
                self.frozen_row.set_highest(record.freezable)
                self._frozen_line.setVisible(record.freezable > 0)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.about.setText(told(report.error, report.text))

    def _in_words(self, config: TrainConfig, shown: OriginShown) -> str:
        network = choice_words("architecture", config.architecture)
        text = self.tr(
            "The training goes on from what this model can do and turns to your pictures, best if "
            "they resemble these. Size and networks come from it: {size}, {network}. "
            "The model itself stays as it is."
        ).format(size=words.pixels(*config.size), network=network)
        if not shown.has_discriminator:
            text += " " + self.tr(
                "Only its half that draws was kept; the half that judges begins from nothing, so "
                "the pictures may become worse before they become better."
            )
        return text


def recipe_of(origin: Origin) -> Preset:
    """Return the preset by which a model goes on learning: its own, or that for networks of its
    kind which is nearest in size.
    """
    for each in PRESETS:
        if each.key == origin.preset and each.config.architecture == origin.config.architecture:
            return each
    kin = [each for each in PRESETS if each.config.architecture == origin.config.architecture]
    return min(kin, key=lambda each: abs(each.config.side - origin.config.side))
