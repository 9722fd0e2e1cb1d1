"""Help ▸ Look for a newer version, and what is told at the start to whoever wants that."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import ganart
from ganart.settings.paths import updates_file
from ganart.settings.store import Settings
from ganart.ui.dialogs.settings import SettingsDialog
from ganart.ui.dialogs.updates import UpdatesDialog
from ganart.ui.main_window import MainWindow
from ganart.updates.asking import SILENCE_S
from ganart.updates.memory import WEEK_S, UpdateMemory
from ganart.updates.question import releases_document
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS
from tests.ui.test_mnemonics import ambiguous
from tests.unit.releases import ReleaseServer, release_server, send

NOW_S = 1_800_000_000.0
START = """
import sys
from pathlib import Path
from ganart.updates import question
question.resource = lambda name: Path(sys.argv[1]) / name
import ganart.app
ganart.app._UPDATES_MS = 0
ganart.app._WARM_UP_MS = 100_000
from ganart.ui import update_desk
look = update_desk.UpdateDesk.look
def look_and_close(self):
    look(self)
    ganart.app.QTimer.singleShot(int(sys.argv[2]), self._window.close)
update_desk.UpdateDesk.look = look_and_close
sys.exit(ganart.app.main([]))
"""
"""Opens the studio, which looks at once, and closes it so many milliseconds later."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with release_server() as server:
        yield server


@pytest.fixture
def released(server: ReleaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the studio know the server; return the folder of the file that tells of it."""
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / "releases.json").write_bytes(releases_document(server.question.url))
    monkeypatch.setattr("ganart.updates.question.resource", lambda name: folder / name)
    return folder


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list whose last number is the time."""
    times = [NOW_S]
    monkeypatch.setattr("ganart.ui.update_desk.time.time", lambda: times[-1])
    return times


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, server: ReleaseServer) -> UpdatesDialog:
    dialog = UpdatesDialog(session, server.question)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the addresses that went to the browser."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    return opened


def ask(qtbot: QtBot, dialog: UpdatesDialog) -> None:
    dialog.ask.click()
    qtbot.waitUntil(lambda: dialog.run is None, timeout=WAIT_MS)


def button(window: MainWindow, text: str) -> QPushButton:
    (found,) = (each for each in window.notice.findChildren(QPushButton) if each.text() == text)
    assert found.isVisible()
    return found


def look(window: MainWindow, session: Session) -> None:
    """Do what the start does, to its end."""
    window.updates.look()
    assert session._apart.wait_for_jobs(20)


def test_it_shows_what_it_would_ask_and_asks_nothing(
    dialog: UpdatesDialog, server: ReleaseServer
) -> None:
    assert dialog.request.text() == server.question.text()
    assert server.question.host in dialog.words.text()
    assert ganart.__version__ in dialog.verdict.text()
    assert dialog.ask.hasFocus()
    assert not dialog.open_page.isVisible()
    assert not dialog.at_start.isChecked()
    assert ambiguous(dialog) == []
    dialog.reject()
    assert server.asked == []


def test_a_newer_version_is_shown_with_what_is_new_and_its_page(
    qtbot: QtBot, dialog: UpdatesDialog, server: ReleaseServer, opened: list[str]
) -> None:
    server.answer = server.tell("v99.0.0", body="<b>bold</b>\n- Brushes")
    ask(qtbot, dialog)
    assert server.asked == [dialog.request.text()]
    assert "99.0.0" in dialog.verdict.text()
    assert dialog.notes.toPlainText() == "<b>bold</b>\n- Brushes"
    assert ambiguous(dialog) == []
    assert opened == []
    qtbot.waitUntil(dialog.open_page.hasFocus)
    dialog.open_page.click()
    assert opened == [f"{server.address}/artists/studio/releases/tag/v99.0.0"]
    assert QUrl(opened[0]).isValid()


def test_the_newest_version_is_enough(
    qtbot: QtBot, dialog: UpdatesDialog, server: ReleaseServer
) -> None:
    server.answer = server.tell(f"v{ganart.__version__}")
    ask(qtbot, dialog)
    assert "newest" in dialog.verdict.text()
    assert not dialog.notes.isVisible()
    assert not dialog.open_page.isVisible()


def test_a_trouble_is_told_in_place_and_it_can_be_asked_again(
    qtbot: QtBot, dialog: UpdatesDialog, server: ReleaseServer
) -> None:
    server.answer = lambda handler: send(handler, b"", 429)
    ask(qtbot, dialog)
    assert "no more questions" in dialog.verdict.text()
    assert "in an hour" in dialog.more.text()
    server.answer = server.tell("v99.0.0")
    ask(qtbot, dialog)
    assert "99.0.0" in dialog.verdict.text()
    assert not dialog.more.isVisible()


def test_closing_it_ends_the_question(
    qtbot: QtBot, dialog: UpdatesDialog, server: ReleaseServer
) -> None:
    server.answer = server.hang
    dialog.ask.click()
    assert not dialog.ask.isEnabled()
    qtbot.waitUntil(lambda: bool(server.asked), timeout=WAIT_MS)
    run = dialog.run
    assert run is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not run.is_running(), timeout=WAIT_MS)
    server.let_go.set()


