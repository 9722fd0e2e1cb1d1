"""Jobs on the genes of a model, and steps of a random walk. Torch is loaded when a job starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.gan.model_file import read_info
from ganart.engine.latent import wandering
from ganart.media.genes import FoundGenes, GeneBook, read_found, write_book, write_found
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class Finding:
    """A share of the work is done, 0 ... 1."""

    share: float


@dataclass(frozen=True, slots=True)
class Made:
    """The vector of a gene that was made from pictures, as points have it."""

    vector: bytes


def genes_folder(project: Project) -> Path:
    """Return where what was found in models is kept."""
    return project.folder / "explore" / "genes"


def book_path(project: Project) -> Path:
    """Return where the artist's own genes and notes are kept."""
    return project.folder / "explore" / "genes.json"


def find_genes(project: Project, model_path: Path) -> Job:
    """Return a job that yields `Finding` records and at last the `FoundGenes` of a model.

    What was found once is kept. A job that is stopped finds nothing.
    """

    def job(poll: Poll) -> Iterator[Finding | FoundGenes]:
        folder = genes_folder(project)
        kept = read_found(folder, read_info(model_path).model_hash)
        if kept is not None:
            yield kept
            return
        from ganart.engine.latent import directions
        from ganart.engine.latent.render import Model

        for found in directions.find_genes(Model.load(model_path)):
            if poll():
                return
            if isinstance(found, FoundGenes):
                write_found(folder, found)
                yield found
            else:
                yield Finding(found)

    return job


def make_gene(model_path: Path, likes: Sequence[Point], others: Sequence[Point]) -> Job:
    """Return a job that yields a `Made`: the direction from `others` to `likes`."""

    def job(_poll: Poll) -> Iterator[Made]:
        from ganart.engine.latent.directions import gene_between
        from ganart.engine.latent.render import Model

        yield Made(gene_between(Model.load(model_path), likes, others))

    return job


def keep_book(path: Path, book: GeneBook) -> Job:
    """Return a job that writes a book."""

    def job(_poll: Poll) -> Iterator[None]:
        write_book(path, book)
        yield None

    return job


def wander(point: Point, size: int, seed: int, wildness: float) -> Point:
    """Return the next point of a random walk; see `ganart.engine.latent.wandering`."""
    return wandering.wander(point, size, seed, wildness)
