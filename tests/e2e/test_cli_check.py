from pathlib import Path

import pytest
import torch

import ganart as package


def test_check_tells_what_the_computer_offers(ganart):
    result = ganart("check", "--json")
    assert result.code == 0
    told = result.json
    assert told["ganart"] == package.__version__
    assert told["versions"]["torch"] == torch.__version__
    assert Path(told["torch_folder"], "torch/__init__.py").samefile(torch.__file__)
    assert told["device"]["kind"] in {"cpu", "cuda", "mps"}
    assert told["device"]["reason"]
    assert told["device"]["threads"] >= 1
    assert all(place["is_writable"] for place in told["places"])


def test_check_in_words(ganart):
    result = ganart("check")
    assert result.code == 0
    assert "Device: " in result.out
    assert "NOT WRITABLE" not in result.out


def test_a_folder_that_cannot_be_written_to_is_named(ganart, tmp_path, monkeypatch):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    monkeypatch.setenv("GANART_HOME", str(taken))
    result = ganart("check")
    assert result.code == 1
    assert f"{taken}" in result.out
    assert "NOT WRITABLE" in result.out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["train", "--help"]])
def test_help_and_version(ganart, arguments):
    result = ganart(*arguments)
    assert result.code == 0
    assert "ganart" in result.out
    assert result.err == ""


@pytest.mark.parametrize("arguments", [[], ["paint"], ["train"], ["check", "--nonsense"]])
def test_wrong_usage(ganart, arguments):
    result = ganart(*arguments)
    assert result.code == 2
    assert result.err.startswith("usage: ganart")


def test_checking_leaves_nothing_in_the_working_folder(ganart, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ganart("check")
    assert list(tmp_path.iterdir()) == []
