"""The quick look: at low resolution at once, then finer when the controls rest."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from ganart.engine.style.looks import BUILT_IN, Look
from ganart.ui.pages.stylize_built_in import THUMBNAIL_PX
from ganart.ui.pages.stylize_stage import Stage
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.text import told
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.stylizing import LookPreviewer, LookResult, LookThumbnail, thumbnails_job

QUICK_PX = 256
FINE_PX = 640
_REST_MS = 250
"""The finer picture is asked for when the controls have rested so long."""


class LivePreview(QObject):
    """Keeps the stage showing the photo under the look of now."""

    thumbnail_made = Signal(str, QImage)
    """The key of a built-in look and what it does to the photo; null when that is not known."""

    def __init__(self, session: Session, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stage = stage
        self._photo: Path | None = None
        self._look: Look | None = None
        self._trouble = ""
        self._thumbnails_of: Path | None = None
        self._thumbnails: Run | None = None
        self._wants_thumbnails = False
        self.previewer = LookPreviewer(self)
        self.previewer.rendered.connect(self._on_rendered)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._refine)

    def photo(self) -> Path | None:
        """Return the photo that is shown."""
        return self._photo

    def show(self, photo: Path | None, look: Look | None) -> None:
        """Show another photo or look."""
        if (photo, look) == (self._photo, self._look):
            return
        if photo != self._photo:
            self._trouble = ""
        self._photo, self._look = photo, look
        self.show_again()

    def set_trouble(self, text: str) -> None:
        """Say why the photo cannot be shown; holds until there is another photo."""
        self._trouble = text
        self.show_again()

    def is_usable(self) -> bool:
        """Whether nothing is known against the photo."""
        return not self._trouble

    @Slot()
    def show_again(self) -> None:
        """Ask for the picture anew; nothing is asked for while it would not be seen."""
        self._rest.stop()
        if self._photo is None or self._look is None or self._trouble:
            self.previewer.forget()
            self._stage.view.set_after(QImage())
            (self._stage.warn if self._trouble else self._stage.tell)(self._trouble)
        elif self._is_seen():
            self._stage.tell(self.tr("Drawing the quick look …"))
            self.previewer.show(self._photo, self._look, QUICK_PX)
        else:
            self.previewer.forget()
            self._stage.tell(self.tr("Loading the photo …"))
        self._ask_for_thumbnails()

    def want_thumbnails(self, wanted: bool) -> None:
        """Draw the photo under every built-in look, once for each photo."""
        self._wants_thumbnails = wanted
        self._ask_for_thumbnails()

    def stop(self) -> None:
        """End the thread; what is shown stays."""
        self._rest.stop()
        self.previewer.stop()
        self._thumbnails_of = None  # those under way are ended with the project

    def _is_seen(self) -> bool:
        return self._stage.isVisible() and not self._stage.view.image().isNull()

    @Slot()
    def _refine(self) -> None:
        if self._photo is not None and self._look is not None and self._is_seen():
            self.previewer.show(self._photo, self._look, FINE_PX)

    @Slot(object)
    def _on_rendered(self, result: LookResult) -> None:
        if result.pixels is None:
            error = result.error
            self._stage.view.set_after(QImage())
            self._stage.warn(told(error.error, error.text) if error is not None else "")
            return
        self._stage.view.set_after(image_of(result.pixels))
        if not self.previewer.is_newest(result):
            return
        self._stage.tell(self.tr("Quick look"))
        if result.request.side < FINE_PX:
            self._rest.start()

    # Thumbnails

    def _ask_for_thumbnails(self) -> None:
        photo = self._photo
        if not self._wants_thumbnails or photo is None or not self._is_seen():
            return
        if photo == self._thumbnails_of:
            return
        if self._thumbnails is not None:
            self._thumbnails.stop()
        self._thumbnails_of = photo
        for look in BUILT_IN:  # or those of the photo before would be taken for its own
            self.thumbnail_made.emit(look.key, QImage())
        side = round(THUMBNAIL_PX * self._stage.devicePixelRatioF())
        # An unreadable photo is told on the stage.
        self._thumbnails = self._session.begin(
            thumbnails_job(photo, side), "thumbnails", announce=False
        )
        self._thumbnails.reported.connect(self._on_thumbnails)

    @Slot(object)
    def _on_thumbnails(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, LookThumbnail) and record.photo == self._thumbnails_of:
                self.thumbnail_made.emit(record.key, image_of(record.pixels))
