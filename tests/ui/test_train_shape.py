"""Choosing the shape of a training: square, like the pictures of the dataset, or another one."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.framing import Fill, Framing
from ganart.datasets.scan import scan
from ganart.engine.gan.config import SHAPES
from ganart.project.store import Project
from ganart.ui.pages.train_setup import TrainSetup
from ganart.ui.pages.train_shape import ShapePicker
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, ScriptedSession, keep_model_file


def add_pictures(project: Project, folder: Path, size: tuple[int, int], count: int = 5) -> None:
    """Add so many different pictures of one size to the dataset."""
    folder.mkdir()
    for number in range(count):
        Image.fromarray(np.full((*size[::-1], 3), 20 * number, np.uint8)).save(
            folder / f"{number}.png"
        )
    with Catalogue(project.catalogue_path) as catalogue:
        catalogue.add_source(folder)
        list(scan(catalogue, lambda: False))


@pytest.fixture
def picker(open_session: Session, tmp_path: Path, qtbot: QtBot) -> ShapePicker:
    add_pictures(open_session.project, tmp_path / "wide", (90, 60))
    picker = ShapePicker(open_session)
    qtbot.addWidget(picker)
    picker.show()
    qtbot.waitUntil(lambda: picker._found is not None, timeout=WAIT_MS)
    return picker


def texts(picker: ShapePicker) -> list[str]:
    return [picker.box.itemText(row) for row in range(picker.box.count())]


def test_every_shape_is_offered_with_its_size(picker):
    offered = {picker.box.itemData(row) for row in range(picker.box.count())}
    assert offered == {*SHAPES, "like"}
    assert texts(picker)[:2] == ["Square: 32 × 32 px", "Like my pictures (3:2): 48 × 32 px"]
    picker.set_side(64)
    assert texts(picker)[:2] == ["Square: 64 × 64 px", "Like my pictures (3:2): 96 × 64 px"]
    assert {"Wide 3:2: 96 × 64 px", "Upright 2:3: 64 × 96 px"} <= set(texts(picker))


def test_what_is_cut_off_is_told_before_it_is_chosen(picker, qtbot):
    assert picker.shape() == "1:1"
    assert "33 % of each picture is cut off" in picker.text.text()
    assert "As 3:2 it would be 0 %." in picker.text.text()
    with qtbot.waitSignal(picker.changed):
        picker.choose("3:2")
    assert "hardly anything is cut off" in picker.text.text()


def test_the_shape_of_the_pictures_follows_them(picker, open_session, tmp_path, qtbot):
    picker.choose("", follows=True)
    assert picker.shape() == "3:2"
    add_pictures(open_session.project, tmp_path / "tall", (40, 80), 12)
    with qtbot.waitSignal(picker.changed, timeout=WAIT_MS):
        picker.refresh()
    assert picker.shape() == "1:2"


@pytest.mark.parametrize(
    ("fill", "said"), [(Fill.STRETCH, "stretched to this shape"), (Fill.EDGE, "shown whole")]
)
def test_a_dataset_that_frames_otherwise_says_so(picker, open_session, qtbot, fill, said):
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        catalogue.set_usual_framing(Framing(fill=fill))
    picker.refresh()
    qtbot.waitUntil(lambda: said in picker.text.text(), timeout=WAIT_MS)


def test_without_a_dataset_it_only_explains(open_session, qtbot):
    picker = ShapePicker(open_session)
    qtbot.addWidget(picker)
    picker.show()
    assert "about as many pixels" in picker.text.text()
    assert texts(picker)[1] == "Like my pictures"
    picker.choose("", follows=True)
    assert not picker.is_known()


@pytest.fixture
def setup(open_session: Session, tmp_path: Path, qtbot: QtBot) -> TrainSetup:
    add_pictures(open_session.project, tmp_path / "wide", (90, 60))
    setup = TrainSetup(open_session)
    setup.set_counts(5, 0)
    qtbot.addWidget(setup)
    return setup


def test_the_training_gets_the_shape_and_the_project_remembers_it(setup, qtbot, open_session):
    setup.shape.choose("", follows=True)
    assert not setup.start_button.isEnabled()  # until the pictures were looked at
    setup.show()
    qtbot.waitUntil(setup.start_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(setup.start_wanted) as started:
        setup.start_button.click()
    assert started.args[0].size == (48, 32)

    choices = dict(open_session.project.choices)
    with setup.shown.held():  # as a new page begins
        setup.shape.choose("1:1")
    setup.recall(choices)
    assert setup.shape.follows()
    setup.recall({"train": {"preset": "sketch-64", "config": {"shape": "2:1"}}})
    assert not setup.shape.follows()
    assert setup.config().size == (64, 32)
    setup.recall({"train": {"preset": "sketch-64", "config": {"side": 64}}})
    assert setup.config().size == (64, 64)


def test_another_preset_keeps_the_shape(setup):
    setup.shape.choose("2:3")
    setup.presets.choose("sketch-64")
    assert setup.config().size == (64, 96)
    assert "Upright 2:3: 64 × 96 px" in texts(setup.shape)


def test_a_model_to_start_from_brings_its_shape(open_session: ScriptedSession, qtbot):
    keep_model_file(open_session.project, seed=1, shape="3:2")
    setup = TrainSetup(open_session)
    qtbot.addWidget(setup)
    setup.show()
    qtbot.waitUntil(lambda: setup.origin.box.count() > 1, timeout=WAIT_MS)
    setup.shape.choose("2:1")
    setup.origin.box.setCurrentIndex(1)
    assert setup.shape.isHidden()
    assert setup.config().size == (12, 8)


def test_size_and_shape_are_one_choice_with_the_dataset_page(setup, open_session):
    shown = open_session.shown_as
    shown.put({"side": 128, "shape": "3:2"})
    assert setup.config().size == (192, 128)
    setup.shape.choose("1:1")
    setup.presets.choose("sketch-64")
    assert shown.showing.size == (64, 64)
    assert shown.is_chosen("side")
    again = TrainSetup(open_session)  # which begins with a preset of another size
    assert shown.showing.size == (64, 64)
    again.recall({"train": {"preset": "sketch-32", "config": {}}})
    assert again.config().size == (64, 64)
    again.deleteLater()


def test_what_is_suggested_gives_way_to_a_size_that_was_chosen(setup, open_session):
    shown = open_session.shown_as
    setup.recall({})
    assert not shown.is_chosen("side")
    shown.put({"side": 128})
    setup.presets.set_pictures(5000)
    assert setup.config().side == 128
    setup.shape.choose("2:1")
    setup.shape.choose("", follows=True)
    assert not shown.is_chosen("shape")
