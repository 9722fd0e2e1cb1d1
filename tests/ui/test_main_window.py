"""The window: pages, title, chips, notices, troubles and leaving."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QAccessible, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import End, Finished, Phase, PhaseChanged
from ganart.errors import DiskFull, FolderNotWritable, StudioError
from ganart.project.runs import Runs
from ganart.ui.dialogs.closing import LeaveDialog, Leaving
from ganart.ui.main_window import MainWindow, first_size
from ganart.ui.pages.dataset.keys_dialog import KeysDialog
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.pages.recent_list import _EXISTS
from ganart.ui.rail import RailButton
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

ERROR = DiskFull(folder="/art", needed="2 MB", free="1 MB")


class Acted:
    """A training that waits until it is stopped, and then ends with one record or an error."""

    ending: object = None

    def job(self, poll: Poll) -> Iterator[object]:
        yield PhaseChanged(Phase.TRAINING)
        pace = threading.Event()
        while poll() is not Ask.STOP:
            pace.wait(0.005)
        if isinstance(self.ending, StudioError):
            raise self.ending
        if self.ending is not None:
            yield self.ending


@pytest.fixture
def acted(monkeypatch: pytest.MonkeyPatch) -> Acted:
    """Put an acted training in place of real ones."""
    acted = Acted()
    monkeypatch.setattr("ganart.workers.trainings.training_job", lambda *_: acted.job)
    return acted


def answer(monkeypatch: pytest.MonkeyPatch, leaving: Leaving) -> None:
    """Let the question about a running training be answered so."""
    monkeypatch.setattr(LeaveDialog, "ask", lambda _self: leaving)


def drop(window: MainWindow, *paths: Path) -> None:
    """Drag files over the window and drop them, from a program that would rather move them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    place = QPointF(100, 100)
    enter = QDragEnterEvent(place.toPoint(), either, data, left, shift)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert window.veil.isVisible()
    event = QDropEvent(place, either, data, left, shift)
    assert event.proposedAction() is Qt.DropAction.MoveAction
    window.dropEvent(event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert not window.veil.isVisible()


def test_without_a_project_the_welcome_page_is_shown(window: MainWindow) -> None:
    assert window.pages.currentWidget() is window.pages.welcome
    assert window.rail.isHidden()
    assert window.windowTitle() == "GanArt Studio"
    assert not any(action.isEnabled() for action in window.commands.of_a_project)
    assert not window.commands.pause.isEnabled()


def test_an_opened_project_shows_its_dataset(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    assert window.commands.pages["dataset"].isChecked()
    assert not window.rail.isHidden()
    assert window.windowTitle() == "Tiles — GanArt Studio"
    assert all(action.isEnabled() for action in window.commands.of_a_project)
    session.close_project()
    assert window.pages.currentWidget() is window.pages.welcome
    assert window.pages.welcome.recent.count() == 1


@pytest.mark.parametrize(
    ("available", "size"),
    [((2560, 1400), (1280, 800)), ((1366, 738), (1280, 690)), ((1280, 800), (1264, 752))],
)
def test_the_first_window_fits_the_screen(
    available: tuple[int, int], size: tuple[int, int]
) -> None:
    assert first_size(QSize(*available)) == QSize(*size)


def test_every_page_fits_a_small_window(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    for page, action in window.commands.pages.items():
        action.trigger()
        needed = window.minimumSizeHint()
        assert (page, needed.width() <= 1000, needed.height() <= 700) == (page, True, True)


def test_pages_are_reached_by_their_keys(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    keys = {
        "train": "Ctrl+2",
        "explore": "Ctrl+3",
        "stylize": "Ctrl+4",
        "gallery": "Ctrl+5",
        "dataset": "Ctrl+1",
    }
    for page, key in keys.items():
        action = window.commands.pages[page]
        assert action.shortcut().toString() == key
        action.trigger()
        assert action.isChecked()
        assert type(window.pages.currentWidget()).__name__ == f"{page.title()}Page"
    qtbot.waitUntil(lambda: not session.is_busy())


def test_a_training_is_told_in_title_and_chip(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    toy_training: None,
) -> None:
    session.create_project(tmp_path / "Tiles")
    run = session.start_training(TrainConfig(), "sketch-32")
    qtbot.waitUntil(lambda: window.windowTitle() == "42 % — Tiles — GanArt Studio")
    assert "42 %" in window.status.job_chip.text()
    assert window.commands.save_now.isEnabled()
    window.commands.pause.trigger()
    assert run.is_paused()
    assert window.commands.pause.isChecked()
    assert "Paused" in window.status.job_chip.text()
    window.commands.pause.trigger()
    assert not run.is_paused()
    with qtbot.waitSignal(session.idle):
        window.commands.stop.trigger()
    assert window.windowTitle() == "Tiles — GanArt Studio"
    assert window.status.job_chip.isHidden()


def test_only_the_end_of_a_long_training_in_the_background_rings(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append("beep"))
    monkeypatch.setattr(QApplication, "alert", lambda _window: rung.append("alert"))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    window.status.watch.ended.emit(False, True)
    assert rung == []
    window.status.watch.ended.emit(True, False)
    assert rung == ["alert", "beep"]


def test_only_a_training_that_was_saved_is_said_to_be(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, acted: Acted
) -> None:
    session.create_project(tmp_path / "Tiles")
    for ending, said in ((Finished(End.STOPPED, None), True), (None, False), (ERROR, False)):
        window.statusBar().clearMessage()
        acted.ending = ending
        with qtbot.waitSignal(session.idle):
            session.start_training(TrainConfig(), "sketch-32").stop()
        assert ("saved" in window.statusBar().currentMessage()) is said
    assert window.errors.dialog is not None
    window.errors.dialog.reject()
    run = Runs(session.project.runs_folder).create({"side": 32}, "sketch-32")
    with qtbot.waitSignal(session.idle):
        session.discard_run(run.id)
    qtbot.waitUntil(lambda: "wastebasket" in window.statusBar().currentMessage())


@pytest.mark.parametrize("leaving", [Leaving.CANCEL, Leaving.KEEP_TRAINING])
def test_the_window_stays_while_training_goes_on(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    toy_training: None,
    monkeypatch: pytest.MonkeyPatch,
    leaving: Leaving,
) -> None:
    session.create_project(tmp_path / "Tiles")
    run = session.start_training(TrainConfig(), "sketch-32")
    answer(monkeypatch, leaving)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert run.is_running()
    assert window.isMinimized() is (leaving is Leaving.KEEP_TRAINING)


def test_only_quitting_moves_the_window_out_of_the_way(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    toy_training: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.create_project(tmp_path / "Tiles")
    session.start_training(TrainConfig(), "sketch-32")
    answer(monkeypatch, Leaving.KEEP_TRAINING)
    window.desk.close()
    assert session.project is not None
    assert not window.isMinimized()


def test_leaving_stops_the_training_and_closes_the_project(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    toy_training: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.create_project(tmp_path / "Tiles")
    run = session.start_training(TrainConfig(), "sketch-32")
    answer(monkeypatch, Leaving.STOP_AND_SAVE)
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()
    assert not run.is_running()
    assert session.project is None


def test_a_training_that_could_not_be_saved_keeps_the_window_open(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    acted: Acted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.create_project(tmp_path / "Tiles")
    acted.ending = ERROR
    session.start_training(TrainConfig(), "sketch-32")
    answer(monkeypatch, Leaving.STOP_AND_SAVE)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert session.project is not None
    assert window.errors.dialog is not None
    window.errors.dialog.reject()


def test_the_window_comes_back_in_its_size(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    window.resize(713, 640)
    window.close()
    again = MainWindow(session)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (713, 640)


def test_troubles_are_shown_one_after_the_other_and_once(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    first, second = ErrorReport(ERROR, "one", ""), ErrorReport(None, "two", "")
    for report in (first, first, second):
        session.failed.emit(report)
    assert window.errors.dialog is not None
    assert "disk" in window.errors.dialog.message()
    window.errors.dialog.reject()
    assert "two" in window.errors.dialog.message()
    window.errors.dialog.reject()
    assert window.errors.dialog is None
    session.failed.emit(first)
    assert window.errors.dialog is not None
    window.errors.dialog.reject()


def test_a_fault_of_a_job_joins_the_log_and_an_expected_trouble_does_not(
    window: MainWindow, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    session.failed.emit(ErrorReport(None, "two", "Traceback: line 7"))
    session.failed.emit(ErrorReport(ERROR, "one", "Traceback: line 8"))
    assert "line 7" in caplog.text
    assert "line 8" not in caplog.text
    while window.errors.dialog is not None:
        window.errors.dialog.reject()


def test_a_warning_is_a_notice_that_can_be_hidden(window: MainWindow, session: Session) -> None:
    session.warned.emit(ERROR)
    assert window.notice.text() == str(ERROR)
    window.notice._close.click()
    assert window.notice.text() == ""


def test_warnings_wait_for_one_another_and_are_told_once(
    window: MainWindow, session: Session
) -> None:
    other = FolderNotWritable(folder="/art", reason="read-only")
    for warning in (ERROR, other, ERROR, other):
        session.warned.emit(warning)
    told = []
    while window.notice.text():
        told.append(window.notice.text())
        window.notice._close.click()
    assert told == [str(ERROR), str(other)]
    assert window.notice.isHidden()


def test_a_warning_on_opening_a_project_stays_to_be_read(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, _limit: int) -> None:
        raise ERROR

    monkeypatch.setattr(session.recent, "add", refuse)
    session.create_project(tmp_path / "Tiles")
    assert window.notice.text() == str(ERROR)
    session.close_project()
    assert window.notice.text() == ""


def test_a_training_cut_short_is_offered_on_opening(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    assert session.project is not None
    folder = session.project.folder
    Runs(session.project.runs_folder).create({"side": 32}, "sketch-32")
    session.close_project()
    assert session.open_project(folder)
    assert "cut short" in window.notice.text()
    session.close_project()
    assert window.notice.text() == ""


def test_the_device_chip_tells_more_when_it_is_used(window: MainWindow) -> None:
    window.status.device_chip.show_device(
        SimpleNamespace(
            kind="cpu",
            name="A processor",
            reason="it is the only one",
            memory_total=0,
            memory_free=0,
            threads=8,
        )
    )
    window.status.device_chip.click()
    box = window.findChild(QMessageBox)
    assert "A processor" in box.text()
    box.accept()


def test_a_dropped_folder_joins_the_dataset(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, pictures_folder: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    with qtbot.waitSignal(session.dataset_changed):
        drop(window, pictures_folder)
    qtbot.waitUntil(lambda: not session.is_busy())


def test_a_dropped_project_opens(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    assert session.project is not None
    folder = session.project.folder
    session.close_project()
    drop(window, folder)
    qtbot.waitUntil(lambda: session.project is not None)
    assert session.project.folder == folder


def test_a_dropped_picture_without_a_recipe_joins_the_dataset(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, pictures_folder: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    with qtbot.waitSignal(session.dataset_changed):
        drop(window, next(pictures_folder.iterdir()))
    qtbot.waitUntil(lambda: not session.is_busy())


def test_the_sample_project_is_made_once(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    with qtbot.waitSignal(session.scan_changed):
        window.desk.open_sample()
    session.cancel_scan()
    qtbot.waitUntil(lambda: not session.is_busy())
    session.close_project()
    window.desk.open_sample()
    assert session.project is not None
    assert session.scanning is None
    qtbot.waitUntil(lambda: not session.is_busy())


def test_missing_recent_projects_turn_grey_in_the_menu(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    for name in ("here", "gone"):
        session.create_project(tmp_path / name)
    session.close_project()
    (tmp_path / "gone.ganart").rename(tmp_path / "elsewhere")
    menu = window.recent._menu
    menu.aboutToShow.emit()

    def states() -> dict[str, bool]:
        return {action.text(): action.isEnabled() for action in menu.actions()}

    assert states().keys() == {"gone", "here"}
    qtbot.waitUntil(lambda: states() == {"gone": False, "here": True})
    menu.actions()[1].trigger()
    assert session.project is not None
    assert session.project.name == "here"


def test_a_recent_or_dropped_project_that_is_gone_is_told(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "gone")
    session.close_project()
    (tmp_path / "gone.ganart").rename(tmp_path / "elsewhere")
    recent = window.pages.welcome.recent
    recent.itemActivated.emit(recent.item(0))
    assert window.errors.dialog is not None
    assert "nothing at" in window.errors.dialog.message()
    window.errors.dialog.reject()
    qtbot.waitUntil(lambda: not recent.item(0).data(_EXISTS))
    drop(window, tmp_path / "other.ganart")
    qtbot.waitUntil(lambda: window.errors.dialog is not None)
    assert "other.ganart" in window.errors.dialog.message()
    window.errors.dialog.reject()


def test_a_project_that_is_gone_stops_nothing(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    acted: Acted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, Leaving.STOP_AND_SAVE)
    session.create_project(tmp_path / "Tiles")
    run = session.start_training(TrainConfig(), "sketch-32")
    assert not window.desk.open(tmp_path / "gone.ganart")  # without asking whether to stop
    assert window.errors.dialog is not None
    assert "nothing at" in window.errors.dialog.message()
    window.errors.dialog.reject()
    assert not run.is_stopping()
    with qtbot.waitSignal(session.idle):
        run.stop()


def test_a_share_that_does_not_answer_holds_up_neither_the_window_nor_a_project(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.create_project(tmp_path / "Tiles")
    session.close_project()
    answers = threading.Event()
    found = session.recent.list()
    monkeypatch.setattr(session.recent, "list", lambda: found if answers.wait(20) else ())
    window = MainWindow(session)
    qtbot.addWidget(window)
    assert window.pages.welcome.recent.count() == 1
    window.desk.open(found[0].path)
    window.desk.close()
    assert session.project is None
    answers.set()
    assert session.shutdown(20)


def test_every_action_and_button_can_be_named_and_reached(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    shortcuts = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    for action in window.actions():
        assert action.shortcuts() or "&" in action.text()
    for button in window.findChildren(QAbstractButton):
        if button.focusPolicy() != Qt.FocusPolicy.NoFocus and button.isVisible():
            name = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
            assert name, button


def test_a_chosen_page_has_the_keys_also_after_a_menu_was_left(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, pictures_folder: Path
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar = window.menuBar()
    session.create_project(tmp_path / "Tiles")
    with qtbot.waitSignal(session.idle, timeout=WAIT_MS):
        session.add_folders([pictures_folder])
    page = window.pages.currentWidget()
    assert isinstance(page, DatasetPage)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    assert QApplication.focusWidget() is page.pictures.grid  # which took the place of the button
    for key, action in window.commands.pages.items():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is bar
        action.trigger()
        focus = QApplication.focusWidget()
        assert focus is not None, key
        assert window.pages.currentWidget().isAncestorOf(focus), key
        assert bar.activeAction() is None, key
    window.commands.pages["dataset"].trigger()
    assert QApplication.focusWidget() is page.pictures.grid
    QTest.keyClick(QApplication.focusWidget(), "?")
    assert window.findChild(KeysDialog) is not None
    session.close_project()
    assert QApplication.focusWidget() is window.pages.welcome.cards[0]


def test_the_keys_move_the_canvas_of_a_page_that_is_shown_by_its_shortcut(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    session.create_project(tmp_path / "Tiles")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.commands.pages["train"].trigger()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.pages.currentWidget()
    assert isinstance(page, ExplorePage)
    assert page.canvas.map.hasFocus()
    page.tabs.setCurrentWidget(page.loop)
    window.commands.pages["train"].trigger()
    window.commands.pages["explore"].trigger()
    assert not page.canvas.map.hasFocus()
    page.tabs.setCurrentWidget(page.canvas)
    window.rail.setFocus()
    button = next(each for each in window.rail.findChildren(RailButton) if each.isChecked())
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.hasFocus()  # who walks along the rail stays there
    qtbot.mouseClick(window.rail.button("gallery"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.rail.button("explore"), Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    page.canvas.map.setFocus()
    qtbot.mouseClick(window.rail.button("dataset"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.rail.button("explore"), Qt.MouseButton.LeftButton)
    assert page.canvas.map.hasFocus()  # a click is for the page
