"""What becomes of files that are dropped on the window or named on the command line."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from ganart.datasets.kinds import (
    PICTURE_SUFFIXES,
    SIGNATURE_BYTES,
    UNSUPPORTED_SUFFIXES,
    looks_like_picture,
    looks_unsupported,
)
from ganart.engine.asks import Poll
from ganart.errors import StudioError
from ganart.media.style_recipe import StyleRecipe
from ganart.media.suffixes import ARCHIVE_SUFFIXES, FILM_SUFFIXES
from ganart.project.artworks import SEQUENCE_RECIPE
from ganart.project.store import SUFFIX
from ganart.text import QT_TRANSLATE_NOOP
from ganart.ui.model_files import is_model
from ganart.workers.run import ErrorReport, Job
from ganart.workers.session import Session

if TYPE_CHECKING:  # brings Pillow
    from ganart.media.metadata import AnyRecipe

_PICTURE_SUFFIXES = {".png", ".apng", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif"}
_PAPER_SUFFIXES = {".pdf", ".json"}
"""Of files that hold a recipe or nothing that the studio could use."""
_RECIPE_SUFFIXES = _PICTURE_SUFFIXES | {".mp4", ".webm", ".mkv"} | _PAPER_SUFFIXES
"""Of what the studio saves artworks as."""
_KNOWN_SUFFIXES = PICTURE_SUFFIXES | UNSUPPORTED_SUFFIXES | FILM_SUFFIXES | ARCHIVE_SUFFIXES
"""Of what the dataset takes, or says itself why it does not."""


class ProjectUnknown(StudioError):
    """An artwork came in while no project was open. Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path} is an artwork, and its model is kept in the project that it was made in."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Open the project that it was made in, then drop it again."
    )


class NoUseForFile(StudioError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "The studio has no use for {path}: it is no picture, and nothing else that can be opened.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose pictures, folders of pictures, ZIP files, films, a model or a project."
    )


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file, and its recipe if it carries one."""

    path: Path
    recipe: "AnyRecipe | None"


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders in `data` that lie on this computer."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def recipe_job(path: Path) -> Job:
    """Yield one `Dropped`. Fails with `BadRecipe`, `CannotOpen`, and for PDF and JSON files with
    `NoRecipe`.
    """

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.media.metadata import NoRecipe, read_recipe  # loads Pillow

        try:
            yield Dropped(path, read_recipe(path))
        except NoRecipe:
            if path.suffix.lower() in _PAPER_SUFFIXES:
                raise
            yield Dropped(path, None)

    return job


@dataclass(frozen=True, slots=True)
class Usable:
    """Files and folders of which at least one is of use for the dataset."""

    paths: tuple[Path, ...]


def usable_job(paths: Sequence[Path]) -> Job:
    """Look into files whose names promise nothing; yields one `Usable`.

    Fails with `CannotOpen` where one is gone, with `NoUseForFile` where none is of use.
    """

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.media.metadata import CannotOpen  # loads Pillow

        for path in paths:
            try:
                if _is_usable(path):
                    yield Usable(tuple(paths))
                    return
            except OSError as error:
                raise CannotOpen(path=path, reason=error.strerror) from error
        raise NoUseForFile(path=paths[0])

    return job


def _is_usable(path: Path) -> bool:
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):  # reading a pipe could last for ever
        return stat.S_ISDIR(mode)
    with path.open("rb") as file:
        head = file.read(SIGNATURE_BYTES)
    return looks_like_picture(head) or looks_unsupported(head)


class Drops(QObject):
    """Sorts what comes in: projects, artworks with a recipe, models, pictures for the dataset."""

    project_found = Signal(object)
    """The `Path` of a project."""
    recipe_found = Signal(object)
    """The `Recipe` of an artwork; the project that may have its model is open."""
    stylized_found = Signal(object, object)
    """The `StyleRecipe` of a stylized picture or film, and its `Path`; maybe no project is open."""
    models_found = Signal(object)
    """A list of model files of other projects or programs."""
    pictures_found = Signal(object)
    """A list of folders and files for the dataset, films and ZIP files too."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._answers: list[Dropped | Usable] = []

    def take(self, paths: Sequence[Path]) -> None:
        """Sort `paths`; the answer comes by one of the signals."""
        # One that is gone is a project too: opening it says so.
        projects = [path for path in paths if path.suffix == SUFFIX]
        if projects:
            self.project_found.emit(projects[0])
        elif len(paths) == 1 and (holder := recipe_holder(paths[0])) is not None:
            run = self._session.begin(recipe_job(holder), "recipe")
            run.reported.connect(self._note_answers)
            # Queued: answering may open a project, and that lets go of the runs that have ended.
            run.done.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        else:
            self._take_pictures(paths)

    def _take_pictures(self, paths: Sequence[Path]) -> None:
        models = [path for path in paths if is_model(path)]
        pictures = [path for path in paths if path not in models]
        if models:
            self.models_found.emit(models)
        if any(path.suffix.lower() in _KNOWN_SUFFIXES for path in pictures):
            self.pictures_found.emit(pictures)
        elif pictures:
            run = self._session.begin(usable_job(pictures), "look into files")
            run.reported.connect(self._note_answers)
            run.done.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _note_answers(self, records: list[object]) -> None:
        self._answers += [each for each in records if isinstance(each, Dropped | Usable)]

    @Slot()
    def _answer(self) -> None:
        answers, self._answers = self._answers, []
        for answer in answers:
            if isinstance(answer, Usable):
                self.pictures_found.emit(list(answer.paths))
            elif answer.recipe is None:
                self.pictures_found.emit([answer.path])
            else:
                self._open_artwork(answer.path, answer.recipe)

    def _open_artwork(self, path: Path, recipe: "AnyRecipe") -> None:
        home = next((folder for folder in path.parents if folder.suffix == SUFFIX), None)
        if self._session.project is None and home is not None:
            self.project_found.emit(home)
            if self._session.project is None:
                return  # that it does not open is told
        if isinstance(recipe, StyleRecipe):
            self.stylized_found.emit(recipe, path)
        elif self._session.project is not None:
            self.recipe_found.emit(recipe)
        else:
            self._session.failed.emit(ErrorReport.of(ProjectUnknown(path=path)))


def recipe_holder(path: Path) -> Path | None:
    """Return the file that would hold the recipe of what was dropped: itself, or the one inside the
    folder of a loop that was saved as single pictures; None for anything else.
    """
    if path.is_dir():
        inside = path / SEQUENCE_RECIPE
        return inside if inside.is_file() else None
    return path if path.suffix.lower() in _RECIPE_SUFFIXES else None


class DropVeil(QWidget):
    """Lies over the window while something is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show above everything in the parent."""
        parent = self.parent()
        if isinstance(parent, QWidget):
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        palette = self.palette()
        ground = QColor(palette.color(QPalette.ColorRole.Window))
        ground.setAlpha(225)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 12, 12)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        text = self.tr(
            "Drop pictures, folders, ZIP files, films, a project, a model, or an artwork to open "
            "it again"
        )
        inner = self.rect().adjusted(48, 48, -48, -48)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
