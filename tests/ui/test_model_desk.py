"""Importing models by menu and by drop."""

import pickle
from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from safetensors.torch import save_file

from ganart.engine.errors import ForeignModel, PickledModel
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.models import list_models
from ganart.engine.gan.networks import build_generator
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.pages.train import TrainPage
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return weights of a generator, without a word of ours beside them."""
    path = tmp_path / "netG.safetensors"
    config = TrainConfig(side=16, architecture="dcgan", latent_size=8, width=8, width_cap=16)
    save_file(build_generator(config).state_dict(), path)
    return path


@pytest.fixture
def studio(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    session.create_project(tmp_path / "Tiles")
    qtbot.waitUntil(lambda: not session.is_busy())
    return window


def answer(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))


def test_a_model_is_imported_from_the_menu_and_shown_where_it_is(
    studio: MainWindow, session: Session, foreign: Path, monkeypatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, str(foreign))
    studio.commands.import_model.trigger()
    qtbot.waitUntil(
        lambda: "netG was imported: 16 × 16 px" in studio.notice.text(), timeout=WAIT_MS
    )
    (entry,) = list_models(session.project)
    assert entry.label == "netG"
    studio.notice._button.click()
    page = studio.pages.currentWidget()
    assert isinstance(page, ExplorePage)
    qtbot.waitUntil(lambda: page.models.box.currentText().startswith("netG"), timeout=WAIT_MS)
    assert page.models.path() == entry.path
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)


def test_an_imported_model_can_be_started_from_at_once(
    studio: MainWindow, session: Session, foreign: Path, qtbot: QtBot
) -> None:
    studio.pages.show_page("train")
    page = studio.pages.currentWidget()
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: not session.is_busy())
    assert not page.setup.origin.isVisible()
    studio.drops.take([foreign])
    qtbot.waitUntil(page.setup.origin.isVisible, timeout=WAIT_MS)
    page.setup.origin.box.setCurrentIndex(1)
    assert page.setup.config().architecture == "dcgan"
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


@pytest.mark.parametrize("page", ["dataset", "stylize"])
def test_a_dropped_pickle_is_refused_on_every_page(
    studio: MainWindow, session: Session, tmp_path: Path, page: str, no_quick_looks, qtbot: QtBot
) -> None:
    studio.pages.show_page(page)
    session.failed.disconnect(studio.errors.tell)
    path = tmp_path / "stylegan2.pkl"
    path.write_bytes(pickle.dumps({"G_ema": 1}))
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as blocker:
        studio._take([path])
    assert isinstance(blocker.args[0].error, PickledModel)
    assert list_models(session.project) == []


def test_what_fits_nothing_is_told(
    studio: MainWindow, session: Session, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    session.failed.disconnect(studio.errors.tell)
    path = tmp_path / "odd.safetensors"
    save_file({"weight": torch.zeros(3)}, path)
    answer(monkeypatch, str(path))
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as blocker:
        studio.commands.import_model.trigger()
    assert isinstance(blocker.args[0].error, ForeignModel)


def test_nothing_is_imported_where_nothing_was_chosen(
    studio: MainWindow, session: Session, monkeypatch
) -> None:
    answer(monkeypatch, "")
    studio.commands.import_model.trigger()
    assert not session.is_busy()


def test_a_project_is_made_first(
    window: MainWindow, session: Session, foreign: Path, tmp_path: Path, monkeypatch, qtbot: QtBot
) -> None:
    assert not window.commands.import_model.isEnabled()
    monkeypatch.setattr(window.models, "_make_project", lambda: False)
    window.drops.take([foreign])
    assert not session.is_busy()
    monkeypatch.setattr(
        window.models, "_make_project", lambda: session.create_project(tmp_path / "New")
    )
    window.drops.take([foreign])
    qtbot.waitUntil(lambda: "was imported" in window.notice.text(), timeout=WAIT_MS)
    assert len(list_models(session.project)) == 1
