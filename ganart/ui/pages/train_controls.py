"""What can be done with a training: other things while it runs than when it rests."""

from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from ganart.ui.widgets.buttons import push_button, row_of
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.option_form import NumberBox
from ganart.workers.run import Run

_MORE_MIN = 10.0
"""How much longer a run that used its time up is to train."""


class TrainControls(QStackedWidget):
    """Two rows of buttons of which one is shown; the monitor connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.discard_buttons: list[ConfirmButton] = []
        self._live_row = self._make_live_row()
        self._rest_row = self._make_rest_row()
        self.addWidget(self._live_row)
        self.addWidget(self._rest_row)
        self.show_run(None)

    def show_run(self, run: Run | None, has_begun: bool = False) -> None:
        """Offer what is possible with a training as it is now; None means that it rests.

        Samples and checkpoints can be asked for once the preparations are over.
        """
        self.setCurrentWidget(self._rest_row if run is None else self._live_row)
        if run is None:
            return
        live, paused = not run.is_stopping(), run.is_paused()
        self.pause_button.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        for button in (self.pause_button, self.stop_button, self.discard_buttons[0]):
            button.setEnabled(live)
        for button in (self.sample_button, self.save_button):
            button.setEnabled(live and has_begun and not paused)

    def offer(self, rest: str) -> None:
        """Offer to train for what is left of a run's own budget, in words; "" where nothing is.

        The lowest value of `minutes`, 0, then stands for the rest.
        """
        self.minutes.setSpecialValueText(rest)
        self.minutes.setMinimum(0.0 if rest else 0.1)
        self.minutes.setValue(0.0 if rest else _MORE_MIN)

    def _make_live_row(self) -> QWidget:
        self.pause_button = push_button("pause", self.tr("&Pause"))
        self.stop_button = push_button("stop", self.tr("Stop and &keep"))
        self.stop_button.setToolTip(self.tr("End the training; the model and all samples are kept"))
        self.sample_button = push_button("sample", self.tr("Sampl&e now"))
        self.save_button = push_button("save", self.tr("&Save now"))
        first = (self.pause_button, self.stop_button, self.sample_button, self.save_button)
        return self._row(*first)

    def _make_rest_row(self) -> QWidget:
        self.resume_button = push_button("play", self.tr("Go &on training"))
        self.minutes = NumberBox(0.0, 100_000.0, whole=False)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setStepType(NumberBox.StepType.DefaultStepType)
        self.minutes.setSingleStep(_MORE_MIN)
        self.minutes.setAccessibleName(self.tr("Minutes to go on"))
        label = QLabel(self.tr("fo&r"))
        label.setBuddy(self.minutes)
        self.explore_button = push_button("explore", self.tr("&Explore this model"))
        return self._row(self.resume_button, label, self.minutes, self.explore_button)

    def _row(self, *first: QWidget) -> QWidget:
        """Return widgets in one line, and at its other end a button to discard the training."""
        discard = ConfirmButton(self.tr("&Discard"), self.tr("Really &discard everything?"))
        discard.setToolTip(
            self.tr("Moved to the computer's wastebasket; where a disk has none, deleted for good")
        )
        self.discard_buttons.append(discard)
        return row_of(*first, last=discard)
