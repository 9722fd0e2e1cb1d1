"""The Genes tab on real, tiny models: sliders, the strip, names and pins, new genes, layers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Published
from ganart.engine.gan.models import LIVE
from ganart.media.point import Gene, LayerStyle, Part, Point, vector_of
from ganart.project.runs import Runs
from ganart.project.store import Project
from ganart.ui.pages.explore.genes import GenesTab
from ganart.ui.pages.explore.genes_row import GeneRow
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.genes import book_path, genes_folder
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of


def keep_style_model(project: Project) -> Path:
    """Leave a tiny untrained model with styles as the newest of a run."""
    import torch

    from ganart.engine.gan.checkpoint import model_info, save_model
    from ganart.engine.gan.state import TrainState

    config = TrainConfig(side=16, architecture="style", latent_size=8, width=8, width_cap=8)
    state = TrainState.fresh(config, np.zeros((2, 16, 16, 3), np.uint8), torch.device("cpu"))
    for name, each in state.ema.named_parameters():
        if name.endswith("noise.strength"):
            each.data.fill_(1.0)
    runs = Runs(project.runs_folder)
    path = runs.folder(runs.create({"side": 16}, "style-64").id) / LIVE
    save_model(path, state, model_info(config, state, "style-64", "data"))
    return path


def open_page(session: Session, qtbot: QtBot) -> ExplorePage:
    page = ExplorePage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.tabs.setCurrentWidget(page.genes)
    qtbot.waitUntil(lambda: page.genes.shelf.found is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.genes.strip.tiles()) == 7, timeout=WAIT_MS)
    return page


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_model_file(open_session.project, seed=1)
    return open_page(open_session, qtbot)


@pytest.fixture
def style_page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_style_model(open_session.project)
    return open_page(open_session, qtbot)


@pytest.fixture
def tab(page: ExplorePage) -> GenesTab:
    return page.genes


def row_named(tab: GenesTab, name: str) -> GeneRow:
    return next(row for row in tab.list.rows if row.shelved.name == name)


def drawn(page: ExplorePage, qtbot: QtBot, edit) -> np.ndarray:
    """Return the large picture that follows an edit."""
    wanted = page.exploration.rendered
    with qtbot.waitSignal(wanted, check_params_cb=lambda each: each.tag == "picture"):
        edit()
    return pixels_of(page.easel.view.image())


def test_nothing_is_searched_while_the_tab_is_hidden(open_session, qtbot):
    keep_model_file(open_session.project, seed=1)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert not genes_folder(open_session.project).exists()
    page.exploration.previewer.stop()


def test_without_a_model_the_tab_says_so(open_session, qtbot):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    page.tabs.setCurrentWidget(page.genes)
    assert page.genes.empty.isVisible()
    assert not page.genes.strip.isVisible()
    assert not page.genes.surprise_button.isEnabled()


def test_a_slider_changes_the_picture_in_one_step_back(page, tab, qtbot):
    before = pixels_of(page.easel.view.image())
    slider = tab.list.rows[0].slider
    drawn(page, qtbot, lambda: slider.setValue(10))
    after = drawn(page, qtbot, lambda: slider.setValue(30))
    assert not np.array_equal(before, after)
    assert [gene.amount for gene in page.exploration.point.genes] == [3.0]
    assert page.exploration.point.genes[0].name == "Main change 1"
    back = drawn(page, qtbot, page.exploration.session.undo.undo)
    assert page.exploration.point == Point.at(0)
    assert np.array_equal(before, back)
    assert slider.value() == 0


def test_delete_and_a_double_click_lead_back_to_none(page, tab, qtbot):
    row = tab.list.rows[0]
    row.slider.setValue(20)
    qtbot.keyClick(row.slider, Qt.Key.Key_Delete)
    assert page.exploration.point == Point.at(0)
    row.slider.setValue(20)
    qtbot.mouseDClick(row.slider, Qt.MouseButton.LeftButton)
    assert page.exploration.point == Point.at(0)


def test_the_strip_shows_the_picture_along_the_gene_and_takes_clicks_and_keys(page, tab, qtbot):
    row = tab.list.rows[2]
    tab.strip.set_tiles([])
    row.slider.entered.emit()
    qtbot.waitUntil(lambda: len(tab.strip.tiles()) == 7, timeout=WAIT_MS)
    assert tab.list.chosen is row.shelved
    tiles = [pixels_of(each.toImage()).astype(int) for each in tab.strip.tiles()]
    assert np.allclose(tiles[3], pixels_of(page.easel.view.image()), atol=1)
    place = tab.strip.tile_rect(5).center()
    after = drawn(
        page,
        qtbot,
        lambda: qtbot.mouseClick(tab.strip, Qt.MouseButton.LeftButton, pos=place),
    )
    assert row.slider.value() == 20
    assert np.allclose(tiles[5], after, atol=1)
    qtbot.keyClick(tab.strip, Qt.Key.Key_Left)
    assert row.slider.value() == 10


def test_names_pins_and_locks_can_be_taken_back_and_are_kept(page, tab, open_session, qtbot):
    row_named(tab, "Main change 3").slider.key_pressed.emit(Qt.Key.Key_P)
    assert tab.list.rows[0].shelved.name == "Main change 3"
    row = row_named(tab, "Main change 3")
    row.rename()
    row.name.setText("smi\u202ele ")
    qtbot.keyClick(row.name, Qt.Key.Key_Return)
    assert tab.list.rows[0].shelved.name == "smile"
    row_named(tab, "smile").lock.click()
    assert row_named(tab, "smile").shelved.note.is_locked
    for _ in range(3):
        open_session.undo.undo()
    assert tab.list.rows[0].shelved.name == "Main change 1"
    for _ in range(3):
        open_session.undo.redo()
    folder = open_session.project.folder
    assert open_session.close_project()
    assert open_session.open_project(folder)
    qtbot.waitUntil(lambda: bool(tab.list.rows), timeout=WAIT_MS)
    assert tab.list.rows[0].shelved.name == "smile"
    assert tab.list.rows[0].lock.isChecked()


def test_an_empty_name_is_the_one_it_came_with(tab, qtbot):
    row = tab.list.rows[0]
    row.rename()
    row.name.setText("x")
    qtbot.keyClick(row.name, Qt.Key.Key_Return)
    row = tab.list.rows[0]
    row.rename()
    row.name.setText("  ")
    qtbot.keyClick(row.name, Qt.Key.Key_Return)
    assert tab.list.rows[0].shelved.name == "Main change 1"


def test_locked_genes_outlast_resetting_and_surprises(page, tab):
    tab.list.rows[0].slider.setValue(20)
    tab.list.rows[1].slider.setValue(20)
    tab.list.rows[0].lock.click()
    tab.reset_button.click()
    assert [gene.amount for gene in page.exploration.point.genes] == [2.0]
    page.easel.wander.dial.setValue(100)
    tab.surprise_button.click()
    genes = page.exploration.point.genes
    assert genes[0].amount == 2.0
    assert 2 <= len(genes) <= 5


def test_the_list_can_be_filtered(page, tab):
    counts = {}
    tab.list.rows[4].pin.click()
    tab.list.rows[3].slider.setValue(5)
    for index in range(tab.filter.count()):
        tab.filter.setCurrentIndex(index)
        counts[tab.filter.itemData(index)] = len(tab.list.rows)
    assert counts == {"all": 16, "pinned": 1, "used": 1, "main": 8, "structure": 8, "own": 0}


def test_a_used_gene_stays_listed_while_it_is_dragged_through_none(page, tab):
    tab.list.rows[0].slider.setValue(5)
    tab.filter.setCurrentIndex(tab.filter.findData("used"))
    row = tab.list.rows[0]
    row.slider.setValue(0)
    assert tab.list.rows == [row]
    row.slider.setValue(-5)
    assert page.exploration.point.genes[0].amount == -0.5


def test_a_gene_of_pictures_is_made_taken_back_and_kept(page, tab, open_session, qtbot):
    tab.fold.button.setChecked(True)
    assert not tab.maker.make_button.isEnabled()
    tab.maker.likes.add_button.click()
    page.easel.seed.number.setValue(7)
    tab.maker.others.add_button.click()
    qtbot.waitUntil(lambda: not tab.maker.others.list.item(0).icon().isNull(), timeout=WAIT_MS)
    tab.maker.name.setText("calm")
    tab.maker.make_button.click()
    qtbot.waitUntil(lambda: tab.list.rows[0].shelved.name == "calm", timeout=WAIT_MS)
    assert tab.list.chosen.name == "calm"
    assert "&Delete" in [each.text() for each in tab.list.rows[0].menu().actions()]
    after = drawn(page, qtbot, lambda: tab.list.rows[0].slider.setValue(30))
    assert after.shape == (8, 8, 3)
    qtbot.waitUntil(lambda: book_path(open_session.project).exists(), timeout=WAIT_MS)
    tab.list.rows[0].removal_wanted.emit()
    # The picture goes on with it, and so does the list.
    assert tab.list.rows[-1].shelved.kind == "other"
    open_session.undo.undo()
    assert tab.list.rows[0].shelved.kind == "own"


def test_two_groups_that_are_the_same_are_told(page, tab, qtbot):
    tab.maker.likes.add_button.click()
    tab.maker.others.add_button.click()
    tab.maker.make_button.click()
    qtbot.waitUntil(lambda: "the same" in tab.note.text(), timeout=WAIT_MS)
    assert tab.maker.make_button.isEnabled()


def test_a_picture_is_taken_out_of_a_group_with_delete(page, tab, open_session, qtbot):
    tab.maker.likes.add_button.click()
    tab.maker.likes.add_button.click()
    assert len(tab.maker.groups.likes) == 1
    tab.maker.likes.list.item(0).setSelected(True)
    qtbot.keyClick(tab.maker.likes.list, Qt.Key.Key_Delete)
    assert tab.maker.groups.likes == ()
    open_session.undo.undo()
    assert tab.maker.groups.likes == (Point.at(0),)


def test_a_random_walk_leads_on_and_back(page, open_session, qtbot):
    before = pixels_of(page.easel.view.image())
    after = drawn(page, qtbot, page.easel.wander.button.click)
    assert not np.array_equal(before, after)
    first = page.exploration.point
    drawn(page, qtbot, page.easel.wander.button.click)
    assert page.exploration.point != first
    open_session.undo.undo()
    assert page.exploration.point == first
    open_session.undo.undo()
    assert page.exploration.point == Point.at(0)


def test_genes_of_another_model_are_told_and_can_be_left_out(page, tab, qtbot):
    far, near = (Gene("a", vector_of(np.ones(size, np.float32)), 1.0) for size in (9, 8))
    point = Point((Part(3),), genes=(far, near))
    page.exploration.look_at(point, "Open")
    qtbot.waitUntil(page.easel.drop_button.isVisible, timeout=WAIT_MS)
    assert "another model" in page.easel.view.accessibleDescription()
    drawn(page, qtbot, page.easel.drop_button.click)
    assert page.exploration.point.genes == (near,)
    assert not page.easel.drop_button.isVisible()


def test_what_a_picture_brings_along_is_listed(page, tab):
    gene = Gene("hat", vector_of(np.ones(8, np.float32)), 2.0)
    page.exploration.look_at(Point((Part(3),), genes=(gene,)), "Open")
    row = tab.list.rows[-1]
    assert (row.shelved.name, row.slider.value()) == ("hat", 20)
    row.slider.setValue(0)
    assert page.exploration.point == Point.at(3)


def test_a_model_without_styles_has_no_controls_for_layers(tab):
    assert not tab.layers.isVisible()


def test_layers_take_the_style_of_another_seed(style_page, qtbot):
    layers = style_page.genes.layers
    assert all(each.isVisible() for each in (*layers.boxes, *layers.seeds, layers.noise))
    before = pixels_of(style_page.easel.view.image())
    mixed = drawn(style_page, qtbot, lambda: layers.boxes[0].setChecked(True))
    assert not np.array_equal(before, mixed)
    (style,) = style_page.exploration.point.styles
    assert (style.part.seed, style.first, style.last) == (1, 0, 1)
    layers.seeds[0].number.setValue(4)
    assert style_page.exploration.point.styles[0].part.seed == 4
    other = replace(style_page.exploration.point, styles=())
    style_page.exploration.look_at(other, "Back")
    assert not layers.boxes[0].isChecked()


def test_noise_can_be_left_out(style_page, qtbot):
    before = pixels_of(style_page.easel.view.image())
    still = drawn(style_page, qtbot, lambda: style_page.genes.layers.noise.setChecked(False))
    assert not np.array_equal(before, still)
    assert not style_page.exploration.point.noise


def test_genes_stay_while_a_training_goes_on_and_can_be_found_again(page, tab, open_session, qtbot):
    before = tab.shelf.found
    path = keep_model_file(open_session.project, seed=2, replacing=page.models.path())
    assert not tab.again_button.isVisible()
    open_session.model_published.emit(Published(path, "x", 9))
    qtbot.waitUntil(tab.again_button.isVisible, timeout=WAIT_MS)
    assert tab.shelf.found == before
    tab.again_button.click()
    qtbot.waitUntil(lambda: tab.shelf.found != before, timeout=WAIT_MS)
    assert not tab.again_button.isVisible()


def test_an_unreadable_book_is_kept_aside_and_told(open_session, qtbot):
    keep_model_file(open_session.project, seed=1)
    path, folder = book_path(open_session.project), open_session.project.folder
    path.parent.mkdir(parents=True)
    path.write_bytes(b'{"schema": 1, "notes": [], "own": 5}')
    assert open_session.close_project()
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    warned = []
    open_session.warned.connect(warned.append)
    assert open_session.open_project(folder)
    assert len(warned) == 1
    assert path.with_name("genes-unread-1.json").exists()


def test_everything_that_takes_the_focus_has_a_name(style_page):
    style_page.genes.fold.button.setChecked(True)
    nameless = [
        widget
        for widget in style_page.genes.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_a_style_without_a_seed_stays_when_others_are_changed(style_page):
    layers = style_page.genes.layers
    first, last = layers._bands[1]
    numbers = Part(vector=vector_of(np.ones(8, np.float32)), space="w")
    style = LayerStyle(numbers, first, last)
    exploration = style_page.exploration
    exploration.look_at(replace(exploration.point, styles=(style,)), "Look")
    layers.noise.setChecked(False)
    assert exploration.point.styles == (style,)
    layers.boxes[1].setChecked(True)
    assert exploration.point.styles[-1].part.seed == layers.seeds[1].seed()
