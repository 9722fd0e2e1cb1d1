"""The notes of a release are its section of CHANGELOG.md."""

import subprocess
import sys

import pytest

from tests.unit.test_packaging import ROOT

SCRIPT = ROOT / "packaging/release_notes.py"
CHANGELOG = """# Changelog

## [Unreleased]

### Added
- Not yet.

## [0.2.0] - 2026-12-01

### Added
- Two.

## [0.1.0] - 2026-11-01

### Fixed
- One.

[0.1.0]: somewhere
"""


@pytest.fixture
def notes(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "packaging")
    from release_notes import notes

    return notes


def test_a_version_has_the_notes_of_its_section_alone(notes):
    assert notes(CHANGELOG, "v0.2.0") == "### Added\n- Two.\n"
    assert notes(CHANGELOG, "0.1.0") == "### Fixed\n- One.\n"


@pytest.mark.parametrize("tag", ["v0.3.0", "v0.2", "v0x2.0", ""])
def test_a_version_without_a_section_is_refused(notes, tag):
    with pytest.raises(ValueError, match=r"CHANGELOG\.md says nothing of"):
        notes(CHANGELOG, tag)


def test_the_script_ends_with_a_sentence_where_nothing_is_written_of_a_version():
    command = [sys.executable, str(SCRIPT), "v999.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "CHANGELOG.md says nothing of 999.0.0; name a version that is released.\n"
