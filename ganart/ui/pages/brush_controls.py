"""What can be done with a brush: other things while it is trained than when it rests."""

from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from ganart.ui.widgets.buttons import push_button, row_of
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.option_form import NumberBox
from ganart.workers.run import Run

MAX_MINUTES = 100_000.0
"""Of training: more than two months."""
_MORE_MIN = 10.0
"""How much longer a brush that used its time up is to be trained."""


class BrushControls(QStackedWidget):
    """Two rows of buttons of which one is shown; the page connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pause_button = push_button("pause", self.tr("&Pause"))
        self.stop_button = push_button("stop", self.tr("Stop and &keep"))
        self.stop_button.setToolTip(self.tr("End the training; the brush is kept as it is then"))
        self.sample_button = push_button("sample", self.tr("Preview &now"))
        self.save_button = push_button("save", self.tr("&Save now"))
        self.resume_button = push_button("play", self.tr("Go o&n training"))
        self.minutes = NumberBox(0.0, MAX_MINUTES, whole=False)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setStepType(NumberBox.StepType.DefaultStepType)
        self.minutes.setSingleStep(_MORE_MIN)
        self.minutes.setAccessibleName(self.tr("Minutes to go on"))
        label = QLabel(self.tr("fo&r"))
        label.setBuddy(self.minutes)
        self.photo_button = push_button("stylize", self.tr("Us&e on a photo"))
        self.batch_button = push_button("folder", self.tr("Use on &a folder"))
        self.folder_button = push_button("folder", self.tr("Show fo&lder"))
        self.discard_button = ConfirmButton(
            self.tr("Discard"), self.tr("Really discard the brush?")
        )
        live = (self.pause_button, self.stop_button, self.sample_button, self.save_button)
        rest = (self.resume_button, label, self.minutes, self.photo_button, self.batch_button)
        self._live_row = row_of(*live)
        self._rest_row = row_of(*rest, self.folder_button, last=self.discard_button)
        self.addWidget(self._live_row)
        self.addWidget(self._rest_row)
        self.show_run(None)

    def show_run(self, run: Run | None, has_begun: bool = False) -> None:
        """Offer what is possible with a training as it is now; None means that it rests."""
        self.setCurrentWidget(self._rest_row if run is None else self._live_row)
        if run is None:
            return
        live, paused = not run.is_stopping(), run.is_paused()
        self.pause_button.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        for button in (self.pause_button, self.stop_button):
            button.setEnabled(live)
        for button in (self.sample_button, self.save_button):
            button.setEnabled(live and has_begun and not paused)

    def offer(self, rest: str, *, usable: bool) -> None:
        """Offer to train for what is left of a brush's time, in words; "" where nothing is.

        The lowest value of `minutes`, 0, then stands for the rest.
        """
        self.minutes.setSpecialValueText(rest)
        self.minutes.setMinimum(0.0 if rest else 0.1)
        self.minutes.setValue(0.0 if rest else _MORE_MIN)
        self.photo_button.setEnabled(usable)
        self.batch_button.setEnabled(usable)
