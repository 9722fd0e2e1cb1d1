"""Composed loops for the window: their points, and the document that keeps the current one."""

from collections.abc import Iterator
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.latent.walks import Walk as Walk
from ganart.engine.latent.walks import walk as walk
from ganart.files import make_folder
from ganart.media.audio import SOUND_SUFFIXES as SOUND_SUFFIXES
from ganart.media.audio import Heard as Heard
from ganart.media.audio import hear
from ganart.media.beats import hear_beats
from ganart.media.composition import Composition, read_composition, write_composition
from ganart.media.point import Vectors
from ganart.media.recipe_checks import BadRecipe
from ganart.project.documents import read_document, write_document
from ganart.project.store import Project
from ganart.workers.run import Job

_SCHEMA = 1


def loop_path(project: Project) -> Path:
    """Return where the current loop of a project is kept."""
    return project.folder / "explore" / "loop.json"


def open_loop(path: Path) -> Composition | None:
    """Return the loop in `path`; None where there is none.

    Raises `Damaged` or `BadRecipe` for a document that is none of ours, and `OSError`.
    """
    try:
        document = read_document(path)
    except FileNotFoundError:
        return None
    vectors, found = document.get("vectors"), document.get("composition")
    if document["schema"] != _SCHEMA or not isinstance(vectors, list):
        raise BadRecipe(reason="it was made by a newer version of the studio")
    return None if found is None else read_composition(found, Vectors(vectors))


def keep_loop(path: Path, composition: Composition | None) -> Job:
    """Return a job that writes a loop."""

    def job(_poll: Poll) -> Iterator[None]:
        vectors = Vectors()
        values = None if composition is None else write_composition(composition, vectors)
        make_folder(path.parent)
        write_document(path, {"schema": _SCHEMA, "composition": values, "vectors": vectors.texts})
        yield None

    return job


def hear_sound(path: Path, seconds: float, what: str) -> Job:
    """Return a job that yields what is `Heard` in a sound: its "loudness" or its "beats"."""

    def job(_poll: Poll) -> Iterator[Heard]:
        yield hear_beats(path, seconds) if what == "beats" else hear(path, seconds)

    return job
