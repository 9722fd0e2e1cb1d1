"""Jobs on the saved artworks: list them, read a recipe, move one to the wastebasket."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths

from ganart.engine.asks import Poll
from ganart.errors import StudioError
from ganart.media.metadata import AnyRecipe, read_recipe
from ganart.project.artworks import Artwork, Artworks
from ganart.project.store import Project
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.run import Job


class CannotTrash(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path} could not be moved to the wastebasket: {reason}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The file is still where it was.")
    remedy = QT_TRANSLATE_NOOP("errors", "Show its folder and delete it there.")


@dataclass(frozen=True, slots=True)
class ArtworksFound:
    """The artworks, newest first."""

    works: tuple[Artwork, ...]


@dataclass(frozen=True, slots=True)
class RecipeRead:
    """The recipe of a file; None if it carries no usable one."""

    path: Path
    recipe: AnyRecipe | None


@dataclass(frozen=True, slots=True)
class Trashed:
    """The file is in the wastebasket."""

    path: Path


def read_artworks(project: Project) -> Job:
    """Return a job that yields one `ArtworksFound`."""

    def job(_poll: Poll) -> Iterator[ArtworksFound]:
        yield ArtworksFound(Artworks(project.artworks_folder).list())

    return job


def read_recipe_of(path: Path) -> Job:
    """Return a job that yields one `RecipeRead`."""

    def job(_poll: Poll) -> Iterator[RecipeRead]:
        try:
            yield RecipeRead(path, read_recipe(path))
        except StudioError:
            # A picture from elsewhere, or one that lost its recipe in another program.
            yield RecipeRead(path, None)

    return job


def trash_artwork(path: Path) -> Job:
    """Return a job that moves a file to the wastebasket; fails with `CannotTrash`."""

    def job(_poll: Poll) -> Iterator[Trashed]:
        # On Linux Qt makes the wastebasket, but not the folder of a new account that it lies in.
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        with suppress(OSError):
            Path(data).mkdir(parents=True, exist_ok=True)
        file = QFile(str(path))
        if not file.moveToTrash():
            raise CannotTrash(path=path, reason=file.errorString())
        yield Trashed(path)

    return job
