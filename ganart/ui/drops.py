"""What becomes of files that are dropped on the window or named on the command line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from ganart.media.recipe import BadRecipe, Recipe
from ganart.project.store import SUFFIX
from ganart.workers.run import Job, Poll
from ganart.workers.session import Session

_RECIPE_SUFFIXES = {".png", ".webp", ".gif", ".mp4"}


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders in `data` that lie on this computer."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def recipe_job(path: Path) -> Job:
    """Yield the recipe that a picture carries, or its path where there is none."""

    def job(_poll: Poll) -> Iterator[object]:
        from ganart.media.metadata import NoRecipe, read_recipe  # loads Pillow

        try:
            yield read_recipe(path)
        except (NoRecipe, BadRecipe):
            yield path

    return job


class Drops(QObject):
    """Sorts what comes in: projects, artworks with a recipe, pictures for the dataset."""

    project_found = Signal(object)
    """The `Path` of a project."""
    recipe_found = Signal(object)
    """The `Recipe` of an artwork."""
    pictures_found = Signal(object)
    """A list of folders and files for the dataset."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def take(self, paths: Sequence[Path]) -> None:
        """Sort `paths`; the answer comes by one of the signals."""
        projects = [path for path in paths if path.suffix == SUFFIX and path.is_dir()]
        if projects:
            self.project_found.emit(projects[0])
        elif len(paths) == 1 and self._may_have_recipe(paths[0]):
            run = self._session.begin(recipe_job(paths[0]), "recipe")
            run.reported.connect(self._take_answer)
        elif paths:
            self.pictures_found.emit(list(paths))

    def _may_have_recipe(self, path: Path) -> bool:
        return self._session.project is not None and path.suffix.lower() in _RECIPE_SUFFIXES

    @Slot(object)
    def _take_answer(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Recipe):
                self.recipe_found.emit(record)
            else:
                self.pictures_found.emit([record])


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
        text = self.tr("Drop pictures, folders, a project, or an artwork to open it again")
        inner = self.rect().adjusted(48, 48, -48, -48)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
