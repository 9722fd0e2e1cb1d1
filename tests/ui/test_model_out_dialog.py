"""The dialog that gives a model away."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.gan.model_file import read_info
from ganart.ui.dialogs import model_out
from ganart.ui.dialogs.model_out import ModelOutDialog
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file
from tests.ui.test_mnemonics import ambiguous


@pytest.fixture
def models(open_session: Session) -> list[Path]:
    return [keep_model_file(open_session.project, seed) for seed in (1, 2)]


@pytest.fixture
def dialog(models, open_session: Session, qtbot: QtBot, tmp_path: Path) -> ModelOutDialog:
    dialog = ModelOutDialog(open_session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.place.setText(str(tmp_path / "given"))
    qtbot.waitUntil(lambda: dialog.models.path() is not None)
    return dialog


def test_a_model_is_given_away_with_the_artists_words(dialog, models, qtbot, tmp_path):
    dialog.models.choose_hash(read_info(models[0]).model_hash)
    qtbot.waitUntil(lambda: dialog.models.path() == models[0])
    dialog.name.setText("Tiles")
    dialog.licences.setCurrentIndex(1)
    dialog.licences.activated.emit(1)
    dialog.give_button.click()
    qtbot.waitUntil(dialog.show_button.isVisible, timeout=WAIT_MS)
    text = (tmp_path / "given" / "Tiles" / "README.md").read_text("utf-8")
    assert "CC BY 4.0" in text
    assert read_info(models[0]).model_hash in text
    assert "Tiles" in dialog.message.text()
    dialog.reject()
    assert not dialog.isVisible()


def test_stopped_it_writes_nothing(dialog, qtbot, tmp_path):
    dialog.give_button.click()
    assert "Stop" in dialog.close_button.text()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.message.isVisible, timeout=WAIT_MS)
    # It may have been quicker than the stop.
    assert dialog.message.text()
    assert len(list((tmp_path / "given").glob("*"))) == int(dialog.show_button.isVisible())


def test_a_place_that_cannot_be_written_to_is_told_in_the_dialog(dialog, qtbot, tmp_path):
    (tmp_path / "file").touch()
    dialog.place.setText(str(tmp_path / "file"))
    dialog.give_button.click()
    qtbot.waitUntil(lambda: "cannot be written" in dialog.message.text(), timeout=WAIT_MS)
    dialog.place.setText("relative")
    assert not dialog.give_button.isEnabled()


def test_without_the_packages_onnx_is_not_offered(models, open_session, qtbot, monkeypatch):
    monkeypatch.setattr(model_out, "can_write_onnx", lambda: False)
    dialog = ModelOutDialog(open_session)
    qtbot.addWidget(dialog)
    dialog.onnx.setChecked(True)
    assert not dialog.onnx.isEnabled()
    assert "pip install" in dialog.onnx.toolTip()
    assert not dialog.plan().onnx
    qtbot.waitUntil(lambda: not open_session.is_busy())


def test_without_a_model_there_is_nothing_to_give(open_session, qtbot):
    dialog = ModelOutDialog(open_session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert not dialog.give_button.isEnabled()


def test_no_key_is_claimed_twice(dialog):
    dialog.show_button.show()
    assert ambiguous(dialog) == []
