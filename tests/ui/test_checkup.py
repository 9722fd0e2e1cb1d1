"""Help ▸ Check this computer, and the report for whoever helps."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ganart.engine import checkup as checkups
from ganart.settings.paths import log_folder
from ganart.ui.dialogs.checkup import CheckupDialog
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[CheckupDialog]:
    session = Session()
    dialog = CheckupDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(lambda: dialog.checked is not None, timeout=WAIT_MS)
    yield dialog
    assert session.shutdown(20)


def test_it_tells_what_was_found_and_can_be_copied(dialog: CheckupDialog) -> None:
    assert dialog.checked is not None
    assert dialog.verdict.text() == "All is well."
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert dialog.checked.checkup.device.name in copied
    assert "torch" in copied
    assert str(log_folder()) in copied


def test_a_report_holds_the_logs_and_no_home_folder(
    qtbot: QtBot, dialog: CheckupDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    log_folder().mkdir(parents=True, exist_ok=True)
    secret = tmp_path / "Fotos – ۱" / "a.png"
    (log_folder() / "ganart.log").write_text(f"a file was refused: {secret}\n", "utf-8")
    (log_folder() / "faults.txt").write_text("")
    target = tmp_path / "report.zip"
    dialog.save_to(target)
    qtbot.waitUntil(lambda: "Saved as" in dialog.news.text(), timeout=WAIT_MS)
    with zipfile.ZipFile(target) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts["logs/ganart.log"] == "a file was refused: ~/Fotos – ۱/a.png\n"
    assert "logs/faults.txt" not in texts
    assert json.loads(texts["checkup.json"])["device"]["kind"]
    assert not any(str(tmp_path) in text for text in texts.values())


def test_a_report_that_cannot_be_written_is_told_in_a_sentence(
    qtbot: QtBot, dialog: CheckupDialog, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    dialog.save_to(taken / "report.zip")
    qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)
    assert "cannot be written to" in dialog.news.text()


def test_what_is_amiss_is_said_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkups, "LOW_SPACE", 10**18)
    session = Session()
    tight = CheckupDialog(session)
    qtbot.addWidget(tight)
    qtbot.waitUntil(lambda: "little space" in tight.verdict.text(), timeout=WAIT_MS)
    taken = tmp_path / "taken"
    taken.write_text("a file")
    monkeypatch.setenv("GANART_HOME", str(taken))
    barred = CheckupDialog(session)
    qtbot.addWidget(barred)
    qtbot.waitUntil(lambda: "cannot write" in barred.verdict.text(), timeout=WAIT_MS)
    assert session.shutdown(20)
