"""Shows in a panel of looks what each of them does to the artist's own photo."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from ganart.ui.pages.stylize_built_in import THUMBNAIL_PX
from ganart.ui.pages.stylize_look import LookPanel
from ganart.ui.widgets.images import image_of
from ganart.workers.look_examples import example_looks
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.stylizing import LookThumbnail


class LookExamples(QObject):
    """Draws them when they are first seen, and anew for other photos."""

    def __init__(self, session: Session, panel: LookPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._sources: tuple[Path, ...] = ()
        self._drawn_of: tuple[Path, ...] | None = None
        self._run: Run | None = None
        panel.changed.connect(self.refresh)

    def show(self, sources: Sequence[Path]) -> None:
        """Take the example from other photos."""
        self._sources = tuple(sources)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Draw what is missing, unless it would not be seen."""
        if not self._panel.built_in.isVisible() or self._drawn_of == self._sources:
            return
        self.stop()
        self._drawn_of = self._sources
        side = round(THUMBNAIL_PX * self._panel.devicePixelRatioF())
        job = example_looks(self._sources, side)
        # A photo that cannot be read is told when it is stylized.
        self._run = self._session.begin(job, "look examples", announce=False)
        self._run.reported.connect(self._on_reported)

    def stop(self) -> None:
        """Draw no more."""
        if self._run is not None:
            self._run.reported.disconnect(self._on_reported)
            self._run.stop()
            self._run = None

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, LookThumbnail):
                self._panel.set_thumbnail(record.key, image_of(record.pixels))
