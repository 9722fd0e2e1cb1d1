"""What comes in by drop or command line is sorted rightly."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PySide6.QtCore import QCoreApplication, QMimeData, QUrl
from pytestqt.qtbot import QtBot

from ganart.errors import StudioError
from ganart.media.metadata import PNG_KEYWORD, CannotOpen
from ganart.media.pictures import save_png
from ganart.media.point import Point
from ganart.media.recipe import BadRecipe, Recipe
from ganart.media.style_recipe import Source, StyleRecipe
from ganart.ui.drops import Drops, NoUseForFile, ProjectUnknown, local_paths
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

RECIPE = Recipe(
    kind="picture",
    points=(Point.at(7),),
    model_hash="ab" * 32,
    architecture="r3",
    width=8,
    height=8,
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


def refused(qtbot: QtBot, drops: Drops, session: Session, path: Path) -> StudioError | None:
    """Return why `path` is refused; nothing else must come of it."""
    others: list[object] = []
    for signal in (
        drops.pictures_found,
        drops.recipe_found,
        drops.stylized_found,
        drops.project_found,
    ):
        signal.connect(others.append)
    with qtbot.waitSignal(session.failed) as blocker:
        drops.take([path])
    qtbot.waitUntil(lambda: not session.is_busy())
    QCoreApplication.processEvents()
    assert others == []
    report: ErrorReport = blocker.args[0]
    return report.error


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


def test_an_artwork_opens_its_own_project_where_none_is_open(
    qtbot: QtBot, open_session: Session
) -> None:
    assert open_session.project is not None
    home = open_session.project.folder
    open_session.project.artworks_folder.mkdir(exist_ok=True)
    path = artwork(open_session.project.artworks_folder, RECIPE)
    open_session.close_project()
    drops = Drops(open_session, open_session)
    drops.project_found.connect(open_session.open_project)
    with qtbot.waitSignal(drops.recipe_found) as blocker:
        drops.take([path])
    assert blocker.args == [RECIPE]
    assert open_session.project.folder == home


def test_an_artwork_from_elsewhere_never_becomes_a_picture_of_a_new_project(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    drops = Drops(session, session)
    assert isinstance(refused(qtbot, drops, session, artwork(tmp_path, RECIPE)), ProjectUnknown)


def test_a_stylized_picture_is_no_plain_photo_where_no_project_is_open(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    drops = Drops(session, session)
    recipe = StyleRecipe("stylized", Source("a.jpg", "ab" * 32), (Source("woodcut"),), {})
    path = tmp_path / "copy.png"
    save_png(np.zeros((8, 8, 3), np.uint8), path, recipe)
    with (
        qtbot.assertNotEmitted(drops.pictures_found),
        qtbot.waitSignal(drops.stylized_found) as blocker,
    ):
        drops.take([path])
    assert blocker.args == [recipe, path]
    qtbot.waitUntil(lambda: not session.is_busy())


def test_a_file_of_no_use_is_told_before_a_project_is_asked_for(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    drops = Drops(session, session)
    notes = tmp_path / "notes.txt"
    notes.write_text("words")
    assert isinstance(refused(qtbot, drops, session, notes), NoUseForFile)
    assert isinstance(refused(qtbot, drops, session, tmp_path / "nothing here"), CannotOpen)


def test_a_picture_is_known_without_its_ending_and_among_other_files(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    drops = Drops(session, session)
    bare = artwork(tmp_path, None).rename(tmp_path / "scan")
    notes = tmp_path / "notes.txt"
    notes.write_text("words")
    with qtbot.waitSignal(drops.pictures_found) as blocker:
        drops.take([notes, bare])
    assert blocker.args == [[notes, bare]]
    qtbot.waitUntil(lambda: not session.is_busy())


def test_a_spoiled_recipe_is_told_and_its_picture_not_added(
    qtbot: QtBot, open_session: Session, tmp_path: Path
) -> None:
    path = artwork(tmp_path, RECIPE)
    marks = PngInfo()
    marks.add_itxt(PNG_KEYWORD, '{"version": 1}')
    Image.new("RGB", (8, 8)).save(path, pnginfo=marks)
    drops = Drops(open_session, open_session)
    assert isinstance(refused(qtbot, drops, open_session, path), BadRecipe)


@pytest.mark.parametrize("name", ["holiday.MP4", "holiday.mov", "pictures.zip"])
def test_films_without_a_recipe_and_zip_files_are_for_the_dataset(
    qtbot: QtBot, open_session: Session, tmp_path: Path, name: str
) -> None:
    film = tmp_path / name
    film.write_bytes(b"\0\0\0\x18ftypmp42")
    drops = Drops(open_session, open_session)
    with qtbot.waitSignal(drops.pictures_found) as blocker:
        drops.take([film])
    assert blocker.args == [[film]]
    picture = artwork(tmp_path, None)
    with qtbot.waitSignal(drops.pictures_found) as blocker:
        drops.take([film, picture])
    assert blocker.args == [[film, picture]]
    qtbot.waitUntil(lambda: not open_session.is_busy())


@pytest.mark.parametrize("suffix", [".safetensors", ".pkl", ".PT", ".pth", ".ckpt"])
def test_models_are_no_pictures(
    qtbot: QtBot, open_session: Session, tmp_path: Path, suffix: str
) -> None:
    drops = Drops(open_session, open_session)
    model, picture = tmp_path / f"net{suffix}", tmp_path / "one.png"
    model.touch()
    with (
        qtbot.waitSignal(drops.models_found) as models,
        qtbot.waitSignal(drops.pictures_found) as pictures,
    ):
        drops.take([model, picture])
    assert (models.args, pictures.args) == ([[model]], [[picture]])
    folder = tmp_path / f"pictures{suffix}"
    folder.mkdir()
    with qtbot.waitSignal(drops.pictures_found) as found:
        drops.take([folder])
    assert found.args == [[folder]]


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
