"""The mode for brushes: trained, watched, gone on with, used elsewhere."""

import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.curves import curve_log
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brushes import BrushRecord, read_record, write_record
from ganart.engine.style.events import (
    BrushFinished,
    BrushSaved,
    BrushStarted,
    BrushStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
)
from ganart.media.pictures import save_png
from ganart.ui.pages.brush import BrushMode
from ganart.ui.pages.brush_monitor import planned_minutes
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


class Act:
    """Trainings that learn nothing and go on until they are stopped."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []
        self.minutes: float | None = None

    def train(self, style: Path, photos: tuple[Path, ...], config: BrushConfig, parent: Path):
        def job(poll: Poll) -> Iterator[object]:
            folder = parent / style.stem
            folder.mkdir(parents=True)
            save_png(np.full((8, 8, 3), 90, np.uint8), folder / "style.png")
            record = BrushRecord(
                folder, style.stem, style, photos, asdict(config), "2026-01-02T03:04:05+00:00"
            )
            yield from self._go(record, poll)

        return job

    def resume(self, folder: Path, minutes: float):
        self.minutes = minutes
        return lambda poll: self._go(read_record(folder), poll)

    def _go(self, record: BrushRecord, poll: Poll) -> Iterator[object]:
        write_record(record)
        yield StylePhaseChanged(StylePhase.LOADING)
        yield BrushStarted(record.folder, 3)
        yield StylePhaseChanged(StylePhase.TRAINING)
        for step in range(record.step + 1, record.step + 4):
            stats = BrushStats(step, 100, 1.0, 2.0, 0.5, 3.5, 10.0 * step, 3600.0 - 10.0 * step)
            with curve_log(record.folder, step, BrushStats) as curves:
                curves.add(stats)
            yield stats
            yield Preview(np.full((12, 12, 3), step, np.uint8), step)
        beat = threading.Event()
        while (ask := poll()) is not Ask.STOP:
            if ask is not None:
                self.asked.append(ask)
            beat.wait(0.005)
            yield StylePhaseChanged(StylePhase.TRAINING)
        record = replace(record, step=record.step + 3, elapsed_s=10.0 * (record.step + 3))
        write_record(record)
        yield BrushSaved(record.path, record.step)
        yield BrushFinished(record.path, stopped=True)


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch) -> Act:
    act = Act()
    monkeypatch.setattr("ganart.ui.pages.brush.train_brush", act.train)
    monkeypatch.setattr("ganart.ui.pages.brush.resume_brush", act.resume)
    return act


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "Nacht.png"
    save_png(np.full((8, 8, 3), 60, np.uint8), path)
    return path


@pytest.fixture
def mode(open_session: Session, act: Act, qtbot: QtBot) -> BrushMode:
    mode = BrushMode(open_session)
    qtbot.addWidget(mode)
    mode.resize(1100, 650)
    mode.show()
    return mode


@pytest.fixture
def live(mode: BrushMode, style: Path, qtbot: QtBot) -> BrushMode:
    mode.setup.set_style_picture(style)
    mode.setup.photos.add([style.parent])
    mode.setup.start_button.click()
    qtbot.waitUntil(lambda: len(mode.monitor.curves.plot.buffer) == 3, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: mode.monitor.record is not None, timeout=WAIT_MS)
    return mode


def stop(mode: BrushMode, session: Session, qtbot: QtBot) -> None:
    mode.monitor.controls.stop_button.click()
    qtbot.waitUntil(
        lambda: session.styling.run("brush") is None and not session.is_busy(), timeout=WAIT_MS
    )


def test_what_is_missing_is_said(mode, style):
    setup = mode.setup
    assert "painting" in setup.summary.text()
    setup.set_style_picture(style)
    assert "photos" in setup.summary.text()
    assert not setup.start_button.isEnabled()
    setup.photos.add([style.parent])
    assert setup.start_button.isEnabled()


def test_a_time_is_chosen_by_a_button_or_typed(mode):
    mode.setup.time._times.button(30).click()
    assert mode.setup.config().minutes == 30
    mode.setup.minutes.setValue(7.5)
    assert mode.setup.time._times.checkedId() == -1
    assert mode.setup.config() == BrushConfig(minutes=7.5)


def test_a_training_is_watched(live, act, qtbot):
    monitor = live.monitor
    assert monitor.title.text() == "Nacht"
    assert "left" in monitor.status.state.text()
    assert "steps: 3" in monitor.status.facts.text()
    qtbot.waitUntil(lambda: monitor.view.image().width() == 12, timeout=WAIT_MS)
    assert "3 steps" in monitor.caption.text()
    monitor.controls.sample_button.click()
    monitor.controls.save_button.click()
    qtbot.waitUntil(lambda: act.asked == [Ask.SAMPLE, Ask.SAVE], timeout=WAIT_MS)
    monitor.controls.pause_button.click()
    assert "Paused" in monitor.status.state.text()
    assert not live.setup.start_button.isEnabled()
    assert "training now" in live.works.list.item(0).data(0x0100 + 7)


def test_a_stopped_brush_can_be_used_and_trained_further(live, act, open_session, qtbot):
    stop(live, open_session, qtbot)
    controls = live.monitor.controls
    assert "trained further" in live.monitor.status.state.text()
    with qtbot.waitSignal(live.batch_wanted, timeout=WAIT_MS) as batch:
        controls.batch_button.click()
    with qtbot.waitSignal(live.photo_wanted, timeout=WAIT_MS) as photo:
        controls.photo_button.click()
    brush = open_session.project.brushes_folder / "Nacht" / "brush.safetensors"
    assert batch.args == photo.args == [brush]
    assert "the rest" in controls.minutes.text()
    controls.resume_button.click()
    qtbot.waitUntil(lambda: len(live.monitor.curves.plot.buffer) == 6, timeout=WAIT_MS)
    assert act.minutes == 0.0
    stop(live, open_session, qtbot)


def test_a_brush_can_be_discarded_on_the_second_click(live, open_session, qtbot):
    stop(live, open_session, qtbot)
    discard = live.monitor.controls.discard_button
    discard.click()
    assert (open_session.project.brushes_folder / "Nacht").exists()
    discard.click()
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert not (open_session.project.brushes_folder / "Nacht").exists()
    qtbot.waitUntil(lambda: not live.works.list.count(), timeout=WAIT_MS)


def test_the_one_that_is_shown_is_discarded_while_another_is_opened(live, open_session, qtbot):
    stop(live, open_session, qtbot)
    folder = open_session.project.brushes_folder
    (folder / "other").mkdir()
    write_record(replace(live.monitor.record, folder=folder / "other"))
    live.open_brush(folder / "other")
    live.monitor.controls.discard_button.confirmed.emit()
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert [each.name for each in folder.iterdir()] == ["other"]


def test_a_training_without_a_brush_does_not_say_that_one_was_saved(
    mode, style, monkeypatch, open_session, qtbot
):
    def train(style: Path, photos: tuple[Path, ...], config: BrushConfig, parent: Path):
        return lambda poll: iter([BrushFinished(parent / "brush.safetensors", stopped=True)])

    monkeypatch.setattr("ganart.ui.pages.brush.train_brush", train)
    with qtbot.waitSignal(open_session.notice, timeout=WAIT_MS) as told:
        mode.start(style, (style.parent,), BrushConfig())
    assert "before there was a brush" in told.args[0]
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)


@pytest.mark.parametrize("minutes", [1e308, 0, True, "ten", None])
def test_a_length_that_makes_no_sense_is_the_usual_one(tmp_path, minutes):
    config = {"minutes": minutes}
    record = BrushRecord(tmp_path, "a", tmp_path / "a.png", (), config, "2026-01-02T03:04:05+00:00")
    assert planned_minutes(record) == BrushConfig().minutes


def test_an_earlier_brush_is_opened_with_its_style_and_curves(live, open_session, qtbot):
    stop(live, open_session, qtbot)
    folder = open_session.project.folder
    open_session.close_project()
    open_session.open_project(folder)
    qtbot.waitUntil(lambda: live.works.list.count() == 1, timeout=WAIT_MS)
    live.works.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: live.monitor.view.image().width() == 8, timeout=WAIT_MS)
    assert live.stack.currentWidget() is live.monitor
    assert list(live.monitor.curves.plot.buffer.column("step")) == [1, 2, 3]
