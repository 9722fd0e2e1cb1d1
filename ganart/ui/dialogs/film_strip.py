"""A strip of frames that shows what would be taken of a film."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QVBoxLayout, QWidget

from ganart.engine.sources.frame_choice import FrameChoice
from ganart.ui.widgets.text import Caption, told
from ganart.ui.widgets.words import count, decimal
from ganart.workers.film_strip import StripFrame, shown_frames, strip_job
from ganart.workers.pictures import Jobs
from ganart.workers.probing import FilmFound
from ganart.workers.run import ErrorReport, Run

FRAMES = 6
_CELL_PX = QSize(68, 51)
"""Cells grow with the dialog in their width."""
_GAP_PX = 4
_RADIUS_PX = 4
_SOON_MS = 250
"""Frames are looked for when a number has rested so long."""


class FilmStrip(QWidget):
    """Frames of one film, read away from the window, over a line that says what they are."""

    def __init__(self, film: FilmFound, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film = film
        self._jobs = jobs
        self._run: Run | None = None
        self._numbers: list[int] = []
        self._images: dict[int, QImage] = {}
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._read)
        self.cells = _Cells(film.fps)
        self.caption = Caption()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.caption.setMinimumHeight(2 * self.caption.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.cells)
        column.addWidget(self.caption)

    def show_choice(self, choice: FrameChoice | None, text: str) -> None:
        """Show frames that a choice, None for the first one alone, may take; `text` says so."""
        self._numbers = shown_frames(choice, self._film.frames, FRAMES)
        self.caption.setText(text)
        self.cells.show_frames(self._numbers, self._images)
        self._soon.start()

    def shows_all(self, choice: FrameChoice) -> bool:
        """Whether no more frames would be taken than are shown."""
        return self._film.frames > 0 and choice.at_most(self._film.frames) <= FRAMES

    def stop(self) -> None:
        """Read nothing more."""
        self._soon.stop()
        if self._run is not None:
            self._run.stop()
            self._run = None

    @Slot()
    def _read(self) -> None:
        self.stop()
        missing = [number for number in self._numbers if number not in self._images]
        if missing:
            room = _CELL_PX * (2 * self.devicePixelRatioF())
            job = strip_job(self._film.path, missing, room)
            self._run = self._jobs.begin(job, "film strip", announce=False)
            self._run.reported.connect(self._on_reported)
            self._run.failed.connect(self._on_failed)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, StripFrame):  # also of a choice before: it may come back
                self._images[record.number] = record.image
        self.cells.show_frames(self._numbers, self._images)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        if self.sender() is self._run:
            self.caption.setText(told(report.error, report.text))


class _Cells(QWidget):
    """Frames in a row; those that are not there yet are plain."""

    def __init__(self, fps: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fps = fps
        self._numbers: Sequence[int] = ()
        self._images: Mapping[int, QImage] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Frames of the film"))

    def sizeHint(self) -> QSize:
        """Return room for all cells."""
        return QSize(FRAMES * (_CELL_PX.width() + _GAP_PX), _CELL_PX.height())

    def show_frames(self, numbers: Sequence[int], images: Mapping[int, QImage]) -> None:
        """Show frames in their order, with the images that there are."""
        self._numbers, self._images = numbers, images
        self.setAccessibleDescription(", ".join(count(number + 1) for number in numbers))
        self.update()

    def shown(self) -> list[int]:
        """Return the frames that can be seen by now."""
        return [number for number in self._numbers if number in self._images]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame into each cell."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        for place, number in enumerate(self._numbers):
            cell = self._cell(place)
            painter.drawRoundedRect(cell, _RADIUS_PX, _RADIUS_PX)
            image = self._images.get(number)
            if image is not None:
                size = image.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
                shown = QRect(cell.topLeft(), size)
                shown.moveCenter(cell.center())
                painter.drawImage(QRectF(shown), image)

    def event(self, event: QEvent) -> bool:
        """Tell of the frame under the mouse."""
        if isinstance(event, QHelpEvent):
            for place, number in enumerate(self._numbers):
                if self._cell(place).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), self._words(number), self)
            return True
        return super().event(event)

    def _cell(self, place: int) -> QRect:
        begin, end = ((self.width() + _GAP_PX) * each // FRAMES for each in (place, place + 1))
        cell = QRect(begin, 0, end - begin - _GAP_PX, self.height())
        return QStyle.visualRect(self.layoutDirection(), self.rect(), cell)

    def _words(self, number: int) -> str:
        text = self.tr("Frame {number}").format(number=count(number + 1))
        if self._fps:
            seconds = self.tr("{seconds} s").format(seconds=decimal(number / self._fps))
            text += f"   ·   {seconds}"
        return text
