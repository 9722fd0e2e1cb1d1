"""Jobs on the saved artworks: list and read them, keep their stars, throw them away."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImageReader

from ganart.engine.asks import Poll
from ganart.engine.gan.presets import PRESETS
from ganart.errors import StudioError
from ganart.media.metadata import AnyRecipe, read_recipe
from ganart.media.style_recipe import StyleRecipe
from ganart.project.artwork_index import ArtworkIndex
from ganart.project.artwork_marks import Marks, MarksDamaged, read_marks, write_marks
from ganart.project.artworks import Artwork, Artworks, Facts, fingerprint
from ganart.project.store import Project
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.run import Job
from ganart.workers.wastebasket import to_wastebasket

_AT_ONCE = 100
"""Artworks read between two reports."""
_FILMS = {".mp4", ".webm", ".mkv"}
_LABELS = {each.key: each.label for each in PRESETS}
_WORDS_MAX = 4000


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
    facts: Mapping[Path, Facts]
    """Of those that were read earlier; `FactsRead` of the others follow."""


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What some of the artworks say."""

    facts: Mapping[Path, Facts]


@dataclass(frozen=True, slots=True)
class AllRead:
    """What all artworks say is known."""


@dataclass(frozen=True, slots=True)
class MarksRead:
    """The stars and tags of a project's artworks, and a notice where they were damaged."""

    marks: Marks
    notice: MarksDamaged | None


@dataclass(frozen=True, slots=True)
class RecipeRead:
    """The recipe of a file; None if it carries no usable one."""

    path: Path
    recipe: AnyRecipe | None


@dataclass(frozen=True, slots=True)
class Trashed:
    """The file is in the wastebasket."""

    path: Path


def read_artworks(
    project: Project, *, with_marks: bool = False, before: Sequence[Artwork] = ()
) -> Job:
    """Return a job that yields one `ArtworksFound`, then `FactsRead` of new files and `AllRead`;
    before them `MarksRead` where it is asked for. Where there is nothing but what was there
    `before`, all of it read, nothing is yielded.
    """

    def job(poll: Poll) -> Iterator[MarksRead | ArtworksFound | FactsRead | AllRead]:
        if with_marks:
            yield MarksRead(*read_marks(project.artworks_folder))
        works = Artworks(project.artworks_folder).list()
        if before and works == before:
            return
        with ArtworkIndex(project.artworks_folder) as index:
            known = index.known(works)
            yield ArtworksFound(works, known)
            fresh = [work for work in works if work.path not in known]
            for begin in range(0, len(fresh), _AT_ONCE):
                found: dict[Artwork, Facts] = {}
                for work in fresh[begin : begin + _AT_ONCE]:
                    if poll():
                        return
                    with suppress(OSError):  # gone meanwhile, or locked: the next time
                        found[work] = facts_of(work)
                index.put(found)
                yield FactsRead({work.path: each for work, each in found.items()})
        yield AllRead()

    return job


def keep_marks(project: Project, marks: Marks) -> Job:
    """Return a job that writes stars and tags; fails with `FolderNotWritable`, `DiskFull`."""

    def job(_poll: Poll) -> Iterator[object]:
        write_marks(project.artworks_folder, marks)
        yield from ()

    return job


def read_recipe_of(work: Artwork) -> Job:
    """Return a job that yields one `RecipeRead`."""

    def job(_poll: Poll) -> Iterator[RecipeRead]:
        yield RecipeRead(work.path, _recipe(work))

    return job


def trash_artworks(works: Sequence[Artwork]) -> Job:
    """Return a job that moves files to the wastebasket, and yields a `Trashed` for each; fails with
    `CannotTrash` at the first that does not go.
    """

    def job(_poll: Poll) -> Iterator[Trashed]:
        for work in works:
            if reason := to_wastebasket(work.path):
                raise CannotTrash(path=work.path, reason=reason)
            beside = work.path.with_name(f"{work.path.name}.json")  # of formats without room
            if beside.is_file():
                to_wastebasket(beside)
            yield Trashed(work.path)

    return job


def facts_of(work: Artwork) -> Facts:
    """Read what an artwork says. Raises `OSError`."""
    mark = fingerprint(work.picture)
    recipe = _recipe(work)
    size = (
        QImageReader(str(work.picture)).size() if work.path.suffix.lower() not in _FILMS else None
    )
    width, height = (size.width(), size.height()) if size is not None and size.isValid() else (0, 0)
    if recipe is None:
        return Facts(mark, width=width, height=height)
    return Facts(
        fingerprint=mark,
        kind=recipe.kind,
        model="" if isinstance(recipe, StyleRecipe) else recipe.model_hash,
        preset="" if isinstance(recipe, StyleRecipe) else recipe.preset,
        words=words_of(recipe),
        width=width,
        height=height,
    )


def words_of(recipe: AnyRecipe) -> str:
    """Return what a recipe can be found by, in small letters."""
    if isinstance(recipe, StyleRecipe):
        parts = [recipe.photo.name, *(each.name for each in recipe.styles)]
        parts += [str(value) for value in recipe.options.values() if isinstance(value, str)]
    else:
        parts = [recipe.preset, _LABELS.get(recipe.preset, ""), recipe.architecture]
        parts += [recipe.model_hash]
        parts += [each for each in recipe.output.values() if isinstance(each, str)]
        for point in recipe.places:
            parts += ["seed", *map(str, point.seeds)] if point.seeds else []
            parts += [gene.name for gene in point.genes]
    return " ".join(dict.fromkeys(part.casefold() for part in parts if part))[:_WORDS_MAX]


def _recipe(work: Artwork) -> AnyRecipe | None:
    try:
        return read_recipe(work.recipe_file)
    except StudioError:
        # A picture from elsewhere, or one that lost its recipe in another program.
        return None
