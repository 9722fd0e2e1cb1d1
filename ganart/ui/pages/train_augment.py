"""What the discriminator will see of the pictures, beside the options that settle it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ganart.engine.gan.config import TrainConfig
from ganart.ui.widgets.picture_rows import picture_rows
from ganart.ui.widgets.text import Caption, told
from ganart.workers.augmenting import Augmented, augmented_job
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

_COLUMNS = 8
_ROWS = 2
_TILE_PX = 96
_DELAY_MS = 250
"""Options that follow one another in less are drawn once."""


class AugmentPreview(QWidget):
    """Two rows of pictures as training will show them; drawn only while they can be seen."""

    def __init__(
        self,
        session: Session,
        config: Callable[[], TrainConfig | None],
        parent: QWidget | None = None,
    ) -> None:
        """Show what `config` returns when it is called; None leaves what is shown."""
        super().__init__(parent)
        self._session = session
        self._config = config
        self._run: Run | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DELAY_MS)
        self._soon.timeout.connect(self._draw)
        self.pictures = QLabel()
        self.pictures.setAccessibleName(self.tr("Your pictures as the discriminator sees them"))
        self.text = Caption()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        layout.addWidget(self.pictures)

    @Slot()
    def refresh(self) -> None:
        """Draw anew, for options or pictures have changed."""
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what holds now."""
        super().showEvent(event)
        self.refresh()

    def stop(self) -> None:
        """Draw no more, for the project is closed."""
        self._soon.stop()
        self._forget_run()
        self.pictures.clear()
        self.text.clear()

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.failed.disconnect(self._on_failed)
            self._run.stop()
            self._run = None

    @Slot()
    def _draw(self) -> None:
        project, config = self._session.project, self._config()
        if project is None or config is None:
            return
        self._forget_run()
        if self.pictures.pixmap().isNull():
            self.text.setText(self.tr("Drawing …"))
        job = augmented_job(project.catalogue_path, config, _ROWS * _COLUMNS)
        self._run = self._session.begin(job, "augmentation preview", announce=False)
        self._run.reported.connect(self._on_reported)
        self._run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Augmented):
                self.pictures.setPixmap(
                    picture_rows(record.pixels, _COLUMNS, _TILE_PX, self.devicePixelRatioF())
                )
                self.text.setText(
                    self.tr(
                        "Pictures that are jittered are seen another way each time; the model "
                        "should learn to make them as they are."
                    )
                )

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.pictures.clear()
        self.text.setText(told(report.error, report.text))
