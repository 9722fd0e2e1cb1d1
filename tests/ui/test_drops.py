"""What comes in by drop or command line is sorted rightly."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from ganart.media.pictures import save_png
from ganart.media.recipe import Point, Recipe
from ganart.ui.drops import Drops, local_paths
from ganart.workers.session import Session

RECIPE = Recipe(
    kind="picture",
    points=(Point(seed=7),),
    model_hash="ab" * 32,
    architecture="r3",
    side=8,
    preset="sketch-32",
    steps=10,
    pictures=320,
    data_hash="cd" * 32,
    app_version="0.1.0",
    created="2025-01-01T12:00:00+00:00",
)


def artwork(folder: Path, recipe: Recipe | None) -> Path:
    path = folder / "رنگ 1.png"
    save_png(np.zeros((8, 8, 3), np.uint8), path, recipe)
    return path


def test_an_artwork_gives_its_recipe(qtbot: QtBot, open_session: Session, tmp_path: Path) -> None:
    drops = Drops(open_session, open_session)
    with qtbot.waitSignal(drops.recipe_found) as blocker:
        drops.take([artwork(tmp_path, RECIPE)])
    assert blocker.args == [RECIPE]
    qtbot.waitUntil(lambda: not open_session.is_busy())


def test_a_plain_picture_is_for_the_dataset(
    qtbot: QtBot, open_session: Session, tmp_path: Path
) -> None:
    drops = Drops(open_session, open_session)
    path = artwork(tmp_path, None)
    with qtbot.waitSignal(drops.pictures_found) as blocker:
        drops.take([path])
    assert blocker.args == [[path]]
    qtbot.waitUntil(lambda: not open_session.is_busy())


def test_several_artworks_are_pictures(qtbot: QtBot, open_session: Session, tmp_path: Path) -> None:
    drops = Drops(open_session, open_session)
    path = artwork(tmp_path, RECIPE)
    with qtbot.waitSignal(drops.pictures_found) as blocker:
        drops.take([path, tmp_path])
    assert blocker.args == [[path, tmp_path]]


def test_a_vanished_file_is_told(qtbot: QtBot, open_session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(open_session.failed):
        Drops(open_session, open_session).take([tmp_path / "gone.png"])
    qtbot.waitUntil(lambda: not open_session.is_busy())


def test_only_files_of_this_computer_count(tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.png"), QUrl.fromLocalFile(str(tmp_path))])
    assert local_paths(data) == [tmp_path]
