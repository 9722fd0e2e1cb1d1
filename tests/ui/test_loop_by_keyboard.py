"""A loop that is composed and saved in the whole window by somebody without a mouse."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.latent.remake import remake
from ganart.engine.latent.render import Model
from ganart.engine.latent.walks import walk
from ganart.media.metadata import SEQUENCE_RECIPE, read_recipe
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.export_queue import State
from ganart.workers.session import Session
from tests.ui.keyboard import ALT, CTRL, Key, Keyboard
from tests.ui.studio import WAIT_MS, keep_model_file

SEEDS = (0, 1, 7, 3, 5)
FRAMES = 20
FILES = (
    ("mp4", "h264"), ("mp4", "h265"), ("mp4", "av1"), ("webm", "vp9"), ("webm", "av1"),
    ("gif", ""), ("apng", ""), ("webp", ""), ("png", ""),
)  # fmt: skip
EXACT = {".apng", ".webp", ""}
CODED = 1.0
"""Levels, of 256, by which a film may change where it begins anew."""


def activate(window: QWidget, qtbot: QtBot) -> None:
    """Do what a desktop does by itself when a window opens or the one before it closes."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=WAIT_MS)


@pytest.fixture
def page(window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path) -> ExplorePage:
    assert session.create_project(tmp_path / "Tiles")
    keep_model_file(session.project, seed=1)
    activate(window, qtbot)
    Keyboard().press(Key.Key_3, CTRL)
    page = window.pages.currentWidget()
    qtbot.waitUntil(lambda: page.exploration.info is not None, timeout=WAIT_MS)
    return page


def compose(page: ExplorePage, keyboard: Keyboard, qtbot: QtBot) -> None:
    loop = page.loop
    keyboard.press(Key.Key_O, ALT)
    for row, seed in enumerate(SEEDS):
        keyboard.press(Key.Key_N, ALT)
        keyboard.type(str(seed))
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_A, ALT)
        qtbot.waitUntil(lambda row=row: loop.board.last == row)  # buttons take a moment
    keyboard.tab_to(loop.timeline)
    keyboard.press(Key.Key_Up)
    keyboard.press(Key.Key_Right, times=3)
    keyboard.tab_to(loop.line.seconds)
    keyboard.type("2")
    keyboard.press(Key.Key_Return)


def export(page: ExplorePage, keyboard: Keyboard, qtbot: QtBot, form: str, codec: str) -> None:
    keyboard.press(Key.Key_L, ALT)
    qtbot.waitUntil(lambda: page.exporter.dialog is not None)
    dialog = page.exporter.dialog
    activate(dialog, qtbot)
    rows = dialog.forms["loop"].rows
    keyboard.choose(rows["format"].field, form)
    if codec:
        keyboard.choose(rows["codec"].field, codec)
    keyboard.tab_to(rows["fps"].field)
    keyboard.type(str(FRAMES // 2))
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    keyboard.press(Key.Key_E, ALT)
    qtbot.waitUntil(lambda: page.exporter.dialog is None)
    activate(page.window(), qtbot)


def frames_of(path: Path) -> list[np.ndarray]:
    if path.is_dir():
        return [np.asarray(Image.open(each)) for each in sorted(path.glob("*.png"))]
    if path.suffix in EXACT:
        with Image.open(path) as picture:
            count = picture.n_frames
            return [
                np.asarray((picture.seek(row), picture.convert("RGB"))[1]) for row in range(count)
            ]
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def steps_of(frames: list[np.ndarray]) -> list[float]:
    """Return how far each frame is from the one before; the first is that over the seam."""
    pictures = [each.astype(float) for each in frames]
    return [np.abs(pictures[row] - pictures[row - 1]).mean() for row in range(len(pictures))]


def test_five_pictures_become_a_loop_without_a_seam_in_every_format(page, session, qtbot):
    keyboard = Keyboard()
    compose(page, keyboard, qtbot)
    composition = page.loop.composition()
    assert [each.point.seed for each in composition.keyframes] == list(SEEDS)
    assert [round(each.at, 2) for each in composition.keyframes] == [0, 0.2, 0.4, 0.63, 0.8]
    for form, codec in FILES:
        export(page, keyboard, qtbot, form, codec)
    entries = page.exports.queue.entries
    qtbot.waitUntil(
        lambda: [each.state for each in entries] == [State.DONE] * len(FILES), timeout=WAIT_MS
    )
    for entry in entries:
        path = entry.path
        frames = frames_of(path)
        recipe = read_recipe(path / SEQUENCE_RECIPE if path.is_dir() else path)
        assert recipe.composition == composition
        assert len(frames) == recipe.frames == FRAMES, path
        way = walk(recipe.composition, recipe.frames, 8)
        assert way.at(Fraction(FRAMES, FRAMES)) == way[0]
        seam, *others = steps_of(frames)
        assert seam <= max(others) + (0 if path.suffix in EXACT else CODED), path
        if path.suffix in EXACT:
            model = Model.load(session.project.models_folder / f"{recipe.model_hash}.safetensors")
            np.testing.assert_array_equal(frames, list(remake(recipe, model)), err_msg=str(path))
