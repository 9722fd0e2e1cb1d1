"""Looking for the files that a stylized picture was made of, which its recipe knows by name."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Ask, Poll
from ganart.media.style_recipe import Source, StyleRecipe, source_of
from ganart.project.store import Project
from ganart.resources import resource
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """Where the files of a recipe lie; None for one that was not found."""

    recipe: StyleRecipe
    photo: Path | None
    styles: tuple[Path | None, ...]
    """In the order of the recipe's styles; None for built-in looks too."""


def find_sources(recipe: StyleRecipe, project: Project, near: Sequence[Path] = ()) -> Job:
    """Return a job that yields one `SourcesFound`.

    It looks in the project, in the folders of its dataset, among the bundled pictures and in the
    folders `near`, but not below them. A file of the right name counts only if its content is the
    right one too.
    """

    def job(poll: Poll) -> Iterator[SourcesFound]:
        from ganart.datasets.catalogue import Catalogue

        names = {each.name for each in (*recipe.styles, recipe.photo) if each.hash}
        places = [resource("sample/styles"), resource("sample/photos"), project.folder]
        if names and project.catalogue_path.exists():
            with Catalogue(project.catalogue_path) as catalogue:
                places += catalogue.sources()
        places += [folder / name for folder in near for name in sorted(names)]
        found: dict[tuple[str, str], Path] = {}
        for path in _named(places, names, poll):
            source = source_of(path)
            found.setdefault((source.name, source.hash), path)
        yield SourcesFound(
            recipe, _path(found, recipe.photo), tuple(_path(found, each) for each in recipe.styles)
        )

    return job


def _named(places: Sequence[Path], names: set[str], poll: Poll) -> Iterator[Path]:
    """Yield the files of these names in the folders and below, or the files themselves."""
    for place in places:
        if place.name in names and place.is_file():
            yield place
        for folder, _, files in os.walk(place):
            if poll() is Ask.STOP:
                return
            for name in names.intersection(files):
                yield Path(folder, name)


def _path(found: dict[tuple[str, str], Path], source: Source) -> Path | None:
    return found.get((source.name, source.hash)) if source.hash else None
