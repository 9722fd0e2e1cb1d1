"""Before a training: which pictures, which kind of model, how long."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ganart.engine.gan.config import NETWORK, SQUARE, TrainConfig, suited
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.gan.presets import PRESETS, preset
from ganart.errors import StudioError
from ganart.ui.pages.train_augment import AugmentPreview
from ganart.ui.pages.train_footer import TrainFooter
from ganart.ui.pages.train_origin import FROZEN, OriginPicker, recipe_of
from ganart.ui.pages.train_pictures import FEWEST_PICTURES, PicturesLine
from ganart.ui.pages.train_presets import PresetPicker
from ganart.ui.pages.train_shape import ShapePicker
from ganart.ui.pages.train_shown import ShownLink
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.text import Heading, Title
from ganart.ui.widgets.time_choice import TimeChoice
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

_TIMES_MIN = (3, 10, 30, 120, 480)
_MOST_MIN = 100_000.0
_CHOICES_KEY = "train"
_FOLLOWS_KEY = "shape_of_pictures"
_ASKED_ABOVE = ("minutes", "shape", FROZEN)
"""Options that the first screen asks for itself."""
BROUGHT = NETWORK | {"growing"}
"""Options that come from the model that a training starts from."""


class TrainSetup(QWidget):
    """The first screen of the Train page; everything but three questions is folded away."""

    dataset_wanted = Signal()
    start_wanted = Signal(object, str, object)
    """A `TrainConfig`, the key of its preset, and the `Path` of a model to start from or None."""
    lesson_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._readable = 0
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(10)
        column.addLayout(self._make_head())
        column.addSpacing(8)
        self._build_pictures(column)
        self._build_presets(column)
        self._build_time(column)
        self.form = OptionForm(TrainConfig, left_out=_ASKED_ABOVE, idle=self._idle)
        self.shown = ShownLink(
            self.form, self.shape, session.shown_as, self.presets.is_suggesting, self
        )
        self.advanced = Fold(self.tr("A&dvanced"), self.form)
        column.addSpacing(8)
        column.addWidget(self.advanced)
        self.footer = TrainFooter(session)
        self.estimate = self.footer.estimate
        self.start_button = self.footer.start_button
        self.augmented = AugmentPreview(session, self._possible_config)
        self.preview = Fold(self.tr("What the discri&minator sees"), self.augmented)
        column.addWidget(self.preview)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.footer)
        self.start_button.clicked.connect(self._on_start)
        self.estimate.wanted.connect(self._on_estimate)
        self.presets.chosen.connect(self._on_preset)
        self.origin.changed.connect(self._on_origin)
        self.form.changed.connect(self._on_options)
        self.shape.changed.connect(self._on_options)
        self._session.dataset_changed.connect(self.augmented.refresh)
        self._session.project_closed.connect(self.augmented.stop)
        with self.shown.held():
            self.presets.choose(PRESETS[0].key)
        self.set_counts(0, 0)

    # Building

    def _make_head(self) -> QHBoxLayout:
        self.lesson_button = QPushButton(self.tr("&Learn how it works…"))
        self.lesson_button.setToolTip(self.tr("A lesson in six chapters, with trainings to watch"))
        self.lesson_button.clicked.connect(self.lesson_wanted)
        line = QHBoxLayout()
        line.addWidget(Title(self.tr("Train a new model")), 1)
        line.addWidget(self.lesson_button)
        return line

    def _build_pictures(self, column: QVBoxLayout) -> None:
        column.addWidget(Heading(self.tr("1   Your pictures")))
        self.pictures = PicturesLine()
        self.pictures.dataset_wanted.connect(self.dataset_wanted)
        column.addWidget(self.pictures)
        column.addSpacing(14)

    def _build_presets(self, column: QVBoxLayout) -> None:
        column.addWidget(Heading(self.tr("2   Size and kind")))
        self.presets = PresetPicker()
        self._session.device_described.connect(self.presets.set_device)
        if self._session.device is not None:
            self.presets.set_device(self._session.device)
        self.origin = OriginPicker(self._session)
        self.shape = ShapePicker(self._session)
        column.addWidget(self.presets)
        column.addWidget(self.shape)
        column.addWidget(self.origin)
        column.addSpacing(14)

    def _build_time(self, column: QVBoxLayout) -> None:
        column.addWidget(Heading(self.tr("3   How long")))
        self.time = TimeChoice(
            _TIMES_MIN,
            _MOST_MIN,
            self.tr("&or exactly"),
            self.tr("You can stop earlier and keep everything, or go on later."),
        )
        self.minutes = self.time.minutes
        self.time.setObjectName("train-time")  # for the tour
        self.time.changed.connect(self._on_options)
        column.addWidget(self.time)

    # What the person sees and says

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the models of now; some may have been blended meanwhile."""
        super().showEvent(event)
        self.origin.refresh()

    def config(self) -> TrainConfig:
        """Return the options as they stand. Raises `BadOption` where two of them clash."""
        return replace(
            preset(self.presets.choice()).config,
            **self.form.values(),
            minutes=self.minutes.value(),
            shape=self.shape.shape(),
            freeze_layers=self.origin.frozen(),
        )

    def set_counts(self, readable: int, refused: int, excluded: int = 0) -> None:
        """Say how many pictures of the dataset can be trained on, and how many cannot."""
        self._readable = readable
        self.pictures.set_counts(readable, refused, excluded)
        self.presets.set_pictures(readable)
        self.update_buttons()

    @Slot()
    def update_buttons(self) -> None:
        """Allow what is possible now."""
        is_free = self._session.training is None
        is_ready = is_free and self._readable >= FEWEST_PICTURES and self.shape.is_known()
        self.footer.allow(is_free=is_free, is_ready=is_ready)

    def recall(self, choices: dict[str, Any]) -> None:
        """Show what the person chose last time in this project, as far as it still makes sense.

        What was answered about the pictures holds, whatever the last training was told.
        """
        with self.shown.held():
            self._recall(choices)

    def _recall(self, choices: dict[str, Any]) -> None:
        kept = choices.get(_CHOICES_KEY)
        kept = kept if isinstance(kept, dict) else {}
        key = kept.get("preset")
        if not isinstance(key, str) or key not in self.presets.cards.cards:
            self.presets.choose(PRESETS[0].key)
            self._on_preset(PRESETS[0].key)
            self.presets.follow()
            self.shape.choose(SQUARE)
            return
        self.presets.choose(key)
        self._on_preset(key)  # the card may have been chosen before, with edited options
        try:
            config = TrainConfig.from_mapping(asdict(preset(key).config) | kept.get("config", {}))
        except (StudioError, ValueError, TypeError):
            return  # written by hand or by another version: the preset's own values stand
        config = replace(config, **self.shown.answers())
        self.show_config(config)
        follows = kept.get(_FOLLOWS_KEY) is True and not self._session.shown_as.is_chosen("shape")
        self.shape.choose(config.shape, follows=follows)
        origin = kept.get("origin")
        self.origin.want(origin if isinstance(origin, str) else "", config.freeze_layers)

    def show_config(self, config: TrainConfig) -> None:
        """Show the options of a config; the preset's stay what resetting goes back to."""
        self.form.set_values({name: getattr(config, name) for name in self.form.rows})
        self.minutes.setValue(config.minutes)
        self.shape.choose(config.shape)

    @Slot(str)
    def _on_preset(self, key: str) -> None:
        answers = self.shown.answers(with_size=self.presets.is_suggesting())
        config = replace(preset(key).config, **answers)
        self.form.set_base({name: getattr(config, name) for name in self.form.rows})
        self.minutes.setValue(config.minutes)
        self._on_options()

    @Slot()
    def _on_origin(self) -> None:
        """Show what a model brings along, or the preset's own networks again."""
        origin = self.origin.origin()
        self.presets.setVisible(origin is None)
        self.shape.setVisible(origin is None)
        if origin is None:
            for name in BROUGHT & self.form.rows.keys():
                self.form.rows[name].reset()
        else:
            self.presets.choose(recipe_of(origin).key)
            self.form.set_values(
                {name: getattr(suited(origin.config, origin.config), name) for name in BROUGHT}
            )
            self.shape.choose(origin.config.shape)
        self.form.update_idle()
        self._on_options()

    @Slot()
    def _on_options(self) -> None:
        self.shape.set_side(self.form.rows["side"].value())
        self.update_buttons()
        self.estimate.forget()
        self.augmented.refresh()

    def _idle(self, values: Mapping[str, Any]) -> frozenset[str]:
        """Return the options that do nothing, and those that a model to start from has settled."""
        if self.origin.origin() is None:
            return idle_options(values)
        return idle_options(values, from_model=True) | BROUGHT

    @Slot()
    def _on_start(self) -> None:
        config = self._checked_config()
        if config is None or self._session.project is None:
            return
        key = self.presets.choice()
        project = self._session.project
        origin = self.origin.origin()
        project.choices[_CHOICES_KEY] = {
            "preset": key,
            "config": {name: getattr(config, name) for name in (*self.form.rows, *_ASKED_ABOVE)},
            _FOLLOWS_KEY: self.shape.follows(),
            "origin": origin.entry.model_hash if origin is not None else "",
        }
        try:
            project.save()
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return
        self.estimate.forget()
        self.start_wanted.emit(config, key, origin.entry.path if origin is not None else None)

    @Slot()
    def _on_estimate(self) -> None:
        config = self._checked_config()
        if config is not None:
            self.estimate.measure(config)

    def _possible_config(self) -> TrainConfig | None:
        """Return the options, None while two of them clash."""
        try:
            return self.config()
        except StudioError:
            return None

    def _checked_config(self) -> TrainConfig | None:
        try:
            return self.config()
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return None
