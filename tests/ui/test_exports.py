"""The queue of exports and the dialog that fills it, on a real, tiny model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from ganart.engine.latent.output import LoopOutput, PrintOutput, StillOutput
from ganart.media.composition import evenly
from ganart.media.drawn import Drawn
from ganart.media.metadata import NoRecipe, read_recipe
from ganart.media.point import Point
from ganart.ui.pages.explore.export_dialog import ExportDialog, Subject
from ganart.ui.pages.explore.export_list import ExportList, state_words
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.export_choices import ExportChoices
from ganart.workers.export_queue import ExportQueue, State
from ganart.workers.exports import LoopPlan, order_loop, order_print
from ganart.workers.session import Session
from tests.ui.studio import keep_model_file

WAIT_MS = 60_000
POINTS = tuple(Point.at(seed) for seed in range(6))
LOOP = evenly(POINTS[:3], 4.0)
LONG = replace(LOOP, seconds=20.0)


@pytest.fixture
def model(open_session: Session) -> Path:
    return keep_model_file(open_session.project, seed=1)


@pytest.fixture
def queue(open_session: Session) -> ExportQueue:
    return ExportQueue(open_session, open_session)


def place(queue, session, model, count=1, loop=LONG, fps=100.0):
    """Put loops into the queue, those of `LONG` with 2000 frames: they do not end on the way."""
    plan = LoopPlan(loop, LoopOutput(format="png", fps=fps, scale=1))
    for _ in range(count):
        queue.place(order_loop(session.project, model, plan))


def states(queue) -> list[State]:
    return [each.state for each in queue.entries]


def settled(queue, session) -> bool:
    return queue.current() is None and not session.is_busy()


def test_exports_follow_each_other(queue, open_session, model, qtbot):
    place(queue, open_session, model, 3, LOOP, fps=10.0)
    qtbot.waitUntil(lambda: states(queue) == [State.DONE] * 3, timeout=WAIT_MS)
    folders = {each.path for each in queue.entries}
    assert len(folders) == 3
    assert all(len(list(folder.glob("*.png"))) == 40 for folder in folders)
    assert not list(open_session.project.exports_folder.iterdir())


def test_a_paused_export_holds_and_goes_on(queue, open_session, model, qtbot):
    place(queue, open_session, model)
    qtbot.waitUntil(lambda: bool(queue.entries) and queue.entries[0].done > 0, timeout=WAIT_MS)
    (entry,) = queue.entries
    queue.pause(entry)
    qtbot.wait(300)
    done = entry.done
    qtbot.wait(300)
    assert (entry.state, entry.done) == (State.PAUSED, done)
    queue.resume(entry)
    qtbot.waitUntil(lambda: entry.state is State.DONE, timeout=WAIT_MS)
    assert len(list(entry.path.glob("*.png"))) == 2000


def test_after_a_restart_an_export_goes_on_where_it_was(queue, open_session, model, qtbot):
    place(queue, open_session, model)
    qtbot.waitUntil(lambda: bool(queue.entries) and queue.entries[0].done > 64, timeout=WAIT_MS)
    folder = open_session.project.folder
    artworks = open_session.project.artworks_folder
    assert open_session.close_project()
    assert queue.entries == []
    assert open_session.open_project(folder)
    qtbot.waitUntil(lambda: states(queue) == [State.STOPPED], timeout=WAIT_MS)
    (entry,) = queue.entries
    kept = (entry.order.folder / "frames").stat().st_size // (8 * 8 * 3 + 4)
    assert kept >= 64
    (begun,) = [path for path in artworks.iterdir() if path.name.startswith("loop")]
    queue.resume(entry)
    qtbot.waitUntil(lambda: entry.state is State.DONE, timeout=WAIT_MS)
    assert entry.path == begun
    assert len(list(begun.glob("*.png"))) == 2000
    with Image.open(begun / "02000.png") as last:
        assert last.size == (8, 8)


def test_an_export_goes_on_in_the_project_that_was_moved(queue, open_session, model, qtbot):
    place(queue, open_session, model)
    qtbot.waitUntil(lambda: bool(queue.entries) and queue.entries[0].done > 0, timeout=WAIT_MS)
    before = open_session.project.folder
    assert open_session.close_project()
    moved = before.rename(before.with_name(f"Moved{before.suffix}"))
    assert open_session.open_project(moved)
    qtbot.waitUntil(lambda: states(queue) == [State.STOPPED], timeout=WAIT_MS)
    (entry,) = queue.entries
    queue.resume(entry)
    qtbot.waitUntil(lambda: entry.state is State.DONE, timeout=WAIT_MS)
    assert entry.path.parent == open_session.project.artworks_folder
    assert len(list(entry.path.glob("*.png"))) == 2000
    assert not before.exists()


def test_a_cancelled_export_leaves_no_order(queue, open_session, model, qtbot):
    place(queue, open_session, model, 2)
    qtbot.waitUntil(lambda: len(queue.entries) == 2 and queue.entries[0].done > 0, timeout=WAIT_MS)
    for entry in list(queue.entries):
        queue.remove(entry)
    qtbot.waitUntil(lambda: settled(queue, open_session), timeout=WAIT_MS)
    assert queue.entries == []
    assert not list(open_session.project.exports_folder.iterdir())


def test_a_failed_export_tells_why_and_can_be_tried_again(queue, open_session, model, qtbot):
    place(queue, open_session, model, 2)
    qtbot.waitUntil(lambda: len(queue.entries) == 2 and queue.entries[0].done > 0, timeout=WAIT_MS)
    first, entry = queue.entries
    queue.pause(first)
    (kept,) = open_session.project.models_folder.iterdir()
    away = kept.rename(kept.with_suffix(".away"))
    with qtbot.waitSignal(open_session.failed, timeout=WAIT_MS):
        queue.remove(first)
    assert entry.state is State.FAILED
    assert "model" in state_words(entry)
    away.rename(kept)
    qtbot.waitUntil(lambda: settled(queue, open_session), timeout=WAIT_MS)
    queue.resume(entry)
    qtbot.waitUntil(lambda: entry.state is State.DONE, timeout=WAIT_MS)


def test_damaged_orders_are_passed_over(queue, open_session, qtbot):
    folder = open_session.project.exports_folder
    for name, text in (("a", "{}"), ("b", '{"schema": 1, "recipe": 5}'), ("c", "\0")):
        (folder / name).mkdir(parents=True)
        (folder / name / "order.json").write_text(text)
    with qtbot.assertNotEmitted(open_session.failed):
        other = ExportQueue(open_session, open_session)
        qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert other.entries == []


def test_a_print_is_made_in_the_queue(queue, open_session, model, qtbot):
    output = PrintOutput(format="png", width_cm=5, height_cm=5, dpi=50, columns=2, edition=2)
    queue.place(order_print(open_session.project, model, POINTS, output))
    paths = []
    queue.saved.connect(paths.append)
    qtbot.waitUntil(lambda: states(queue) == [State.DONE], timeout=WAIT_MS)
    assert len(set(paths)) == 6


def test_the_list_follows_the_queue(queue, open_session, model, qtbot):
    listed = ExportList(queue)
    qtbot.addWidget(listed)
    listed.show()
    assert listed.empty.isVisible()
    place(queue, open_session, model, 2)
    qtbot.waitUntil(lambda: len(listed.rows) == 2 and queue.entries[0].done > 0, timeout=WAIT_MS)
    first, second = listed.rows
    second.pause_button.click()
    assert queue.entries[1].state is State.STOPPED
    first.pause_button.click()
    assert queue.entries[0].state is State.PAUSED
    assert first.resume_button.isVisible()
    for row in (first, second):
        row.remove_button.click()
    assert listed.rows == []
    qtbot.waitUntil(lambda: settled(queue, open_session), timeout=WAIT_MS)


# The dialog


def make_dialog(qtbot: QtBot, kind: str = "picture", choices=None, subject=None) -> ExportDialog:
    subject = subject or Subject(Drawn(64, 64), POINTS[0], POINTS, LOOP)
    dialog = ExportDialog(subject, kind, choices or ExportChoices())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def may_save(dialog) -> bool:
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()


def test_presets_change_what_is_exported_and_the_summary(qtbot):
    dialog = make_dialog(qtbot)
    assert "256 × 256" in dialog.summary.text()
    dialog.preset_box.setCurrentIndex(2)
    dialog.preset_box.activated.emit(2)
    output = dialog.output()
    assert (output.format, output.size, output.resample) == ("webp", 1200, "lanczos")
    assert "1200 × 1200" in dialog.summary.text()
    dialog.preset_box.activated.emit(dialog.preset_box.setCurrentIndex(0) or 0)
    assert dialog.output() == StillOutput()


def test_what_does_nothing_is_hidden(qtbot):
    dialog = make_dialog(qtbot)
    rows = dialog.forms["picture"].rows
    assert rows["bits"].isVisible()
    assert not rows["quality"].isVisible()
    rows["format"].field.setCurrentIndex(rows["format"].field.findData("jpeg"))
    assert rows["quality"].isVisible()
    assert not rows["bits"].isVisible()


@pytest.mark.parametrize(
    ("kind", "values"),
    [("picture", {"pattern": "{oops}"}), ("picture", {"size": 30_000}),
     ("print", {"margin_mm": 200.0}), ("loop", {"format": "webm", "codec": "h264"})],
)  # fmt: skip
def test_what_cannot_be_is_told_at_once(qtbot, kind, values):
    dialog = make_dialog(qtbot, kind)
    assert may_save(dialog)
    dialog.forms[kind].set_values(values)
    dialog._on_changed()
    assert dialog.trouble.isVisible()
    assert dialog.trouble.text()
    assert not may_save(dialog)


@pytest.mark.parametrize(
    ("kind", "name", "value", "forms", "usual"),
    [("picture", "bits", 16, ("png", "jpeg"), 8), ("loop", "codec", "av1", ("webm", "gif"), "auto"),
     ("loop", "codec", "h264", ("mp4", "webm"), "auto")],
)  # fmt: skip
def test_another_format_drops_what_it_does_not_have(qtbot, kind, name, value, forms, usual):
    dialog = make_dialog(qtbot, kind)
    rows = dialog.forms[kind].rows
    for form in forms:
        rows["format"].set_value(form)
        if form == forms[0]:
            rows[name].set_value(value)
            assert getattr(dialog.output(), name) == value
    assert getattr(dialog.output(), name) == usual
    assert may_save(dialog)


def test_without_a_loop_none_is_offered(qtbot):
    dialog = make_dialog(qtbot, "loop", subject=Subject(Drawn(8, 8), POINTS[0], POINTS))
    assert [dialog.kind_box.itemData(row) for row in range(dialog.kind_box.count())] == [
        "picture", "sheet", "print",
    ]  # fmt: skip
    assert dialog.kind() == "picture"


def test_the_preview_paints_every_kind(qtbot):
    from PySide6.QtGui import QImage

    dialog = make_dialog(qtbot, "print")
    red = QImage(8, 8, QImage.Format.Format_RGB888)
    red.fill(Qt.GlobalColor.red)
    dialog.set_images(POINTS, [red] * len(POINTS))
    for kind in ("picture", "sheet", "print", "loop"):
        dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(kind))
        shown = dialog.preview.grab().toImage()
        middle = shown.pixelColor(shown.width() // 2, shown.height() // 2)
        found = [middle] + [
            shown.pixelColor(x, shown.height() // 2) for x in range(0, shown.width(), 7)
        ]
        assert any(each.red() > 240 and each.green() < 20 for each in found), kind


def test_choices_come_back_with_the_project(open_session, model, qtbot):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(page.exports.export_button.isEnabled, timeout=WAIT_MS)
    page.exports.export_button.click()
    dialog = page.exporter.dialog
    field = dialog.forms["picture"].rows["sign"].field
    assert isinstance(field, QLineEdit)
    field.setText("Åsa")
    dialog.forms["picture"].set_values({"format": "tiff", "size": 40, "recipe": False})
    with qtbot.waitSignal(page.exports.saved, timeout=WAIT_MS) as made:
        dialog.accept()
    with Image.open(made.args[0]) as picture:
        assert (picture.format, picture.size) == ("TIFF", (40, 40))
    with pytest.raises(NoRecipe):
        read_recipe(made.args[0])
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    again = ExportChoices.read(open_session.project)
    expected = StillOutput(sign="Åsa", format="tiff", size=40, recipe=False)
    assert again.of("picture") == expected
    assert again.kind == "picture"
    (open_session.project.folder / "explore" / "export.json").write_text("broken")
    assert ExportChoices.read(open_session.project).of("picture") == StillOutput()


def test_the_setting_leaves_recipes_out(open_session, model, qtbot):
    open_session.change_setting("leave_recipes_out", True)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.exports.picture_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(page.exports.saved, timeout=WAIT_MS) as made:
        page.exports.picture_button.click()
    with pytest.raises(NoRecipe):
        read_recipe(made.args[0])
    assert np.asarray(Image.open(made.args[0])).shape == (32, 32, 3)


def test_the_preview_of_a_loop_is_its_first_picture_and_sheets_begin_as_the_canvas(
    open_session, model, qtbot
):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(page.exports.export_button.isEnabled, timeout=WAIT_MS)
    page.loop.add_points([Point.at(3), Point.at(4)], "Add")
    page.exploration.look_at(Point.at(9), "Look")
    page.ask_for_loop(page.loop.composition())
    dialog = page.exporter.dialog
    assert dialog.points() == (Point.at(3),)
    qtbot.waitUntil(lambda: Point.at(3) in dialog._images, timeout=WAIT_MS)
    columns = page.canvas.columns()
    assert dialog.forms["sheet"].values()["columns"] == columns
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData("sheet"))
    dialog.preset_box.setCurrentIndex(1)
    dialog.preset_box.activated.emit(1)
    assert dialog.forms["sheet"].values()["columns"] == columns
    dialog.reject()
