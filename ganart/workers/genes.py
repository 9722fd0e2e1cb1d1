"""Jobs on the genes of a model, and steps of a random walk. Torch is loaded when a job starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.latent import genes, wandering
from ganart.engine.latent.genes import Finding as Finding
from ganart.engine.latent.genes import book_path as book_path
from ganart.engine.latent.genes import genes_folder as genes_folder
from ganart.media.genes import FoundGenes, GeneBook, read_book, write_book
from ganart.media.point import Point
from ganart.project.store import Project
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class Made:
    """The vector of a gene that was made from pictures, as points have it."""

    vector: bytes


def find_genes(project: Project, model_path: Path) -> Job:
    """Return a job that yields `Finding` records and at last the `FoundGenes` of a model."""

    def job(poll: Poll) -> Iterator[Finding | FoundGenes]:
        return genes.find_genes(project, model_path, poll)

    return job


def make_gene(model_path: Path, likes: Sequence[Point], others: Sequence[Point]) -> Job:
    """Return a job that yields a `Made`: the direction from `others` to `likes`."""

    def job(_poll: Poll) -> Iterator[Made]:
        from ganart.engine.latent.directions import gene_between
        from ganart.engine.latent.render import Model

        yield Made(gene_between(Model.load(model_path), likes, others))

    return job


def open_book(path: Path) -> GeneBook:
    """Return the book in `path`; see `ganart.media.genes.read_book`."""
    return read_book(path)


def keep_book(path: Path, book: GeneBook) -> Job:
    """Return a job that writes a book."""

    def job(_poll: Poll) -> Iterator[None]:
        write_book(path, book)
        yield None

    return job


def wander(point: Point, size: int, seed: int, wildness: float) -> Point:
    """Return the next point of a random walk; see `ganart.engine.latent.wandering`."""
    return wandering.wander(point, size, seed, wildness)
