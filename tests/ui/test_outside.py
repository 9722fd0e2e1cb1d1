"""What the system opens in other programs."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ganart.ui.outside import open_outside


@pytest.mark.parametrize("opens", [True, False])
def test_where_nothing_opens_a_folder_it_is_said_where_it_lies(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opens: bool
) -> None:
    told: list[str] = []
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.informativeText()))
    page = QWidget()
    qtbot.addWidget(page)
    open_outside(tmp_path / "a b", page)
    assert asked == [QUrl.fromLocalFile(str(tmp_path / "a b"))]
    assert told == ([] if opens else [str(tmp_path / "a b")])
