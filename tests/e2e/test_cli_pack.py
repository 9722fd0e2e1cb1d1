"""`ganart pack`: what the window offers for graphics cards, without a window."""

import shutil

import pytest

from ganart import runtime
from ganart.cli import pack as command
from ganart.engine.pack.card import Card
from ganart.engine.pack.getting import wheels_folder
from tests.engine.wheels import make_contents

CARD = Card("NVIDIA GeForce RTX 4070", 12 * 2**30, (8, 9), "595.40")


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """Return a folder of small wheels, which are what is offered, to a computer with a card."""
    folder = tmp_path / "wheels"
    offered = make_contents(folder)
    monkeypatch.setattr(command, "contents", lambda: offered)
    monkeypatch.setattr(command, "find_card", lambda: CARD)
    monkeypatch.setattr(runtime, "trial", lambda _pack: runtime.Trial("", "cuda"))
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return folder


def test_it_tells_how_things_stand(ganart, wheels):
    told = ganart("pack", "--json").json
    assert told["card"] == CARD.name
    assert told["offered"] == "1.0+cu132"
    assert told["why_not"] == ""
    assert told["installed"] is told["used"] is None
    assert told["download_bytes"] == sum(path.stat().st_size for path in wheels.iterdir())
    words = ganart("pack").out
    assert "driver 595.40" in words
    assert "torch 1.0+cu132" in words
    assert "Installed: none" in words


def test_a_folder_of_wheels_is_installed_and_removed_again(ganart, wheels):
    installed = ganart("pack", "--from", wheels, "--json").json
    assert installed["device"] == "cuda"
    assert installed["installed"] == str(runtime.pack_folder())
    assert (runtime.pack_folder() / "torch/__init__.py").is_file()
    assert "uses no pack" in ganart("pack").out  # these are the sources
    assert ganart("pack", "--remove").code == 0
    assert list(runtime.packs_folder().iterdir()) == []


def test_it_is_fetched_installed_and_what_was_fetched_is_gone(ganart, wheels):
    assert ganart("pack", "--get").code == 0
    assert (runtime.pack_folder() / "curand/ballast.bin").is_file()
    assert not wheels_folder().exists()


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("contents", None, "none was tried out for this system"),
        ("find_card", None, "no graphics card of NVIDIA was found"),
        ("find_card", Card("GTX 1050", 2**31, (6, 1), "595.40"), "the card is too old for it"),
    ],
)
def test_nothing_is_fetched_that_would_not_run(ganart, wheels, monkeypatch, name, answer, reason):
    monkeypatch.setattr(command, name, lambda: answer)
    result = ganart("pack", "--get")
    assert result.code == 1
    assert reason in result.err
    assert "--from" in result.err
    assert not wheels_folder().exists()
    assert ganart("pack").code == 0


def test_troubles_are_told(ganart, wheels, tmp_path):
    assert "holds no torch" in ganart("pack", "--from", tmp_path).err
    shutil.rmtree(wheels)
    result = ganart("pack", "--get")
    assert result.code == 1
    assert "could not be fetched" in result.err
    assert runtime.pack_folder() is None
