"""The Loop tab on a real, tiny model: a loop composed, played, taken back and found again."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ganart.engine.latent.render import Model
from ganart.media.composition import Composition, Keyframe, evenly
from ganart.media.drive import Drive
from ganart.media.point import Gene, Part, Point, vector_of
from ganart.ui.pages.explore import loop_edits as edits
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.loop import LoopTab
from ganart.workers.loops import keep_loop, loop_path, open_loop, walk
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of
from tests.unit.test_audio import tone, written

SEEDS = (0, 1, 7, 3, 5)
LOOP = evenly(tuple(map(Point.at, SEEDS)), 10.0)


@pytest.fixture
def exploration(open_session: Session, qtbot: QtBot) -> Exploration:
    path = keep_model_file(open_session.project, seed=1)
    exploration = Exploration(open_session)
    exploration.set_path(path)
    yield exploration
    exploration.previewer.stop()


@pytest.fixture
def tab(exploration: Exploration, qtbot: QtBot) -> LoopTab:
    tab = LoopTab(exploration)
    qtbot.addWidget(tab)
    tab.resize(700, 500)
    tab.show()
    return tab


@pytest.fixture
def full(tab: LoopTab, qtbot: QtBot) -> LoopTab:
    """Return a tab with five pictures, all drawn."""
    tab.add_points(list(map(Point.at, SEEDS)), "Add five")
    qtbot.waitUntil(lambda: not tab.view.image().isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: all(tab.player.picture_of(Point.at(each)) for each in SEEDS))
    return tab


def times(tab: LoopTab) -> list[float]:
    return [round(each.at, 4) for each in tab.composition().keyframes]


def seeds(tab: LoopTab) -> list[int]:
    return [each.point.seed for each in tab.composition().keyframes]


def press(qtbot: QtBot, tab: LoopTab, *keys: Qt.Key, **values) -> None:
    for key in keys:
        qtbot.keyClick(tab.timeline, key, **values)


def test_a_loop_is_composed_with_the_keyboard_alone(tab, exploration, qtbot):
    for seed in SEEDS:
        exploration.put(Point.at(seed))
        tab.add_button.click()
    assert tab.composition() == LOOP
    press(qtbot, tab, Qt.Key.Key_Up)
    assert tab.timeline.index() == 3
    press(qtbot, tab, Qt.Key.Key_Right)
    assert times(tab) == [0, 0.2, 0.4, 0.61, 0.8]
    press(qtbot, tab, Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert times(tab) == [0, 0.2, 0.4, 0.51, 0.8]
    press(qtbot, tab, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert tab.player.at == pytest.approx(0.52)
    exploration.put(Point.at(9))
    press(qtbot, tab, Qt.Key.Key_Insert)
    assert seeds(tab) == [0, 1, 7, 3, 9, 5]
    press(qtbot, tab, Qt.Key.Key_Delete)
    assert seeds(tab) == [0, 1, 7, 3, 5]
    press(qtbot, tab, Qt.Key.Key_Escape, Qt.Key.Key_Home)
    assert (tab.timeline.index(), tab.player.at) == (-1, 0)
    press(qtbot, tab, Qt.Key.Key_Space)  # the model may still be loading
    qtbot.waitUntil(tab.player.is_playing, timeout=WAIT_MS)


def test_a_picture_is_dragged_to_another_time_as_one_step(full, exploration, qtbot):
    undo = exploration.session.undo
    steps = undo.count()
    timeline = full.timeline
    grabbed = timeline._scale().box(0.4).center().toPoint()
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=grabbed)
    for at in (0.45, 0.48, 0.503):
        qtbot.mouseMove(timeline, QPoint(round(timeline._scale().x(at)), grabbed.y()))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton)
    assert times(full) == [0, 0.2, 0.5, 0.6, 0.8]
    qtbot.mousePress(
        timeline, Qt.MouseButton.LeftButton, pos=timeline._scale().box(0.5).center().toPoint()
    )
    qtbot.mouseMove(timeline, QPoint(timeline.width(), grabbed.y()))
    assert times(full)[2] == pytest.approx(0.6 - edits.GAP)
    assert undo.count() == steps + 1
    undo.undo()
    assert full.composition() == LOOP


def test_the_playhead_shows_the_frame_that_will_be_saved(full, exploration, qtbot):
    place = QPoint(round(full.timeline._scale().x(0.3)), 6)
    with qtbot.waitSignal(full.player.shown):
        qtbot.mouseClick(full.timeline, Qt.MouseButton.LeftButton, pos=place)
    point = full.player.point()
    assert point in list(walk(LOOP, 240, 8))
    expected = Model.load(exploration.path).render([point])[0]
    np.testing.assert_array_equal(pixels_of(full.view.image()), expected)
    full.commands.look.trigger()
    assert exploration.point == point


def test_playing_goes_round_and_shows_frames_of_the_loop(full, qtbot):
    full.line.seconds.setValue(0.5)
    shown, places = [], []
    full.player.shown.connect(lambda image: shown.append(image))
    full.player.moved.connect(places.append)
    full.play_button.click()
    qtbot.waitUntil(lambda: len(shown) > 15 and places[-1] < max(places), timeout=WAIT_MS)
    full.play_button.click()
    assert not full.player.is_playing()
    frames = set(walk(full.composition(), 12, 8))
    assert frames <= set(full.player._kept)


def test_a_hidden_tab_draws_nothing(full, qtbot):
    full.play_button.click()
    full.hide()
    assert not full.player.is_playing()
    full.add_points([Point.at(77)], "Add")
    with qtbot.assertNotEmitted(full.player.arrived, wait=200):
        full.player.seek(0.9)
    assert full.player.picture_of(Point.at(77)) is None


def test_lengths_are_set_in_seconds_or_beats(full):
    line = full.line
    line.seconds.setValue(8.2)
    line.has_beat.click()
    assert (full.composition().bpm, full.composition().seconds) == (120, 8)
    assert line.beats.value() == 16
    line.bpm.setValue(60)
    assert full.composition().seconds == 16
    line.beats.setValue(8)
    assert full.composition().seconds == 8
    assert edits.step_of(full.composition()) == 1 / 8


def test_every_value_of_a_loop_can_be_set_and_taken_back(full, exploration):
    full.timeline.choose(1)
    full.keyframe.hold.setValue(30)
    full.keyframe.at.setValue(3.0)
    for box, data in ((full.keyframe.ease, "start"), (full.keyframe.method, "lerp")):
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
    assert full.composition().keyframes[1] == Keyframe(Point.at(1), 0.3, 0.3, "start", "lerp")
    line = full.line
    line.path.setCurrentIndex(line.path.findData("circle"))
    line.path.activated.emit(2)
    line.radius.setValue(0.4)
    line.laps.setValue(3)
    line.seed.number.setValue(2**32 - 1)
    circle = full.composition()
    assert (circle.path, circle.radius, circle.laps, circle.seed) == ("circle", 0.4, 3, 2**32 - 1)
    for _step in range(6):
        exploration.session.undo.undo()
    assert full.composition() == LOOP


def test_one_picture_is_a_loop_only_on_a_circle(tab):
    tab.add_points([Point.at(1)], "Add")
    assert tab.composition() is None
    assert not tab.save_button.isEnabled()
    tab.line.path.setCurrentIndex(tab.line.path.findData("circle"))
    tab.line.path.activated.emit(2)
    assert tab.composition() is not None
    assert tab.play_button.isEnabled()


def test_pictures_are_exchanged_doubled_replaced_and_evened_out(full, exploration):
    full.timeline.choose(1)
    full.commands.later.trigger()
    assert (seeds(full), full.timeline.index()) == ([0, 7, 1, 3, 5], 2)
    full.commands.earlier.trigger()
    assert seeds(full) == list(SEEDS)
    full.commands.double.trigger()
    assert seeds(full) == [0, 1, 1, 7, 3, 5]
    assert times(full) == [0, 0.2, 0.3, 0.4, 0.6, 0.8]
    exploration.put(Point.at(8))
    full.commands.replace.trigger()
    full.commands.spread.trigger()
    assert seeds(full) == [0, 1, 8, 7, 3, 5]
    assert times(full) == pytest.approx([row / 6 for row in range(6)], abs=1e-4)


def test_the_loop_of_a_project_is_there_again_when_it_is_opened(full, exploration, qtbot):
    session: Session = exploration.session
    full.line.seconds.setValue(4.0)
    loop, folder = full.composition(), session.project.folder
    session.close_project()
    assert full.composition() is None
    assert session.open_project(folder)
    assert full.composition() == loop


def test_a_damaged_loop_is_told_and_nothing_breaks(full, exploration):
    session: Session = exploration.session
    folder, path = session.project.folder, loop_path(session.project)
    session.close_project()
    for content in ("{", '{"schema": 1, "composition": {"keyframes": 3}, "vectors": []}', "[]"):
        path.write_text(content)
        assert session.open_project(folder)
        assert full.composition() is None
        assert "loop.json" in full.notice.text()
        session.close_project()
    assert path.read_text() == "[]"


def test_a_document_gives_back_what_it_keeps(tmp_path):
    vector = vector_of(np.arange(8, dtype=np.float32))
    loop = replace(
        LOOP,
        keyframes=(Keyframe(Point((Part(vector=vector), Part(3))), 0.1), *LOOP.keyframes[1:]),
        drive=Drive(bytes(range(99)), name="song.mp3"),
        bpm=90.0,
    )
    for kept in (loop, None):
        list(keep_loop(tmp_path / "explore" / "loop.json", kept)(lambda: None))
        assert open_loop(tmp_path / "explore" / "loop.json") == kept
    assert open_loop(tmp_path / "none.json") is None


@pytest.mark.parametrize("path", ["legs", "spline", "circle"])
def test_pictures_of_another_model_are_told_in_a_sentence(tab, path, qtbot):
    strange = Point((Part(vector=vector_of(np.ones(5, np.float32))),))
    tab.add_points([strange, Point.at(1)], "Add")
    tab.set_composition(replace(tab.composition(), path=path))
    qtbot.waitUntil(lambda: "do not fit this one" in tab.notice.text(), timeout=WAIT_MS)
    tab.set_composition(LOOP)
    with qtbot.waitSignal(tab.player.shown, timeout=WAIT_MS):
        tab.player.draw()
    assert not tab.notice.isVisible()


def test_an_edited_loop_keeps_its_pace_and_its_keyframes_apart():
    loop = None
    for seed in range(400):
        loop = edits.appended(loop, [Point.at(seed)])
    assert loop.seconds == 800
    assert len(edits.appended(loop, [Point.at(9)]).keyframes) == 400
    loop = edits.appended(None, [Point.at(0), Point.at(1)])
    for _click in range(30):
        loop, row = edits.inserted(loop, Point.at(2), 0.0)
        assert loop.keyframes[row].point == Point.at(2)
        assert edits.coming_back(edits.coming_back(loop, True), False).keyframes
    for row in range(len(loop.keyframes)):
        edits.retimed(loop, row, 0.5)
    only = edits.removed(edits.removed(evenly((Point.at(1),) * 3, 1.0), 0), 0)
    assert isinstance(edits.coming_back(only, True), Composition)
    assert edits.removed(only, 0) is None


def test_a_smooth_curve_does_not_stop_at_its_pictures_unless_it_is_told_to():
    curve = edits.on_path(LOOP, "spline")
    assert {each.ease for each in curve.keyframes} == {"even"}
    assert edits.on_path(curve, "legs") == LOOP
    chosen = edits.changed(LOOP, 0, ease="start")
    assert edits.on_path(chosen, "spline").keyframes == chosen.keyframes


def test_a_sound_moves_the_speed_or_a_gene(full, exploration, qtbot, tmp_path):
    path = written(tmp_path / "song.wav", np.concatenate([tone(2), np.zeros(16_000)]))
    full.sound.hear(path)
    qtbot.waitUntil(lambda: full.composition().drive is not None, timeout=WAIT_MS)
    heard = full.composition().drive
    assert (heard.name, len(heard.levels), heard.target) == ("song.wav", 300, "speed")
    full.sound.strength.setValue(40)
    assert full.composition().drive.strength == 0.4
    assert full.sound.target.count() == 1
    gene = Gene("warm", vector_of(np.ones(8, np.float32)), 2.0)
    full.timeline.choose(0)
    exploration.put(Point((Part(0),), genes=(gene,)))
    full.commands.replace.trigger()
    full.sound.target.setCurrentIndex(1)
    full.sound.target.activated.emit(1)
    full.sound.amount.setValue(-3.0)
    assert full.composition().drive.gene == replace(gene, amount=-3.0)
    full.line.seconds.setValue(4.0)
    qtbot.waitUntil(full.sound.choose_button.isEnabled)
    full.sound.again_button.click()
    qtbot.waitUntil(lambda: len(full.composition().drive.levels) == 120, timeout=WAIT_MS)
    assert full.composition().drive.target == "gene"
    full.sound.remove_button.click()
    assert full.composition().drive is None
    exploration.session.undo.undo()
    assert full.composition().drive.gene.amount == -3.0


def test_a_sound_that_cannot_be_heard_is_told(full, qtbot, tmp_path):
    path = tmp_path / "song.mp3"
    path.write_bytes(b"no sound" * 99)
    full.sound.hear(path)
    qtbot.waitUntil(lambda: "song.mp3" in full.notice.text(), timeout=WAIT_MS)
    qtbot.waitUntil(full.sound.choose_button.isEnabled)
    assert full.composition() == LOOP
