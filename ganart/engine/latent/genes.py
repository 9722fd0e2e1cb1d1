"""Finding the genes of a project's models once, and keeping them. Torch is loaded when needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.gan.model_file import read_info
from ganart.media.genes import FoundGenes, read_found, write_found
from ganart.project.store import Project


@dataclass(frozen=True, slots=True)
class Finding:
    """A share of the work is done, 0 ... 1."""

    share: float


def genes_folder(project: Project) -> Path:
    """Return where what was found in models is kept."""
    return project.folder / "explore" / "genes"


def book_path(project: Project) -> Path:
    """Return where the artist's own genes and notes are kept."""
    return project.folder / "explore" / "genes.json"


def find_genes(project: Project, model_path: Path, poll: Poll) -> Iterator[Finding | FoundGenes]:
    """Yield `Finding` records and at last the `FoundGenes` of a model.

    What was found once is kept. A search that is stopped finds nothing. Raises `BadCheckpoint`.
    """
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
