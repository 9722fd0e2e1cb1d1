"""What can be done with a batch: other things while it runs than when it rests."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ganart.ui.widgets.buttons import push_button, row_of
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.workers.batches import BatchCounts
from ganart.workers.run import Run


class BatchControls(QStackedWidget):
    """Two rows of buttons of which one is shown; the page connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pause_button = push_button("pause", self.tr("&Pause"))
        self.stop_button = push_button("stop", self.tr("Stop and &keep"))
        self.stop_button.setToolTip(self.tr("End the batch; it can go on later where it stopped"))
        self.go_on_button = push_button("play", self.tr("&Go on"))
        self.retry_button = push_button("undo", self.tr("Ret&ry failed"))
        self.folder_button = push_button("folder", self.tr("Show fo&lder"))
        self.sheet_button = push_button("grid", self.tr("Co&ntact sheet"))
        self.train_button = push_button("dataset", self.tr("Use &as training pictures"))
        self.again_button = push_button("plus", self.tr("One more lik&e this"))
        self.again_button.setToolTip(self.tr("Begin a new batch with the same choices"))
        self.forget_button = ConfirmButton(
            self.tr("Take off the list"), self.tr("Really take it off? The pictures stay.")
        )
        self._live_row = row_of(self.pause_button, self.stop_button)
        self._rest_row = row_of(
            self.go_on_button,
            self.retry_button,
            self.folder_button,
            self.sheet_button,
            self.train_button,
            self.again_button,
            last=self.forget_button,
        )
        self.addWidget(self._live_row)
        self.addWidget(self._rest_row)
        self.show_run(None)

    def show_run(self, run: Run | None) -> None:
        """Offer what is possible while a batch runs; None means that it rests."""
        self.setCurrentWidget(self._rest_row if run is None else self._live_row)
        if run is None:
            return
        self.pause_button.setText(self.tr("&Resume") if run.is_paused() else self.tr("&Pause"))
        for button in (self.pause_button, self.stop_button):
            button.setEnabled(not run.is_stopping())

    def offer(self, counts: BatchCounts, *, has_sheet: bool) -> None:
        """Offer what is possible with a batch at rest."""
        self.go_on_button.setVisible(bool(counts.waiting))
        self.retry_button.setVisible(bool(counts.failed))
        self.folder_button.setEnabled(bool(counts.done))
        self.train_button.setEnabled(bool(counts.done))
        self.sheet_button.setVisible(has_sheet)
