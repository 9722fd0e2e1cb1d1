"""The mode of the Stylize page for one photo: choosing, quick looks, areas."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ganart.engine.style.config import PaintConfig
from ganart.engine.style.looks import BUILT_IN
from ganart.engine.style.presets import PAINT_PRESETS
from ganart.media.pictures import save_png
from ganart.ui.pages.stylize import StylizePage
from ganart.ui.pages.stylize_choice import LookChoice
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.ui.pages.stylize_setup import PhotoSetup
from ganart.workers.paintings import PlanMade
from ganart.workers.session import Session
from tests.ui.paintings import (
    PLAN,
    WAIT_MS,
    ToyPaintings,
    choose,
    keep_picture,
    photo_mode,
    put_toys,
    shown_page,
)
from tests.ui.studio import pixels_of


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> ToyPaintings:
    return put_toys(monkeypatch)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return keep_picture(tmp_path / "Käfer 甲虫.png", "#ff0000")


@pytest.fixture
def style(tmp_path: Path) -> Path:
    return keep_picture(tmp_path / "waves.png", "#0000ff")


@pytest.fixture
def page(open_session: Session, toy: ToyPaintings, qtbot: QtBot) -> StylizePage:
    return shown_page(open_session, qtbot)


@pytest.fixture
def mode(page: StylizePage) -> PhotoMode:
    return photo_mode(page)


@pytest.fixture
def chosen(mode: PhotoMode, photo: Path, style: Path, qtbot: QtBot) -> PhotoMode:
    choose(mode, photo, style, qtbot)
    return mode


def shown_grey(mode: PhotoMode) -> int:
    return int(pixels_of(mode.setup.stage.view.after()).max())


# Choosing


def test_the_page_says_what_is_missing(mode, photo, style, qtbot):
    side = mode.setup.side
    assert "photo" in side.hint.text()
    mode.set_photo(photo)
    assert "style" in side.hint.text()
    assert not side.paint_button.isEnabled()
    side.look.add_paintings([style])
    assert side.hint.isHidden()
    assert side.paint_button.isEnabled()
    side.look.kinds.button(1).click()
    side.look.built_in.item(2).setSelected(True)
    assert not side.paint_button.isEnabled()
    assert side.save_button.isEnabled()
    assert "instant" in side.hint.text()


def test_the_quick_look_follows_the_strength_and_the_last_one_wins(chosen, qtbot):
    for percent in (90, 70, 55, 20):
        chosen.setup.side.look.strength.setValue(percent)
    qtbot.waitUntil(lambda: shown_grey(chosen) == 51, timeout=WAIT_MS)
    assert chosen.setup.history.now.look.look().strength == 0.2


def test_changes_are_taken_back_and_a_drag_is_one_step(chosen, photo, style, qtbot):
    setup = chosen.setup
    for percent in (90, 70, 55):
        setup.side.look.strength.setValue(percent)
    setup.side.undo_button.click()
    assert setup.side.look.strength.value() == 100
    setup.side.undo_button.click()
    assert setup.history.now.look.paintings == ()
    setup.side.undo_button.click()
    assert setup.history.now.photo is None
    assert not setup.side.undo_button.isEnabled()
    for _ in range(3):
        setup.side.redo_button.click()
    assert setup.history.now.photo == photo
    assert setup.side.look.strength.value() == 55


def test_paintings_have_weights_and_can_be_taken_out(chosen, style, photo):
    look = chosen.setup.side.look
    look.add_paintings([photo])
    look.styles.rows[1].weight.setValue(25)
    weights = [each.weight for each in look.choice().look().ingredients]
    assert weights == [1.0, 0.25]
    look.styles.rows[1].weight.setValue(0)
    assert [each.path for each in look.choice().look().ingredients] == [style]
    look.styles.rows[0].remove_button.click()
    assert [row.choice.path for row in look.styles.rows] == [photo]
    assert look.choice().look() is None


def test_built_in_looks_are_shown_on_the_photo_and_mixed(chosen, style, qtbot):
    look = chosen.setup.side.look
    before = look.built_in.item(0).icon().cacheKey()
    look.kinds.button(1).click()
    qtbot.waitUntil(lambda: look.built_in.item(25).icon().cacheKey() != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: look.built_in.item(0).icon().cacheKey() != before)
    for row in (1, 4):
        look.built_in.item(row).setSelected(True)
    chosen_keys = [each.source for each in look.choice().look().ingredients]
    assert chosen_keys == [BUILT_IN[1].key, BUILT_IN[4].key]
    drawn = look.built_in.item(25).icon().cacheKey()
    chosen.set_photo(style)  # its own pictures come in place of those of the photo before
    qtbot.waitUntil(lambda: look.built_in.item(25).icon().cacheKey() != drawn, timeout=WAIT_MS)


def test_a_copied_file_is_the_photo_or_a_style_by_where_the_focus_is(mode, photo, style, qtbot):
    clipboard = QGuiApplication.clipboard()
    for path in (photo, style):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        clipboard.setMimeData(data)
        focus = mode.setup.side.well if path == photo else mode.setup.side.look.styles.well
        focus.setFocus()
        qtbot.keyClick(focus, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert mode.setup.history.now.photo == photo
    assert [each.path for each in mode.setup.history.now.look.paintings] == [style]


def test_a_copied_picture_is_kept_in_the_project(mode, open_session, qtbot):
    image = QImage(8, 6, QImage.Format.Format_RGB888)
    image.fill(QColor("#123456"))
    QGuiApplication.clipboard().setImage(image)
    mode.setup.paste()
    qtbot.waitUntil(lambda: mode.setup.history.now.photo is not None)
    kept = mode.setup.history.now.photo
    assert kept.is_relative_to(open_session.project.folder)
    assert QImage(str(kept)).pixelColor(0, 0).name() == "#123456"


def test_an_unreadable_photo_is_told_in_place_of_the_picture(
    mode, open_session, style, tmp_path, qtbot
):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    mode.set_photo(broken)
    qtbot.waitUntil(lambda: "broken.png" in mode.setup.stage.state.text(), timeout=WAIT_MS)
    assert not mode.setup.side.paint_button.isEnabled()
    mode.setup.side.look.add_paintings([style])
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert "broken.png" in mode.setup.stage.state.text()
    assert not mode.setup.stage.view.has_after()
    assert not mode.setup.side.paint_button.isEnabled()


def test_an_unreadable_photo_is_not_kept_and_nothing_else_is_asked_for(
    mode, open_session, tmp_path, qtbot
):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    mode.set_photo(broken)
    qtbot.waitUntil(lambda: "broken.jpg" in mode.setup.stage.state.text(), timeout=WAIT_MS)
    assert mode.setup.side.hint.text() == "Choose another photo."
    mode.setup.keeper.remember()
    again = PhotoMode(open_session)
    qtbot.addWidget(again)
    assert again.setup.history.now.photo is None
    assert not again.setup.stage.state.text()
    again.setup.stop()


def test_the_choices_are_remembered_in_the_project(chosen, open_session, photo, style, qtbot):
    side = chosen.setup.side
    side.look.strength.setValue(40)
    side.look.colour.setCurrentIndex(1)
    side.look.colour.activated.emit(1)
    side.paint.choose_preset("lesson")
    side.paint.scale.setValue(20)
    chosen.setup.keeper.remember()
    again = PhotoMode(open_session)
    qtbot.addWidget(again)
    assert again.setup.history.now == chosen.setup.history.now
    assert again.setup.history.now.scale == 2.0
    assert again.setup.side.paint.preset_key() == "lesson"
    assert not again.setup.side.undo_button.isEnabled()
    again.setup.stop()


def test_areas_and_options_are_remembered_when_the_project_is_closed(chosen, open_session, qtbot):
    setup = chosen.setup
    paint_an_area(setup, qtbot)
    setup.side.paint.form.rows["iterations"].set_value(7)
    choice = setup.history.now
    folder = open_session.project.folder
    assert open_session.close_project()
    assert setup.history.now.look.paintings == ()
    assert open_session.open_project(folder)
    assert setup.history.now == choice
    assert setup.history.now.look.paintings[0].photo_mask is not None
    assert setup.order().config.iterations == 7
    other = open_session.project.folder.with_name("Other.ganart")
    assert open_session.create_project(other)
    assert setup.side.paint.config("style", 1.0, 1.0) == PaintConfig()


def test_what_is_chosen_is_kept_when_the_page_is_left(page, chosen, open_session, photo):
    page.hide()
    assert open_session.project.choices["stylize"]["photo"] == str(photo)


def test_a_pixel_is_a_photo(mode, style, tmp_path, qtbot):
    dot = tmp_path / "dot.png"
    save_png(np.full((1, 1, 3), 60, np.uint8), dot)
    mode.set_photo(dot)
    mode.setup.side.look.add_paintings([style])
    qtbot.waitUntil(mode.setup.stage.view.has_after, timeout=WAIT_MS)


def test_a_quick_look_that_fails_is_told_plainly_until_one_succeeds(chosen, photo, qtbot):
    setup = chosen.setup
    content = photo.read_bytes()
    photo.write_bytes(b"no picture")
    setup.side.look.strength.setValue(30)
    qtbot.waitUntil(lambda: photo.name in setup.stage.state.text(), timeout=WAIT_MS)
    assert setup.stage.state.font().weight() == QFont.Weight.DemiBold
    assert not setup.stage.view.has_after()
    photo.write_bytes(content)
    setup.side.look.strength.setValue(20)
    qtbot.waitUntil(setup.stage.view.has_after, timeout=WAIT_MS)
    assert setup.stage.state.font().weight() == QFont.Weight.Normal


def test_a_photo_that_was_mended_can_be_chosen_again(mode, tmp_path, qtbot):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    mode.set_photo(broken)
    qtbot.waitUntil(lambda: "broken.png" in mode.setup.stage.state.text(), timeout=WAIT_MS)
    keep_picture(broken, "#00ff00")
    mode.set_photo(broken)
    qtbot.waitUntil(lambda: not mode.setup.stage.view.image().isNull(), timeout=WAIT_MS)
    assert mode.setup.preview.is_usable()


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {"paintings": [[__file__, 1.0, "../../x", 7]], "options": {"iterations": "x"}, "photo": ""},
        {"paintings": [[__file__, 1.0, "0" * 32, ""]], "options": [], "built_in": 3},
        3,
        {"photo": 7, "kind": [], "paintings": "x", "strength": "much", "colour": None},
        {"photo": "\0", "paintings": [[1, 2], ["/gone.png", 1.0], "y"], "scale": float("nan")},
        {"built_in": [{}], "brush": "/no/brush", "strength": True, "preset": {}},
    ],
)
def test_odd_remembered_choices_are_passed_over(mode, open_session, kept):
    open_session.project.choices["stylize"] = kept
    mode.setup.keeper.recall(open_session.project)
    now = mode.setup.history.now
    assert (now.photo, now.scale, now.look.strength) == (None, 1.0, 1.0)
    assert all(each.photo_mask is each.style_mask is None for each in now.look.paintings)
    assert mode.setup.side.paint.config("style", 1.0, 1.0) == PaintConfig()


def test_a_closed_project_takes_its_pictures_along(chosen, open_session, photo, qtbot):
    chosen.monitor.set_picture(photo, QImage(str(photo)))
    chosen.setup.areas.edit(0, "photo")
    assert open_session.close_project()
    assert chosen.monitor.stage.view.image().isNull()
    assert chosen.setup.history.now.photo is None
    assert chosen.setup.stack.currentWidget() is chosen.setup.stage
    assert not chosen.setup.stage.view.has_after()


# Options


def test_a_preset_fills_the_form(mode):
    paint = mode.setup.side.paint
    for preset in PAINT_PRESETS:
        paint.choose_preset(preset.key)
        colour, scale = preset.config.colour, preset.config.style_scale
        assert paint.config(colour, 1.0, scale) == preset.config
    weight = paint.config("style", 1.0, 1.0).style_weight
    assert paint.config("style", 0.5, 1.0).style_weight == pytest.approx(weight / 4)


def test_what_a_painting_needs_is_told_before_it_begins(chosen, monkeypatch, qtbot):
    plan = chosen.setup.side.plan
    qtbot.waitUntil(lambda: "px" in plan.text(), timeout=WAIT_MS)
    chosen.setup.side.paint.form.rows["long_side"].set_value(32)
    qtbot.waitUntil(lambda: "32 × 24 px" in plan.text(), timeout=WAIT_MS)
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    plan._on_reported([PlanMade(chosen.setup.order(), PLAN, free_bytes=10**9)])
    assert plan.may_begin()
    plan._on_reported([PlanMade(chosen.setup.order(), PLAN, free_bytes=10)])
    assert not plan.may_begin()
    assert "976.6 kB" in asked[0]


# Areas


def paint_an_area(setup: PhotoSetup, qtbot: QtBot) -> None:
    setup.areas.edit(0, "photo")
    canvas = setup.areas.editor.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    setup.areas.editor.accept_button.click()


def test_a_new_photo_closes_the_editor_and_takes_the_area_of_the_old_one(chosen, style, qtbot):
    setup = chosen.setup
    paint_an_area(setup, qtbot)
    setup.areas.edit(0, "photo")
    chosen.set_photo(style)
    assert setup.stack.currentWidget() is setup.stage
    assert setup.history.now.look.paintings[0].photo_mask is None
    setup.undo()
    assert setup.history.now.look.paintings[0].photo_mask is not None


def test_escape_leaves_the_area_as_it_was(chosen, qtbot):
    setup = chosen.setup
    setup.areas.edit(0, "photo")
    canvas = setup.areas.editor.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    qtbot.waitUntil(canvas.hasFocus)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert setup.stack.currentWidget() is setup.stage
    assert setup.history.now.look.paintings[0].photo_mask is None


def test_other_styles_close_the_editor(chosen, qtbot):
    setup = chosen.setup
    setup.areas.edit(0, "photo")
    setup.history.change(replace(setup.history.now, look=LookChoice()))
    assert setup.stack.currentWidget() is setup.stage


def test_where_there_is_nothing_to_paint_an_area_on_it_is_said(mode, open_session, tmp_path, qtbot):
    broken = tmp_path / "broken.jpg"
    broken.write_text("no picture")
    mode.setup.side.look.add_paintings([broken])
    with qtbot.waitSignal(open_session.notice) as told:
        mode.setup.areas.edit(0, "photo")
    assert "no photo" in told.args[0]
    with qtbot.waitSignal(open_session.notice, timeout=WAIT_MS) as told:
        mode.setup.areas.edit(0, "style")
    assert "broken.jpg" in told.args[0]


def test_an_area_is_painted_kept_and_given_to_the_painting(chosen, toy, qtbot):
    setup = chosen.setup
    setup.side.look.styles.rows[0]._on_photo_area()
    assert setup.stack.currentWidget() is setup.areas.editor
    assert not setup.side.paint_button.isEnabled()
    canvas = setup.areas.editor.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    setup.undo()  # takes the stroke back, not the style
    assert canvas.area() is None
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    setup.areas.editor.accept_button.click()
    assert setup.stack.currentWidget() is setup.stage
    style = setup.history.now.look.paintings[0]
    assert style.photo_mask is not None
    assert style.style_mask is None
    setup.side.paint_button.click()
    qtbot.waitUntil(lambda: chosen.monitor.folder is not None, timeout=WAIT_MS)
    mask = QImage.fromData(toy.masks[0])
    assert {mask.pixelColor(x, x).red() for x in (0, mask.height() // 2)} == {0, 255} or (
        mask.pixelColor(mask.width() // 2, mask.height() // 2).red() == 255
    )
    chosen.monitor.stop()
    qtbot.waitUntil(lambda: not chosen.monitor.is_live())


def test_the_area_of_the_painting_itself_is_painted_on_it(chosen, qtbot):
    setup = chosen.setup
    setup.side.look.styles.rows[0]._on_style_area()
    qtbot.waitUntil(lambda: setup.stack.currentWidget() is setup.areas.editor, timeout=WAIT_MS)
    assert setup.areas.editor.canvas.image().pixelColor(0, 0).name() == "#0000ff"
    setup.areas.editor.cancel_button.click()
    assert setup.history.now.look.paintings[0].style_mask is None


# For everyone


def test_tab_goes_through_the_styles_in_the_order_of_the_page(chosen, photo, qtbot):
    look = chosen.setup.side.look
    look.add_paintings([photo])
    first, second = look.styles.rows
    qtbot.waitUntil(second.isVisible)
    expected = [
        widget
        for row in (first, second)
        for widget in (row.well, row.weight, row.area_button, row.remove_button)
    ]
    widget, seen = look.kinds.button(0), []
    while widget is not look.strength:
        widget = widget.nextInFocusChain()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            seen.append(widget)
    assert [each for each in seen if each not in look.kinds.buttons()] == [
        *expected,
        look.styles.well,
        look.strength,
    ]
