"""Pictures dropped on the window are the same again, wherever their project has gone meanwhile."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from ganart.engine.latent.exports import save_picture
from ganart.engine.latent.output import StillOutput
from ganart.engine.latent.remake import remake
from ganart.engine.latent.render import Model
from ganart.media.metadata import read_recipe
from ganart.media.point import Point
from ganart.project.store import create_project
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.explore.easel import Easel
from ganart.workers.session import Session
from tests.engine.test_remake import LOSSLESS, made, pixels_of
from tests.ui.studio import WAIT_MS, keep_model_file
from tests.ui.studio import pixels_of as shown_pixels


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier))


def shows(easel: Easel, pixels: np.ndarray) -> bool:
    image = easel.view.image()
    return not image.isNull() and np.array_equal(shown_pixels(image), pixels)


@pytest.mark.parametrize("is_open", [True, False])
def test_dropped_pictures_are_the_same_after_their_project_was_moved(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path, is_open: bool
) -> None:
    names = {}
    with create_project(tmp_path / "Before.ganart") as project:
        model = keep_model_file(project, seed=3)
        for seed, form in enumerate(LOSSLESS, 20):
            point = Point.between(seed, 9, 0.3, "slerp", 0.9)
            output = StillOutput(**form, size=40, resample="lanczos", sign="Åsa", pattern="{seed}")
            (path,) = made(save_picture(project, model, point, lambda: None, output))
            names[path.name] = pixels_of(path)
        shutil.rmtree(project.runs_folder)
    moved = tmp_path / "elsewhere" / "Öther name.ganart"
    moved.parent.mkdir()
    shutil.move(tmp_path / "Before.ganart", moved)
    assert len(names) == len(LOSSLESS)
    if is_open:
        assert session.open_project(moved)
    for name, pixels in names.items():
        path = moved / "artworks" / name
        recipe = read_recipe(path)
        drop(window, path)
        qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
        page = window.pages._explore()
        qtbot.waitUntil(
            lambda point=recipe.points[0], page=page: page.exploration.point == point,
            timeout=WAIT_MS,
        )
        assert session.project.folder == moved
        assert page.models.path().is_relative_to(moved)
        model = Model.load(page.models.path())
        np.testing.assert_array_equal(next(remake(recipe, model)), pixels, err_msg=name)
        expected = model.render(recipe.points)[0]
        qtbot.waitUntil(lambda page=page, it=expected: shows(page.easel, it), timeout=WAIT_MS)