def test_without_an_address_it_says_so_and_offers_nothing(qtbot: QtBot, session: Session) -> None:
    dialog = UpdatesDialog(session, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "This copy of the studio does not know" in dialog.words.text()
    assert not dialog.ask.isVisible()
    assert not dialog.request.isVisible()
    assert not dialog.at_start.isEnabled()


def test_the_wish_to_be_told_at_the_start_is_kept(
    dialog: UpdatesDialog, session: Session, qtbot: QtBot
) -> None:
    assert Settings().get("ask_for_updates") is False
    dialog.at_start.click()
    assert Settings().get("ask_for_updates") is True
    again = UpdatesDialog(session, dialog._question)
    qtbot.addWidget(again)
    assert again.at_start.isChecked()
    again.at_start.click()
    assert Settings().get("ask_for_updates") is False


def test_the_settings_offer_it_where_somebody_can_be_asked(
    qtbot: QtBot, released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    assert dialog.controls["ask_for_updates"].isEnabled()
    (released / "releases.json").unlink()
    without = SettingsDialog(Settings())
    qtbot.addWidget(without)
    control = without.controls["ask_for_updates"]
    assert isinstance(control, QCheckBox)
    assert not control.isEnabled()
    said = [label.text() for label in without.findChildren(QLabel)]
    assert any("This copy of the studio does not know" in text for text in said)


def test_nobody_is_asked_at_the_start_unless_that_was_wished(
    window: MainWindow, session: Session, server: ReleaseServer, released: Path
) -> None:
    server.answer = server.tell("v99.0.0")
    look(window, session)
    assert server.asked == []
    assert not updates_file().exists()


def test_where_nobody_can_be_asked_the_wish_does_nothing(
    window: MainWindow, session: Session
) -> None:
    session.change_setting("ask_for_updates", True)
    look(window, session)
    assert not updates_file().exists()


def test_a_newer_version_is_told_at_the_start_once_a_week(
    window: MainWindow,
    session: Session,
    server: ReleaseServer,
    released: Path,
    clock: list[float],
) -> None:
    server.answer = server.tell("v99.0.0")
    session.change_setting("ask_for_updates", True)
    look(window, session)
    assert "99.0.0" in window.notice.text()
    window.notice.clear()
    clock.append(NOW_S + WEEK_S - 1)
    look(window, session)
    assert window.notice.text() == ""
    assert len(server.asked) == 1
    clock.append(NOW_S + WEEK_S)
    look(window, session)
    assert "99.0.0" in window.notice.text()


def test_what_is_not_wanted_now_is_not_told_again(
    window: MainWindow,
    session: Session,
    server: ReleaseServer,
    released: Path,
    clock: list[float],
) -> None:
    server.answer = server.tell("v99.0.0")
    session.change_setting("ask_for_updates", True)
    look(window, session)
    button(window, "Not now").click()
    assert window.notice.isHidden()
    assert UpdateMemory().passed_over() == "99.0.0"
    clock.append(NOW_S + WEEK_S)
    look(window, session)
    assert len(server.asked) == 2
    assert window.notice.text() == ""


def test_what_is_new_is_shown_without_asking_again(
    window: MainWindow,
    session: Session,
    server: ReleaseServer,
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        UpdatesDialog, "exec", lambda dialog: shown.append(dialog.notes.toPlainText())
    )
    server.answer = server.tell("v99.0.0", body="- Brushes")
    session.change_setting("ask_for_updates", True)
    look(window, session)
    button(window, "What is new").click()
    assert shown == ["- Brushes"]
    window.commands.updates.trigger()
    assert shown[1] == ""
    assert len(server.asked) == 1


def test_troubles_at_the_start_are_silent(
    qtbot: QtBot, window: MainWindow, session: Session, server: ReleaseServer, released: Path
) -> None:
    server.answer = lambda handler: send(handler, b"<html>", 200)
    session.change_setting("ask_for_updates", True)
    with qtbot.assertNotEmitted(session.failed), qtbot.assertNotEmitted(session.warned):
        look(window, session)
    assert len(server.asked) == 1
    assert window.notice.text() == ""


def test_a_server_that_hangs_does_not_hold_the_end(
    qtbot: QtBot, window: MainWindow, session: Session, server: ReleaseServer, released: Path
) -> None:
    server.answer = server.hang
    session.change_setting("ask_for_updates", True)
    window.updates.look()
    qtbot.waitUntil(lambda: bool(server.asked), timeout=WAIT_MS)
    assert session.shutdown(SILENCE_S / 2)
    server.let_go.set()


def test_that_it_cannot_be_remembered_is_told(
    window: MainWindow,
    session: Session,
    server: ReleaseServer,
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    server.answer = server.tell("v99.0.0")
    session.change_setting("ask_for_updates", True)
    look(window, session)
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("GANART_HOME", str(tmp_path / "taken"))
    button(window, "Not now").click()
    assert "cannot be written (Not a directory)" in window.notice.text()


@pytest.mark.parametrize("answers", [True, False])
def test_a_start_asks_and_the_end_does_not_wait_for_an_answer(
    server: ReleaseServer, released: Path, answers: bool
) -> None:
    server.answer = server.tell("v99.0.0") if answers else server.hang
    Settings().set("ask_for_updates", True)
    done = subprocess.run(
        [sys.executable, "-c", START, str(released), "700"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    server.let_go.set()
    assert done.returncode == 0, done.stderr
    assert server.asked == [server.question.text()]
    log = (Path(os.environ["GANART_HOME"]) / "logs" / "ganart.log").read_text("utf-8")
    assert "did not end" not in log
