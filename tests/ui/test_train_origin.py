"""Starting a training from a model: what is offered, what it brings along, what may go wrong."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.config import NETWORK, TrainConfig
from ganart.engine.gan.events import Finished
from ganart.engine.gan.models import CHECKPOINTS, LIVE, keep_model
from ganart.engine.gan.presets import PRESETS, preset
from ganart.project.runs import Runs
from ganart.project.store import Project
from ganart.ui.pages.train import TrainPage
from ganart.ui.pages.train_origin import FROZEN, OriginPicker, recipe_of
from ganart.workers.origins import Origin, OriginsFound, read_origins
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, ScriptedSession

NET = TrainConfig(
    side=16, architecture="r3", latent_size=8, width=8, width_cap=16, pictures=64, batch=4
)


def keep_run(
    project: Project,
    config: TrainConfig = NET,
    steps: tuple[int, ...] = (16,),
    best: int = 0,
    preset_key: str = "sketch-64",
) -> list[Path]:
    """Leave a run with untrained checkpoints, of which one was measured to be the best."""
    import torch

    from ganart.engine.gan.checkpoint import model_info, save_checkpoint, save_model
    from ganart.engine.gan.state import TrainState

    runs = Runs(project.runs_folder)
    record = runs.create({"side": config.side}, preset_key)
    folder = runs.folder(record.id)
    (folder / CHECKPOINTS).mkdir()
    black, paths = np.zeros((2, config.side, config.side, 3), np.uint8), []
    for step in steps:
        state = TrainState.fresh(replace(config, seed=step), black, torch.device("cpu"))
        state.step, state.pictures = step, 10 * step
        likeness = 0.1 if step == best else 0.5 if best else None
        info = model_info(config, state, preset_key, "data", likeness)
        paths.append(folder / CHECKPOINTS / f"{step:09}.safetensors")
        save_checkpoint(paths[-1], state, info)
    save_model(folder / LIVE, state, info)
    return paths


def origins(project: Project) -> list[Origin]:
    (found,) = read_origins(project)(lambda: None)
    assert isinstance(found, OriginsFound)
    return list(found.origins)


# What there is


def test_of_each_run_the_newest_and_the_best_are_offered(open_session: Session) -> None:
    project = open_session.project
    assert project is not None
    assert origins(project) == []
    older = keep_run(project, steps=(1, 2, 3, 4), best=2)
    newer = keep_run(project, steps=(5,))
    assert [each.entry.path for each in origins(project)] == [newer[0], older[3], older[1]]


def test_what_a_run_published_is_offered_until_it_keeps_a_checkpoint(open_session: Session) -> None:
    project = open_session.project
    assert project is not None
    (path,) = keep_run(project)
    live = path.parents[1] / LIVE
    path.unlink()
    assert [each.entry.path for each in origins(project)] == [live]


def test_what_is_kept_for_good_is_offered_once(open_session: Session) -> None:
    project = open_session.project
    assert project is not None
    (path,) = keep_run(project)
    kept = keep_model(project, path)
    assert [each.entry.path for each in origins(project)] == [path]
    path.unlink()
    (path.parents[1] / LIVE).unlink()
    (origin,) = origins(project)
    assert (origin.entry.path, origin.config, origin.preset) == (kept, NET, "sketch-64")


def test_a_model_goes_on_as_it_has_learned_or_as_its_kin_do(open_session: Session) -> None:
    project = open_session.project
    assert project is not None
    keep_run(project)
    (own,) = origins(project)
    assert recipe_of(own).key == "sketch-64"
    for each in PRESETS:
        strange = replace(own, config=each.config, preset="imported")
        found = recipe_of(strange).config
        assert (found.architecture, found.side) == (each.config.architecture, each.config.side)


# The Train page


@pytest.fixture
def scripted(qtbot: QtBot, tmp_path: Path, pictures_folder: Path):
    scripted = ScriptedSession()
    assert scripted.create_project(tmp_path / "studio")
    with qtbot.waitSignal(scripted.dataset_changed, timeout=WAIT_MS):
        scripted.add_folders([pictures_folder])
    yield scripted
    assert scripted.shutdown(20)


def shown_page(session: Session, qtbot: QtBot) -> TrainPage:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(page.setup.start_button.isEnabled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    return page


@pytest.fixture
def origin_file(scripted: Session) -> Path:
    return keep_run(scripted.project)[0]


@pytest.fixture
def page(scripted: Session, origin_file: Path, qtbot: QtBot) -> TrainPage:
    return shown_page(scripted, qtbot)


def choose(page: TrainPage, row: int, qtbot: QtBot) -> OriginPicker:
    picker = page.setup.origin
    picker.box.setCurrentIndex(row)
    qtbot.waitUntil(lambda: not page._session.is_busy(), timeout=WAIT_MS)
    return picker


def shown_options(page: TrainPage) -> set[str]:
    return {name for name, row in page.setup.form.rows.items() if not row.isHidden()}


def test_without_models_there_is_nothing_to_choose(scripted, qtbot) -> None:
    page = shown_page(scripted, qtbot)
    assert not page.setup.origin.isVisible()
    assert page.setup.presets.isVisible()
    keep_run(scripted.project)
    scripted.models_changed.emit()
    qtbot.waitUntil(page.setup.origin.isVisible, timeout=WAIT_MS)
    assert page.setup.origin.origin() is None


def test_a_chosen_model_is_shown_and_settles_size_and_kind(page, qtbot) -> None:
    before = page.setup.config()
    page.setup.form.rows["batch"].field.setValue(24)
    picker = choose(page, 1, qtbot)
    assert not page.setup.presets.isVisible()
    assert not picker.pictures.pixmap().isNull()
    assert "16 × 16 px" in picker.about.text()
    config = page.setup.config()
    assert all(getattr(config, name) == getattr(NET, name) for name in NETWORK)
    assert not shown_options(page) & NETWORK
    assert page.setup.presets.choice() == "sketch-64"
    choose(page, 0, qtbot)
    assert page.setup.presets.isVisible()
    assert not picker.panel.isVisible()
    assert page.setup.config() == preset("sketch-64").config != before
    assert "width" in shown_options(page)


def test_other_options_stay_as_they_were_set(page, qtbot) -> None:
    page.setup.presets.choose("sketch-64")
    page.setup.form.rows["batch"].field.setValue(24)
    page.setup.minutes.setValue(7)
    for row in (1, 0):
        choose(page, row, qtbot)
        config = page.setup.config()
        assert (config.batch, config.minutes) == (24, 7)


def test_a_model_that_grew_is_full_grown(scripted, qtbot) -> None:
    keep_run(scripted.project, replace(NET, architecture="progressive", growing=0.5))
    page = shown_page(scripted, qtbot)
    choose(page, 1, qtbot)
    assert page.setup.config().growing == 0
    assert "growing" not in shown_options(page)


def test_stages_can_be_frozen_where_there_are_some(page, scripted, origin_file, qtbot) -> None:
    assert FROZEN not in shown_options(page)
    picker = choose(page, 1, qtbot)
    assert picker.frozen_row.isVisible()
    assert picker.frozen_row.field.maximum() == 2  # 16 and 8 px; the last one decides
    picker.frozen_row.set_value(2)
    assert page.setup.config().freeze_layers == 2
    choose(page, 0, qtbot)
    assert page.setup.config().freeze_layers == 0
    origin_file.unlink()  # what is left of it is what it published
    scripted.models_changed.emit()
    qtbot.waitUntil(lambda: not scripted.is_busy(), timeout=WAIT_MS)
    choose(page, 1, qtbot)
    assert not picker.frozen_row.isVisible()
    assert "begins from nothing" in picker.about.text()


def test_the_training_begins_with_the_model_and_the_choice_is_remembered(
    page, scripted, origin_file, qtbot
) -> None:
    picker = choose(page, 1, qtbot)
    picker.frozen_row.set_value(1)
    page.setup.start_button.click()
    qtbot.waitUntil(lambda: scripted.training is not None)
    assert scripted.origins == [origin_file]
    assert scripted.configs[0].freeze_layers == 1
    with qtbot.waitSignal(scripted.training_changed):
        page.monitor.controls.stop_button.click()
    again = shown_page(scripted, qtbot)
    qtbot.waitUntil(lambda: again.setup.origin.origin() is not None, timeout=WAIT_MS)
    assert again.setup.config() == scripted.configs[0]
    choose(again, 0, qtbot)
    again.setup.start_button.click()
    qtbot.waitUntil(lambda: scripted.training is not None)
    assert scripted.origins[1] is None
    assert scripted.configs[1].freeze_layers == 0


def test_a_model_that_vanished_is_told(page, scripted, origin_file, qtbot) -> None:
    picker = choose(page, 1, qtbot)
    origin_file.unlink()
    (origin_file.parents[1] / LIVE).unlink()
    with qtbot.waitSignal(scripted.notice, check_params_cb=lambda text: "is gone" in text):
        picker.refresh()
    assert picker.origin() is None
    assert not picker.isVisible()
    assert page.setup.presets.isVisible()


def test_a_damaged_model_is_told_where_its_pictures_would_be(page, origin_file, qtbot) -> None:
    origin_file.write_bytes(origin_file.read_bytes()[:-4000])
    picker = choose(page, 1, qtbot)
    qtbot.waitUntil(lambda: "cannot be used" in picker.about.text(), timeout=WAIT_MS)
    assert picker.pictures.pixmap().isNull()


def test_another_project_begins_without_a_model(page, scripted, tmp_path, qtbot) -> None:
    choose(page, 1, qtbot)
    assert scripted.create_project(tmp_path / "other")
    qtbot.waitUntil(lambda: not scripted.is_busy(), timeout=WAIT_MS)
    assert page.setup.origin.origin() is None
    assert not page.setup.origin.isVisible()
    assert page.setup.presets.isVisible()


# Real trainings


@pytest.fixture
def real(open_session: Session, pictures_folder: Path, qtbot: QtBot) -> TrainPage:
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([pictures_folder])
    keep_run(open_session.project)
    return shown_page(open_session, qtbot)


def test_a_training_from_a_model_runs_from_the_window(real, open_session, qtbot) -> None:
    picker = choose(real, 1, qtbot)
    real.setup.form.set_values({"pictures": 64, "batch": 4})
    wanted = picker.origin().entry.model_hash
    ended: list[object] = []
    real.setup.start_button.click()
    open_session.training.reported.connect(ended.extend)
    qtbot.waitUntil(lambda: open_session.training is None, timeout=WAIT_MS)
    assert any(isinstance(each, Finished) for each in ended)
    newest = Runs(open_session.project.runs_folder).list()[0]
    assert newest.origin == wanted
    assert newest.config["side"] == 16
    qtbot.waitUntil(lambda: "begun with a model" in real.monitor.about.text(), timeout=WAIT_MS)


def test_a_model_that_vanishes_at_the_last_moment_loses_nothing(real, open_session, qtbot) -> None:
    picker = choose(real, 1, qtbot)
    picker.frozen_row.set_value(1)
    picker.origin().entry.path.unlink()
    with qtbot.waitSignal(open_session.failed, timeout=WAIT_MS) as blocker:
        real.setup.start_button.click()
    assert isinstance(blocker.args[0].error, BadCheckpoint)
    qtbot.waitUntil(lambda: open_session.training is None, timeout=WAIT_MS)
    assert len(Runs(open_session.project.runs_folder).list()) == 1
    assert real.stack.currentWidget() is real.setup
    assert real.setup.start_button.isEnabled()
