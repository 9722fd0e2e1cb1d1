"""The mode for many photos: set up, watched, stopped, gone on with, put in another order."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from pytestqt.qtbot import QtBot

from ganart.datasets.errors import Reason, Unreadable
from ganart.engine.asks import Ask, Poll
from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.batch_records import BatchItem
from ganart.engine.style.batch_sources import SourcePhoto
from ganart.engine.style.events import BatchFinished, BatchStarted, ItemEnded, ItemState
from ganart.engine.style.looks import Ingredient, Look
from ganart.media.pictures import save_png
from ganart.ui.pages.batch import BatchMode
from ganart.ui.pages.batch_queue import moved_up
from ganart.ui.widgets.two_lines import SECOND_LINE
from ganart.workers.image_loader import LoadedImage
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

pytestmark = pytest.mark.usefixtures("no_quick_looks")
STARRY = Look("built-in", (Ingredient("starry"),))
WOODCUT = Look("built-in", (Ingredient("woodcut"),), strength=0.5)


class Act:
    """Batches with a real journal in which nothing is computed."""

    def __init__(self) -> None:
        self.pauses_after = 2
        self.fails = ""
        """Name of a photo that cannot be read."""

    def start(self, plan: BatchPlan, parent: Path):
        def job(poll: Poll) -> Iterator[object]:
            photos = sorted(path for source in plan.sources for path in source.iterdir())
            with Journal.create(parent, plan) as journal:
                journal.add([SourcePhoto(path) for path in photos])
                yield from self._go(journal, poll)

        return job

    def resume(self, folder: Path):
        def job(poll: Poll) -> Iterator[object]:
            with Journal(folder) as journal:
                yield from self._go(journal, poll)

        return job

    def retry(self, folder: Path):
        def job(poll: Poll) -> Iterator[object]:
            with Journal(folder) as journal:
                journal.retry()
                yield from self._go(journal, poll)

        return job

    def _go(self, journal: Journal, poll: Poll) -> Iterator[object]:
        counts = journal.counts()
        yield BatchStarted(journal.folder, counts.total, counts.ended)
        made, beat, stopped = 0, threading.Event(), False
        while (waiting := _waiting(journal)) and not stopped:
            if made == self.pauses_after:
                beat.wait(0.005)
                stopped = poll() is Ask.STOP
                continue
            item = waiting[0]
            made += 1
            yield self._end(journal, item)
        counts = journal.counts()
        yield BatchFinished(journal.folder, counts.done, counts.skipped, counts.failed, stopped)

    def _end(self, journal: Journal, item: BatchItem) -> ItemEnded:
        error, result, state = None, None, ItemState.DONE
        if item.photo.path.name == self.fails:
            error, state = Unreadable(item.photo.path, Reason.DAMAGED), ItemState.FAILED
        else:
            result = journal.plan.output.folder / item.target
            result.parent.mkdir(parents=True, exist_ok=True)
            save_png(np.full((8, 8, 3), 40, np.uint8), result)
            journal.intend(item.id, result, "0")
        journal.settle(item.id, state, str(error or ""))
        counts = journal.counts()
        return ItemEnded(
            item.id,
            item.photo.path,
            item.look,
            state,
            result,
            error,
            counts.ended,
            counts.total,
            90.0,
        )


def _waiting(journal: Journal) -> list[BatchItem]:
    return [item for item in journal.items() if item.state is ItemState.WAITING]


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch) -> Act:
    act = Act()
    monkeypatch.setattr("ganart.ui.pages.batch.start_batch", act.start)
    monkeypatch.setattr("ganart.ui.pages.batch.resume_batch", act.resume)
    monkeypatch.setattr("ganart.ui.pages.batch.retry_batch", act.retry)
    return act


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "Fotos"
    folder.mkdir()
    for name in "abcd":
        save_png(np.full((8, 8, 3), 200, np.uint8), folder / f"{name}.png")
    return folder


@pytest.fixture
def mode(open_session: Session, act: Act, qtbot: QtBot) -> BatchMode:
    mode = BatchMode(open_session)
    qtbot.addWidget(mode)
    mode.resize(1100, 650)
    mode.show()
    return mode


def choose(mode: BatchMode, photos: Path, *looks: Look) -> None:
    mode.add_sources([photos])
    mode.setup.looks.show_looks(looks or (STARRY,))


def begin(mode: BatchMode, qtbot: QtBot, done: int) -> None:
    mode.setup.start_button.click()
    wait_for(mode, qtbot, done)


def wait_for(mode: BatchMode, qtbot: QtBot, ended: int) -> None:
    qtbot.waitUntil(lambda: mode.monitor.queue.model.counts().ended == ended, timeout=WAIT_MS)


def at_rest(mode: BatchMode, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: session.styling.run("batch") is None and not session.is_busy(), timeout=WAIT_MS
    )


def queue(mode: BatchMode) -> list[str]:
    model = mode.monitor.queue.filter
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# Before


def test_what_is_missing_is_said_and_nothing_starts_without_it(mode, photos):
    setup = mode.setup
    assert not setup.start_button.isEnabled()
    assert "Add photos" in setup.summary.text()
    mode.add_sources([photos])
    assert "look" in setup.summary.text()
    setup.looks.show_looks((STARRY,))
    assert setup.start_button.isEnabled()


def test_the_look_of_the_panel_is_used_until_there_is_a_list(mode):
    looks = mode.setup.looks
    assert looks.looks() == ()
    looks.panel.show_choice(looks.panel.choice().__class__("built-in", built_in=("starry",)))
    assert looks.looks() == (STARRY,)
    looks.add()
    looks.add()  # the same one twice is one
    looks.panel.show_choice(looks.panel.choice().__class__("built-in", built_in=("ember",)))
    looks.add()
    assert [each.ingredients[0].source for each in looks.looks()] == ["starry", "ember"]


def test_dropped_files_are_listed_once_and_can_be_taken_out(mode, photos, qtbot):
    sources = mode.setup.sources
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photos)), QUrl.fromLocalFile(str(photos / "a.png"))])
    for _ in range(2):
        sources.list.dropEvent(
            QDropEvent(
                QPointF(9, 9),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
    assert sources.paths() == (photos, photos / "a.png")
    sources.list.item(0).setSelected(True)
    qtbot.keyClick(sources.list, Qt.Key.Key_Delete)
    assert sources.paths() == (photos / "a.png",)
    assert photos.exists()


def test_the_options_make_the_plan_and_are_recalled_in_the_project(
    mode, photos, open_session, qtbot
):
    choose(mode, photos)
    form = mode.setup.output
    form.pattern.setText("{number} {name}")
    form.format.setCurrentIndex(form.format.findData("png"))
    form.existing.setCurrentIndex(form.existing.findData("number"))
    form.gps.setChecked(True)
    assert not form.quality.isEnabled()
    assert "0001 panda.png" in form.example.text()
    begin(mode, qtbot, 2)
    mode.monitor.stop()
    at_rest(mode, open_session, qtbot)
    output = mode.monitor.record.plan.output
    assert (output.pattern, output.format, output.existing) == ("{number} {name}", "png", "number")
    assert output.keep_gps
    assert output.folder == open_session.project.artworks_folder / "stylized"
    folder = open_session.project.folder
    open_session.close_project()
    form.pattern.setText("x")
    open_session.open_project(folder)
    assert form.output().pattern == "{number} {name}"


def test_overwriting_is_asked_before_the_start(mode, photos, open_session, qtbot):
    choose(mode, photos)
    form = mode.setup.output
    form.existing.setCurrentIndex(form.existing.findData("overwrite"))
    assert not mode.setup.start_button.isVisible()
    mode.setup.overwrite_button.click()
    assert open_session.styling.run("batch") is None
    mode.setup.overwrite_button.click()
    wait_for(mode, qtbot, 2)


# While it runs and after


def test_a_batch_is_watched_stopped_and_gone_on_with(mode, act, photos, open_session, qtbot):
    choose(mode, photos, STARRY, WOODCUT)
    begin(mode, qtbot, 2)
    monitor = mode.monitor
    assert monitor.title.text() == "Fotos"
    assert "Starry strokes" in monitor.about.text()
    assert "50 %" in monitor.about.text()
    qtbot.waitUntil(lambda: "2 of 8" in monitor.status.facts.text(), timeout=WAIT_MS)
    assert "left" in monitor.status.state.text()
    qtbot.waitUntil(monitor.view.has_after, timeout=WAIT_MS)
    monitor.controls.stop_button.click()
    at_rest(mode, open_session, qtbot)
    assert mode.works.list.count() == 1
    assert monitor.controls.go_on_button.isVisible()
    act.pauses_after = 100
    monitor.controls.go_on_button.click()
    at_rest(mode, open_session, qtbot)
    assert monitor.status.state.text() == "Finished."
    assert not monitor.controls.go_on_button.isVisible()
    assert len(list((open_session.project.artworks_folder / "stylized").iterdir())) == 8


def test_a_batch_goes_on_after_the_project_was_closed(mode, act, photos, open_session, qtbot):
    choose(mode, photos)
    begin(mode, qtbot, 2)
    folder = open_session.project.folder
    assert open_session.close_project()
    assert open_session.open_project(folder)
    qtbot.waitUntil(lambda: mode.works.list.count() == 1, timeout=WAIT_MS)
    assert mode.stack.currentWidget() is mode.setup
    mode.works.list.setCurrentRow(0)
    wait_for(mode, qtbot, 2)
    act.pauses_after = 100
    mode.monitor.controls.go_on_button.click()
    at_rest(mode, open_session, qtbot)
    assert mode.monitor.queue.model.counts().done == 4


def test_pausing_holds_it(mode, photos, qtbot):
    choose(mode, photos)
    begin(mode, qtbot, 2)
    mode.monitor.controls.pause_button.click()
    assert mode.monitor.status.state.text() == "Paused."
    mode.monitor.controls.pause_button.click()
    assert "left" in mode.monitor.status.state.text()


def test_waiting_photos_are_put_in_another_order(mode, act, photos, open_session, qtbot):
    act.pauses_after = 1
    choose(mode, photos)
    begin(mode, qtbot, 1)
    assert queue(mode) == ["a.png", "b.png", "c.png", "d.png"]
    view = mode.monitor.queue
    assert not view.next_button.isEnabled()
    view.table.selectRow(3)
    view.next_button.click()
    qtbot.waitUntil(
        lambda: [name for name in queue(mode) if name != "a.png"][:1] == ["d.png"], timeout=WAIT_MS
    )
    assert [item.photo.path.name for item in view.chosen_items()] == ["d.png"]
    view.down_button.click()
    qtbot.waitUntil(
        lambda: [name for name in queue(mode) if name != "a.png"][1:2] == ["d.png"], timeout=WAIT_MS
    )
    mode.monitor.stop()
    at_rest(mode, open_session, qtbot)
    act.pauses_after = 2
    mode.monitor.controls.go_on_button.click()
    wait_for(mode, qtbot, 3)
    waiting = view.model.waiting()
    assert [each.photo.path.name for each in view.model._items if each.id in waiting] == ["c.png"]


def test_a_failed_photo_says_why_and_is_tried_again(mode, act, photos, open_session, qtbot):
    act.fails, act.pauses_after = "b.png", 100
    choose(mode, photos)
    mode.setup.start_button.click()
    at_rest(mode, open_session, qtbot)
    wait_for(mode, qtbot, 4)
    assert "failed: 1" in mode.monitor.status.facts.text()
    view = mode.monitor.queue
    view.states.setCurrentIndex(view.states.findData(ItemState.FAILED))
    assert queue(mode) == ["b.png"]
    view.table.selectRow(0)
    assert "b.png" in mode.monitor.notice.text()
    act.fails = ""
    mode.monitor.controls.retry_button.click()
    at_rest(mode, open_session, qtbot)
    assert mode.monitor.queue.model.counts().done == 4
    assert not mode.monitor.controls.retry_button.isVisible()


def test_results_become_training_pictures(mode, act, photos, open_session, qtbot):
    act.pauses_after = 100
    choose(mode, photos)
    mode.setup.start_button.click()
    at_rest(mode, open_session, qtbot)
    with (
        qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS),
        qtbot.waitSignal(mode.page_wanted, timeout=WAIT_MS) as to,
    ):
        mode.monitor.controls.train_button.click()
    assert to.args == ["dataset"]


def test_a_batch_can_be_repeated_and_taken_off_the_list(mode, act, photos, open_session, qtbot):
    act.pauses_after = 100
    choose(mode, photos, STARRY, WOODCUT)
    mode.setup.start_button.click()
    at_rest(mode, open_session, qtbot)
    mode.setup.sources.clear()
    mode.monitor.controls.again_button.click()
    assert mode.setup.plan().looks == (STARRY, WOODCUT)
    assert mode.setup.sources.paths() == (photos,)
    mode.works.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: mode.stack.currentWidget() is mode.monitor, timeout=WAIT_MS)
    forget = mode.monitor.controls.forget_button
    forget.click()
    forget.click()
    at_rest(mode, open_session, qtbot)
    assert not list(open_session.project.batches_folder.iterdir())
    assert len(list((open_session.project.artworks_folder / "stylized").iterdir())) == 8


def test_what_is_shown_is_gone_on_with_while_another_is_opened(
    mode, act, photos, open_session, qtbot
):
    choose(mode, photos)
    begin(mode, qtbot, 2)
    mode.monitor.stop()
    at_rest(mode, open_session, qtbot)
    shown = mode.monitor.record.folder
    mode._wanted = shown.with_name("another")  # chosen in the list, and not read yet
    mode.monitor.controls.go_on_button.click()
    mode.read_batches()  # before the job has told that it has begun
    qtbot.waitUntil(lambda: "at work" in mode.works.list.item(0).data(SECOND_LINE), timeout=WAIT_MS)
    wait_for(mode, qtbot, 4)
    at_rest(mode, open_session, qtbot)
    assert mode.monitor.record.folder == shown


def test_what_is_shown_is_taken_off_while_another_is_opened(mode, photos, open_session, qtbot):
    choose(mode, photos)
    for _ in range(2):
        mode.show_setup()
        begin(mode, qtbot, 2)
        mode.monitor.stop()
        at_rest(mode, open_session, qtbot)
    shown = mode.monitor.record.folder
    (other,) = set(open_session.project.batches_folder.iterdir()) - {shown}
    mode.open_batch(other)
    mode.monitor.controls.forget_button.confirmed.emit()
    at_rest(mode, open_session, qtbot)
    assert other.exists()
    assert not shown.exists()


def test_the_results_are_asked_for_below_the_photos_in_a_narrow_window(mode, qtbot):
    setup = mode.setup
    results, looks = setup.output.parentWidget(), setup.looks.parentWidget()
    mode.resize(2000, 700)
    qtbot.waitUntil(lambda: results.x() > looks.x(), timeout=WAIT_MS)
    mode.resize(700, 700)
    qtbot.waitUntil(lambda: results.x() < looks.x() and results.y() > 0, timeout=WAIT_MS)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_result_is_shown_alone_where_its_photo_cannot_be_read(mode, tmp_path, order):
    view = mode.monitor.view
    old, photo, result = (tmp_path / name for name in ("old.png", "photo.png", "result.png"))
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    view.show_files(old, None)
    view._on_loaded(LoadedImage(old, 1600, QImage(3, 3, QImage.Format.Format_RGB32)))
    view.show_files(photo, result)
    answers = (LoadedImage(photo, 1600, QImage()), LoadedImage(result, 1600, image))
    view._on_loaded(answers[order[0]])
    assert not view.has_after()
    view._on_loaded(answers[order[1]])
    assert view.image().size() == image.size()
    view.show_files(photo, None)
    view._on_loaded(answers[0])
    assert view.image().isNull()  # not the picture that was there before


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [({3}, [1, 3, 2]), ({1}, [1, 2, 3]), ({2, 3}, [2, 3, 1]), (set(), [1, 2, 3])],
)
def test_moving_up(chosen, expected):
    assert moved_up([1, 2, 3], chosen) == expected
