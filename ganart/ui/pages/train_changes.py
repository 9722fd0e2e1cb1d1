"""Other options for a training that goes on, and the way back to before a change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.asks import Change
from ganart.engine.gan.config import LIVE, TrainConfig
from ganart.engine.gan.events import Mark, Marked
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.options import options
from ganart.errors import StudioError
from ganart.ui.pages import coach_words
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

_STEP = Qt.ItemDataRole.UserRole
_FIXED = tuple(each.name for each in options(TrainConfig) if each.name not in LIVE)


class TrainChanges(QWidget):
    """The options that may be changed while it trains, and what happened to the run so far."""

    back_wanted = Signal(int)
    """A new run is to begin at the checkpoint of this step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._config = TrainConfig()
        self._shown: dict[str, Any] = dict(self._config.__dict__)
        self._is_live = False
        self.form = OptionForm(TrainConfig, left_out=_FIXED, idle=idle_options)
        self.form.changed.connect(self._update_buttons)
        self.apply_button = QPushButton(self.tr("Appl&y to the training"))
        self.apply_button.clicked.connect(self._on_apply)
        self.hint = Caption()
        self.moments = QListWidget()
        self.moments.setAccessibleName(self.tr("What happened to this training"))
        self.moments.setItemDelegate(TwoLineDelegate(self.moments))
        self.moments.setFrameShape(QListWidget.Shape.NoFrame)
        self.moments.currentItemChanged.connect(self._update_buttons)
        self.back_button = push_button("back", self.tr("Go &back to before it"))
        self.back_button.setToolTip(
            self.tr("Begin a new training at the checkpoint before the change; this one is kept")
        )
        self.back_button.clicked.connect(self._on_back)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.hint, 1)
        line.addWidget(self.apply_button)
        column.addLayout(line)
        column.addWidget(scroll, 1)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(Heading(self.tr("What happened so far")), 1)
        line.addWidget(self.back_button)
        column.addLayout(line)
        column.addWidget(self.moments, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    # What is shown

    def clear(self) -> None:
        """Forget a run."""
        self.moments.clear()
        self.show_config({})

    def show_config(self, config: Mapping[str, Any]) -> None:
        """Show the options that hold now; they are what resetting goes back to."""
        try:
            self._config = TrainConfig.from_mapping(config)
        except (StudioError, ValueError, TypeError):
            return  # of another version: the run can be looked at all the same
        # A budget that was added to stands at some fraction of a minute that nobody wants to read.
        minutes = round(self._config.minutes, 2) or self._config.minutes
        self._shown = {**self._config.__dict__, "minutes": minutes}
        self.form.set_base(self._shown)
        self._update_buttons()

    def load(self, marks: Sequence[Marked]) -> None:
        """Show what happened to a run, oldest first."""
        self.moments.clear()
        for mark in marks:
            self._add(mark)

    def append(self, mark: Marked) -> None:
        """Add what has just happened."""
        self._add(mark)
        edited = self.changes()
        self.show_config({**self._config.__dict__, **dict(mark.options)})
        # What is being edited meanwhile stays as it is.
        self.form.set_values({name: edited[name] for name in edited.keys() - dict(mark.options)})
        self._update_buttons()

    def set_live(self, is_live: bool) -> None:
        """Say whether the training goes on."""
        self._is_live = is_live
        self._update_buttons()

    def changes(self) -> dict[str, Any]:
        """Return the options that were edited."""
        values = self.form.values()
        return {name: new for name, new in values.items() if new != self._shown[name]}

    def _add(self, mark: Marked) -> None:
        text = coach_words.mark_text(mark)
        when = self.tr("after {count} pictures").format(count=words.count(mark.pictures))
        item = QListWidgetItem(text)
        item.setData(SECOND_LINE, when)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {when}")
        item.setToolTip(text)
        # Only a change is made right behind a checkpoint.
        item.setData(_STEP, mark.step if mark.mark is Mark.CHANGED else -1)
        self.moments.insertItem(0, item)

    @Slot()
    def _update_buttons(self) -> None:
        changes = self.changes()
        self.apply_button.setEnabled(self._is_live and bool(changes))
        item = self.moments.currentItem()
        self.back_button.setEnabled(item is not None and item.data(_STEP) >= 0)
        if not self._is_live:
            self.hint.setText(self.tr("Options can be changed while it trains."))
        elif changes:
            self.hint.setText(coach_words.change_text(changes, self._shown))
        else:
            self.hint.setText(self.tr("A checkpoint is kept before every change."))

    # What is done

    @Slot()
    def _on_apply(self) -> None:
        changes = self.changes()
        try:
            replace(self._config, **changes)
        except StudioError as error:
            self._session.failed.emit(ErrorReport.of(error))
            return
        text = coach_words.change_text(changes, self._shown)
        self._session.change_training(Change(tuple(changes.items()), text))

    @Slot()
    def _on_back(self) -> None:
        item = self.moments.currentItem()
        if item is not None:
            self.back_wanted.emit(int(item.data(_STEP)))
