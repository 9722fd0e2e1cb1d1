"""Flags that change the pictures of seeds: genes, noise."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.errors import BadOption
from ganart.engine.latent.genes import book_path, find_genes
from ganart.media.genes import FoundGenes, note_key, read_book
from ganart.media.point import GENE_MAX, Gene, Point
from ganart.project.store import Project


def add_point_flags(parser: argparse.ArgumentParser) -> None:
    """Declare --gene and --no-noise."""
    parser.add_argument(
        "--gene",
        action="append",
        default=[],
        type=_gene_amount,
        metavar="GENE=AMOUNT",
        help="follow a gene of the model: the number of a main change, 'structure-1' and so on, or "
        "the name that it has in the window; amounts of -3 and 3 are strong; may be given several "
        "times",
    )
    parser.add_argument(
        "--no-noise", action="store_true", help="leave out the details that are left to chance"
    )


def changed(
    points: Sequence[Point],
    arguments: argparse.Namespace,
    project: Project,
    model: Path,
    poll: Poll,
) -> list[Point]:
    """Return points changed as the flags say. Raises `BadOption` for a gene that is not there."""
    genes = tuple(_genes(arguments.gene, project, model, poll) if arguments.gene else ())
    return [replace(each, genes=genes, noise=not arguments.no_noise) for each in points]


def _gene_amount(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        amount = float(number)
    except ValueError:
        amount = GENE_MAX + 1
    if not name or not -GENE_MAX <= amount <= GENE_MAX:
        raise argparse.ArgumentTypeError(f"a gene is NAME=AMOUNT, up to {GENE_MAX:g}, not {text}")
    return name, amount


def _genes(
    wanted: Sequence[tuple[str, float]], project: Project, model: Path, poll: Poll
) -> list[Gene]:
    found = [each for each in find_genes(project, model, poll) if isinstance(each, FoundGenes)]
    if not found:  # stopped
        return []
    known = _by_name(found[0], project)
    for name, _ in wanted:
        if name not in known:
            raise BadOption(option="--gene", value=name, allowed="one of " + ", ".join(known))
    return [replace(known[name], amount=amount) for name, amount in wanted]


def _by_name(found: FoundGenes, project: Project) -> dict[str, Gene]:
    """Return all genes that fit a model: by key, main changes by number, and by the names that the
    artist gave them.
    """
    book = read_book(book_path(project))
    known = {each.key: each.gene(each.key, 0.0) for each in found.genes}
    for each in found.genes:
        if each.kind == "main":
            known[str(each.number)] = known[each.key]
        if name := book.note(note_key(found.model_hash, each.key)).name:
            known[name] = each.gene(name, 0.0)
    for own in book.own:
        if len(own.vector) == 4 * found.latent_size:
            name = book.note(own.key).name or own.name
            known[name] = replace(own.gene(0.0), name=name)
    return known
