"""Asks which frames of films become pictures of the dataset."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.sources.frame_choice import MOST_FRAMES, SCENES, SOME, FrameChoice
from ganart.ui.dialogs.film_strip import FilmStrip
from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count, decimal, duration, rounded_count
from ganart.workers.pictures import Jobs
from ganart.workers.probing import FilmFound, may_be_still

_LEAST_CHANGE, _MOST_CHANGE = 5, 90
_NAMES_SHOWN = 3


class FramesDialog(QDialog):
    """Every so many frames, one a scene, or the first picture alone; with an estimate."""

    def __init__(
        self,
        films: Sequence[FilmFound],
        jobs: Jobs,
        choice: FrameChoice = SOME,
        parent: QWidget | None = None,
        *,
        may_be_one: bool = True,
    ) -> None:
        """`may_be_one`: offer the first picture alone, where all films are of such a kind."""
        super().__init__(parent)
        self._films = films
        self.setWindowTitle(self.tr("Take pictures out of a film"))
        self.distance = QRadioButton(self.tr("&Every so many frames"))
        self.scenes = QRadioButton(self.tr("&One picture of each scene"))
        self.first = QRadioButton(self.tr("Only the &first picture"))
        self.first.setVisible(may_be_one and all(may_be_still(film.path) for film in films))
        self.every = QSpinBox()
        self.every.setRange(1, MOST_FRAMES)
        self.every.setAccessibleName(self.tr("Frames from one picture to the next"))
        self.change = QSpinBox()
        self.change.setRange(_LEAST_CHANGE, _MOST_CHANGE)
        self.change.setSuffix(" %")
        self.change.setToolTip(
            self.tr("So much of the colours must change for a new scene; 30 % suits most films")
        )
        self.most = QSpinBox()
        self.most.setRange(1, MOST_FRAMES)
        for number in (self.every, self.most):
            number.setGroupSeparatorShown(True)
        self.estimate = Caption()
        self.strip = FilmStrip(films[0], jobs)
        self.buttons = dialog_buttons(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton(
            self.tr("&Take them"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._lay_out()
        self.take.setDefault(True)
        self._show_choice(choice)
        self._connect()
        self._update()
        (self.change if self.scenes.isChecked() else self.every).setFocus()
        fit(self, 480)

    def _lay_out(self) -> None:
        ways = QButtonGroup(self)
        for button in (self.distance, self.scenes, self.first):
            ways.addButton(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        heading = Heading(self._title())
        heading.setWordWrap(True)
        layout.addWidget(heading)
        layout.addWidget(Caption(self._facts()))
        form = QFormLayout()
        form.setSpacing(12)
        form.addRow(self.distance, self.every)
        form.addRow(self.scenes, self.change)
        form.addRow(self.first)
        self._most_label = QLabel(self.tr("&At most"))
        self._most_label.setBuddy(self.most)
        form.addRow(self._most_label, self.most)
        layout.addLayout(form)
        layout.addWidget(self.estimate)
        layout.addWidget(self.strip)
        layout.addStretch(1)
        layout.addWidget(self.buttons)

    def _title(self) -> str:
        names = [film.path.name for film in self._films]
        shown = ", ".join(names[:_NAMES_SHOWN])
        more = len(names) - _NAMES_SHOWN
        if more <= 0:
            return shown
        return self.tr("{names} and {count} more").format(names=shown, count=count(more))

    def _facts(self) -> str:
        frames = sum(film.frames for film in self._films)
        if not all(film.frames for film in self._films):
            return self.tr("Nobody knows before how many frames there are.")
        text = self.tr("Frames: {count}").format(count=count(frames))
        if all(film.fps for film in self._films):
            seconds = sum(film.frames / film.fps for film in self._films)
            text += f"   ·   {duration(seconds)}"
        return text

    def _show_choice(self, choice: FrameChoice) -> None:
        has_scenes = choice.difference > 0
        self.scenes.setChecked(has_scenes)
        self.distance.setChecked(not has_scenes)
        self.every.setValue(SOME.every if has_scenes else choice.every)
        self.change.setValue(round(100 * (choice.difference or SCENES.difference)))
        self.most.setValue(choice.most)

    def _connect(self) -> None:
        for button in (self.distance, self.scenes, self.first):
            button.toggled.connect(self._update)
        for number in (self.every, self.change, self.most):
            number.valueChanged.connect(self._update)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def choice(self) -> FrameChoice | None:
        """Return which frames are wanted, None for the first picture alone."""
        if self.first.isChecked():
            return None
        if self.scenes.isChecked():
            return FrameChoice(SCENES.every, self.change.value() / 100, self.most.value())
        return FrameChoice(self.every.value(), 0.0, self.most.value())

    @Slot()
    def _update(self) -> None:
        choice = self.choice()
        self.every.setEnabled(self.distance.isChecked())
        self.change.setEnabled(self.scenes.isChecked())
        self.most.setEnabled(choice is not None)
        self._most_label.setEnabled(choice is not None)
        self.every.setSuffix(self._distance_in_time())
        self.estimate.setText(self._estimate(choice))
        self.strip.show_choice(choice, self._what_is_shown(choice))

    def _what_is_shown(self, choice: FrameChoice | None) -> str:
        if choice is None:
            text = self.tr("The first picture.")
        elif choice.difference:
            text = self.tr("Frames of the film; where scenes begin is found as they are taken.")
        elif self.strip.shows_all(choice):
            text = self.tr("All that would be taken.")
        else:
            text = self.tr("Some of those that would be taken.")
        if len(self._films) == 1:
            return text
        return self.tr("{name}: {text}").format(name=self._films[0].path.name, text=text)

    def done(self, answer: int) -> None:
        """Close, and let the film go."""
        self.strip.stop()
        super().done(answer)

    def _distance_in_time(self) -> str:
        fps = self._films[0].fps if len(self._films) == 1 else 0.0
        if not fps:
            return ""
        return self.tr(" ({seconds} s)").format(seconds=decimal(self.every.value() / fps, 2))

    def _estimate(self, choice: FrameChoice | None) -> str:
        if choice is None:
            return self.tr("Pictures: {count}. The files stay where they are.").format(
                count=count(len(self._films))
            )
        if not all(film.frames for film in self._films):
            most = count(choice.most * len(self._films))
            return self.tr("At most {count} pictures.").format(count=most)
        number = sum(choice.at_most(film.frames) for film in self._films)
        if choice.difference:
            return self.tr("As many as there are scenes, at most {count} pictures.").format(
                count=count(number)
            )
        return self.tr("About {count} pictures.").format(count=rounded_count(number))
