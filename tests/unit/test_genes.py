"""Genes are kept as they were found, and nothing that is damaged gets in."""

import json

import numpy as np
import pytest

from ganart.media.genes import (
    FoundGene,
    FoundGenes,
    GeneBook,
    GenesKeptAside,
    Note,
    OwnGene,
    bands,
    read_book,
    read_found,
    write_book,
    write_found,
)
from ganart.media.point import vector_of
from ganart.media.recipe_checks import BadRecipe

VECTOR = vector_of(np.arange(1.0, 5.0, dtype=np.float32))
FOUND = FoundGenes(
    "0123456789abcdef",
    4,
    10,
    True,
    (
        FoundGene("main-1", "main", 1, VECTOR),
        FoundGene("structure-1", "structure", 1, VECTOR, 3, 6),
    ),
)
BOOK = GeneBook(
    {"0123456789abcdef/main-1": Note("smile", True, False), "a": Note(is_locked=True)},
    (OwnGene("a", "calm", VECTOR),),
)


def test_what_was_found_is_kept(tmp_path):
    write_found(tmp_path, FOUND)
    assert read_found(tmp_path, FOUND.model_hash) == FOUND
    assert read_found(tmp_path, "fedcba9876543210") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema", 2),
        ("latent_size", 5),
        ("latent_size", "4"),
        ("layers", -1),
        ("genes", 7),
        ("genes", [7]),
        ("genes", [{"key": "a", "kind": "odd", "number": 1, "vector": ""}]),
        ("genes", [{"key": "a", "kind": "main", "number": 1, "vector": "AA"}]),
        ("model_hash", "fedcba9876543210"),
        ("more", 1),
    ],
)
def test_damage_is_as_if_nothing_was_found(tmp_path, name, value):
    write_found(tmp_path, FOUND)
    (path,) = tmp_path.iterdir()
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))
    assert read_found(tmp_path, FOUND.model_hash) is None


def test_a_book_is_kept(tmp_path):
    path = tmp_path / "explore" / "genes.json"
    assert read_book(path) == GeneBook()
    write_book(path, BOOK)
    read = read_book(path)
    assert read == BOOK
    assert read.notes == BOOK.notes


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"schema": 9, "notes": {}, "own": []}',
        b'{"schema": 1, "notes": {"a": {"is_pinned": 1}}, "own": []}',
        b'{"schema": 1, "notes": {"a": {"name": "\\u202e"}}, "own": []}',
        b'{"schema": 1, "notes": {}, "own": [{"key": "a", "name": "b", "vector": "?"}]}',
        b'{"schema": 1, "notes": {"a": 3}, "own": []}',
    ],
)
def test_an_unreadable_book_is_kept_aside(tmp_path, content):
    path = tmp_path / "genes.json"
    for number in (1, 2):
        path.write_bytes(content)
        with pytest.raises(GenesKeptAside):
            read_book(path)
        assert path.with_name(f"genes-unread-{number}.json").read_bytes() == content
    assert read_book(path) == GeneBook()


def test_notes_change_one_at_a_time():
    book = BOOK.with_note("a", name="still")
    assert book.note("a") == Note("still", False, True)
    assert BOOK.note("a") == Note("", False, True)
    with pytest.raises(BadRecipe):
        BOOK.with_note("a", name="x" * 101)


@pytest.mark.parametrize("layers", range(3, 15))
def test_bands_share_all_layers_among_them(layers):
    listed = [layer for first, last in bands(layers) for layer in range(first, last + 1)]
    assert listed == list(range(layers))


def test_no_layers_have_no_bands():
    assert bands(0) == ()
