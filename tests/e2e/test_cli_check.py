import zipfile
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


def test_the_help_tells_of_what_the_program_takes_without_a_command(ganart):
    told = ganart("--help").out
    for words in ("[PATH ...]", "--self-test", "--new-window", "--version", "--help"):
        assert words in told


@pytest.mark.parametrize("arguments", [[], ["paint"], ["train"], ["check", "--nonsense"]])
def test_wrong_usage(ganart, arguments):
    result = ganart(*arguments)
    assert result.code == 2
    assert result.err.startswith("usage: ganart")


def test_a_report_replaces_a_file_only_by_force(ganart, tmp_path):
    report = tmp_path / "report.zip"
    report.write_text("mine")
    result = ganart("check", "--report", report)
    assert result.code == 1
    assert f"{report} is there already. It was left as it is." in result.err
    assert report.read_text() == "mine"
    assert ganart("check", "--report", report, "--force").code == 0
    assert zipfile.is_zipfile(report)


def test_a_report_is_a_zip_file(ganart, tmp_path):
    mine = tmp_path / "thesis.docx"
    result = ganart("check", "--report", mine, "--force")
    assert result.code == 2
    assert "thesis.docx does not end in .zip" in result.err
    assert not mine.exists()


def test_checking_leaves_nothing_in_the_working_folder(ganart, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ganart("check")
    assert list(tmp_path.iterdir()) == []
