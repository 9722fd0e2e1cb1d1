import shutil

import pytest
from safetensors.torch import load_file

from ganart.engine.asks import Ask
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.events import CheckpointSaved, RunStarted
from ganart.engine.gan.model_file import WEIGHTS_PREFIX, read_info
from ganart.engine.gan.models import Kind, checkpoints, find_model, keep_model, list_models
from ganart.project.runs import Runs
from ganart.project.store import open_project
from tests.engine.runs import record_of, train
from tests.engine.toys import of_kind, tiny


@pytest.fixture
def trained(project):
    """Return a project with one run that saved at the steps 2, 4 and 16."""
    train(project, None, None, Ask.SAVE, None, Ask.SAVE)
    return project


def test_an_empty_project_has_no_models(project):
    assert list_models(project) == []
    assert find_model(project, "0" * 16) is None


def test_models_are_listed_live_first_then_newest_to_oldest(trained):
    record = record_of(trained)
    models = list_models(trained)
    assert [entry.step for entry in models] == [16, 16, 4, 2]
    assert models[0].kind is Kind.LIVE
    assert [entry.kind for entry in models].count(Kind.BEST) == 1
    assert {entry.kind for entry in models[1:]} == {Kind.BEST, Kind.CHECKPOINT}
    assert {entry.run_id for entry in models} == {record.id}
    assert {entry.label for entry in models} == {record.name}
    assert models[0].model_hash == models[1].model_hash == record.model_hash
    assert (models[0].pictures, models[2].pictures) == (64, 16)


def test_the_newest_run_is_listed_first(trained):
    second = next(of_kind(train(trained, tiny(seed=2)), RunStarted))
    models = list_models(trained)
    assert models[0].run_id == second.run_id
    assert len({entry.run_id for entry in models}) == 2


def test_a_model_is_found_by_its_hash(trained):
    for entry in list_models(trained):
        found = find_model(trained, entry.model_hash)
        assert found is not None
        assert found.model_hash == entry.model_hash


def test_damaged_and_foreign_files_are_passed_over(trained):
    folder = Runs(trained.runs_folder).folder(record_of(trained).id)
    (folder / "live.safetensors").write_bytes(b"")
    (folder / "checkpoints" / "000000099.safetensors").write_bytes(b"not a model")
    (trained.models_folder / "mine.safetensors").write_text("mine")
    assert [entry.step for entry in list_models(trained)] == [16, 4, 2]
    assert [kept.step for kept in checkpoints(folder)] == [2, 4, 16]


def test_a_kept_model_outlives_its_run(trained):
    record = record_of(trained)
    checkpoint = list_models(trained)[1]
    path = keep_model(trained, checkpoint.path)
    assert path.parent == trained.models_folder
    info = read_info(path)
    assert info == read_info(checkpoint.path)
    assert all(name.startswith(WEIGHTS_PREFIX) for name in load_file(path))
    assert path.stat().st_size < checkpoint.path.stat().st_size / 3

    Runs(trained.runs_folder).discard(record.id)
    (entry,) = list_models(trained)
    assert (entry.kind, entry.label, entry.run_id) == (Kind.KEPT, "sketch-32", "")
    assert find_model(trained, info.model_hash) == entry


def test_keeping_twice_makes_one_file(trained):
    live, checkpoint = list_models(trained)[:2]
    assert keep_model(trained, live.path) == keep_model(trained, checkpoint.path)
    kept = list(trained.models_folder.iterdir())
    assert len(kept) == 1
    assert keep_model(trained, kept[0]) == kept[0]


def test_what_is_no_model_is_not_kept(trained):
    path = trained.folder / "a.safetensors"
    path.write_bytes(b"no model")
    with pytest.raises(BadCheckpoint):
        keep_model(trained, path)
    assert list(trained.models_folder.iterdir()) == []


def test_a_project_can_be_moved(trained, tmp_path):
    """Models are found where the project is, not where it was."""
    events = list(of_kind(train(trained, tiny(seed=3)), CheckpointSaved))
    assert events
    before = [entry.model_hash for entry in list_models(trained)]
    trained.close()
    moved = shutil.move(trained.folder, tmp_path / "Elsewhere ü.ganart")
    with open_project(moved) as project:
        models = list_models(project)
        assert [entry.model_hash for entry in models] == before
        assert all(entry.path.is_relative_to(moved) for entry in models)


def test_weights_that_changed_on_disk_are_found_out(trained):
    path = next(each.path for each in list_models(trained) if each.kind is Kind.LIVE)
    content = bytearray(path.read_bytes())
    content[-20] ^= 0x40
    path.write_bytes(content)
    with pytest.raises(BadCheckpoint, match="weights are damaged"):
        keep_model(trained, path)
