"""What the tests of the gallery share."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from ganart.media.pictures import save_png
from ganart.media.point import Point
from ganart.media.recipe import Recipe
from ganart.project.store import Project
from ganart.ui.pages.gallery import GalleryPage
from ganart.workers.session import Session

RECIPE = Recipe(
    kind="picture",
    points=(Point.between(3, 4, 0.25, diversity=0.8),),
    model_hash="0123456789abcdef",
    architecture="r3",
    width=16,
    height=16,
    preset="sketch-32",
    steps=100,
    pictures=12_345,
    data_hash="d",
    app_version="1",
    created="2026-01-02T03:04:05+00:00",
)


def save_pictures(project: Project, count: int, recipe: Recipe | None = RECIPE) -> list[Path]:
    """Leave pictures of one grey each, 0.png the oldest, and return their files."""
    import os

    project.artworks_folder.mkdir(exist_ok=True)
    paths = []
    for number in range(count):
        path = project.artworks_folder / f"{number}.png"
        save_png(np.full((8 + number, 8, 3), 20 * number, np.uint8), path, recipe)
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        paths.append(path)
    return paths


def shown_page(session: Session, qtbot: QtBot) -> GalleryPage:
    """Return the page, shown, once all its artworks are known."""
    page = GalleryPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: bool(page.shelf.works) and not session.is_busy())
    assert len(page.shelf.facts) == len(page.shelf.works)
    page.view.setFocus()
    return page


def names(page: GalleryPage) -> list[str]:
    """Return the names of the artworks that are shown."""
    return [work.path.name for work in page.shelf.shown]


def pick(page: GalleryPage, paths: Sequence[Path]) -> None:
    """Choose artworks, as clicks with Ctrl held do."""
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect
    for path in paths:
        index = page.model.index(page.model.row_of(path))
        page.view.selectionModel().setCurrentIndex(index, how)
        how = QItemSelectionModel.SelectionFlag.Select
