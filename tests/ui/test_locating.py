"""Recipes whose model is not in the project: found in others, located by hand, or told."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ganart.engine.gan.model_file import read_info
from ganart.media.pictures import read_recipe, save_png
from ganart.media.recipe import Recipe
from ganart.project.store import create_project
from ganart.ui.drops import Drops
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.session import Session
from tests.ui.gallery import RECIPE
from tests.ui.studio import WAIT_MS, keep_model_file


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[Path, Recipe]:
    """Return a model of another project, and a recipe that names it."""
    with create_project(tmp_path / "Elsewhere.ganart") as other:
        path = keep_model_file(other, 5)
    return path, replace(RECIPE, model_hash=read_info(path).model_hash)


def kept(session: Session) -> list[str]:
    return [path.name for path in session.project.models_folder.glob("*.safetensors")]


def found(page: ExplorePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.exploration.point == RECIPE.points[0], timeout=WAIT_MS)
    assert page.models.path() is not None
    assert not page.notice.isVisible()
    assert not page.locate.isVisible()


def test_a_model_of_a_project_opened_lately_is_taken_over(page, open_session, elsewhere, qtbot):
    path, recipe = elsewhere
    open_session.recent.add(path.parents[2])
    before = path.read_bytes()
    page.open_recipe(recipe)
    found(page, qtbot)
    assert kept(open_session) == [f"{recipe.model_hash}.safetensors"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("by_file", [True, False])
def test_a_missing_model_is_located_by_hand(
    page, open_session, elsewhere, qtbot, monkeypatch, by_file
):
    path, recipe = elsewhere
    page.open_recipe(recipe)
    qtbot.waitUntil(page.locate.isVisible, timeout=WAIT_MS)
    assert "Locate the model" in page.notice.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path.parents[2]))
    (page.locate.file_button if by_file else page.locate.project_button).click()
    found(page, qtbot)
    assert kept(open_session) == [f"{recipe.model_hash}.safetensors"]


def told(page: ExplorePage, qtbot: QtBot, place: Path) -> str:
    """Point at a place that is no good, and return what is said then."""
    page.notice.setText("")
    page._recipes.locate(place)
    qtbot.waitUntil(lambda: bool(page.notice.text()), timeout=WAIT_MS)
    assert page.locate.isVisible()
    return page.notice.text()


def test_what_is_not_the_model_is_refused_in_a_sentence(
    page, open_session, elsewhere, qtbot, tmp_path
):
    path, recipe = elsewhere
    page.open_recipe(recipe)
    qtbot.waitUntil(page.locate.isVisible, timeout=WAIT_MS)
    with create_project(tmp_path / "Third.ganart") as third:
        other = keep_model_file(third, 6)
    assert "another model" in told(page, qtbot, other)
    assert "is not in" in told(page, qtbot, tmp_path / "Third.ganart")
    text = tmp_path / "text.safetensors"
    text.write_text("no model")
    assert "damaged" in told(page, qtbot, text)
    assert "not there" in told(page, qtbot, tmp_path / "gone.safetensors")
    # Its description still names the right hash, its weights are other ones.
    changed = Path(shutil.copy2(path, tmp_path / "changed.safetensors"))
    content = bytearray(changed.read_bytes())
    content[-8:] = b"\x12\x34\x56\x78" * 2
    changed.write_bytes(content)
    assert "weights are damaged" in told(page, qtbot, changed)
    assert kept(open_session) == []


def test_pictures_open_again_after_their_project_was_moved(
    page, open_session, session, qtbot, tmp_path
):
    model = keep_model_file(open_session.project, 7)
    recipe = replace(RECIPE, model_hash=read_info(model).model_hash)
    art = open_session.project.artworks_folder / "art.png"
    save_png(np.zeros((4, 4, 3), np.uint8), art, recipe)
    folder = open_session.project.folder
    assert session.close_project()
    moved = Path(shutil.move(folder, tmp_path / "moved" / "Other name.ganart"))
    assert session.open_project(moved)
    page.open_recipe(read_recipe(moved / "artworks" / "art.png"))
    found(page, qtbot)


def test_a_folder_of_frames_opens_by_the_recipe_inside(open_session, qtbot, tmp_path):
    drops = Drops(open_session, open_session)
    folder = tmp_path / "loop"
    folder.mkdir()
    (folder / "recipe.json").write_bytes(b"{")
    with qtbot.waitSignal(open_session.failed) as failed:
        drops.take([folder])
    assert "recipe" in failed.args[0].text
