"""The files that come with the program: found, readable, and each with its licence."""

import csv
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtSvg import QSvgRenderer

from ganart import resources

FOLDER = Path(__file__).parents[2] / "resources"
LICENCES = FOLDER / "LICENSES.tsv"
FILES = [
    path.relative_to(FOLDER).as_posix()
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file() and path != LICENCES
]
ICONS = sorted((FOLDER / "icons").glob("*.svg"))


def licence_rows() -> list[dict[str, str]]:
    with LICENCES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_every_file_has_a_licence_and_every_line_a_file():
    patterns = [row["file"] for row in licence_rows()]
    assert not [file for file in FILES if not any(fnmatch(file, each) for each in patterns)]
    assert not [each for each in patterns if not any(fnmatch(file, each) for file in FILES)]


def test_every_line_names_licence_author_and_source():
    free = {"Apache-2.0", "Bitstream-Vera", "CC0-1.0", "MIT", "public domain"}
    for row in licence_rows():
        assert row["licence"] in free, row
        assert row["author"], row
        assert row["source"], row


@pytest.mark.parametrize(
    ("folder", "at_least"),
    [("sample/pixel-avatars", 600), ("sample/styles", 8), ("sample/photos", 13), ("icon", 8)],
)
def test_all_pictures_open(folder, at_least):
    pictures = [path for path in (FOLDER / folder).iterdir() if path.suffix != ".svg"]
    assert len(pictures) >= at_least
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_line_icons_are_drawn_alike(path):
    text = path.read_text(encoding="utf-8")
    assert QSvgRenderer(str(path)).isValid()
    assert 'viewBox="0 0 24 24"' in text
    assert set(re.findall(r'stroke-width="([^"]+)"', text)) == {"1.75"}
    colours = re.findall(r'(?:fill|stroke)="([^"]+)"', text)
    assert set(colours) <= {"none", "currentColor"}


def test_the_programs_icon_has_all_sizes():
    assert QSvgRenderer(str(resources.resource("icon/ganart.svg"))).isValid()
    for side in (16, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(resources.resource(f"icon/ganart-{side}.png")) as picture:
            assert picture.size == (side, side)


def test_an_installed_program_finds_them_inside_the_package(monkeypatch, tmp_path):
    package = tmp_path / "site-packages" / "ganart"
    (package / "_resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert resources.resource("icons") == package / "_resources" / "icons"


def test_a_frozen_program_finds_them_beside_the_package(monkeypatch, tmp_path):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "file").touch()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "ganart")
    assert resources.resource("file") == tmp_path / "resources" / "file"


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match="no such thing"):
        resources.resource("no such thing")
