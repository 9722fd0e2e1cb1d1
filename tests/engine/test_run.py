import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import NoPictures
from ganart.engine.asks import Ask
from ganart.engine.errors import (
    AllAlike,
    BadCheckpoint,
    BadOption,
    BudgetSpent,
    DeviceLost,
    NothingToResume,
    OutOfMemory,
    TooFewPictures,
    TrainingDiverged,
)
from ganart.engine.gan import losses, recipes, run, sizing, trainer
from ganart.engine.gan.checkpoint import load_checkpoint, save_checkpoint
from ganart.engine.gan.curves import read_curves
from ganart.engine.gan.events import (
    CheckpointSaved,
    CoachReport,
    End,
    Estimate,
    Finished,
    Measured,
    Phase,
    PhaseChanged,
    Published,
    RunStarted,
    Samples,
    Stats,
    Trouble,
)
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.state import TrainState
from ganart.errors import FolderNotWritable
from ganart.project.errors import BadRun
from ganart.project.runs import Runs
from ganart.project.store import create_project, open_project
from tests.engine.runs import after, record_of, resume, start, train, until
from tests.engine.toys import CPU, Asks, make_project, of_kind, random_pixels, tiny


def test_a_run_tells_its_story_in_order(project):
    events = train(project)
    phases = [event.phase for event in of_kind(events, PhaseChanged)]
    assert phases[0] is Phase.PREPARING
    assert phases[-2:] == [Phase.LOADING, Phase.TRAINING]
    names = [type(event) for event in events]
    started = names.index(RunStarted)
    assert set(names[:started]) == {PhaseChanged}
    assert Measured in names[started:]
    rest = [name for name in names if name not in {Measured, CoachReport}]  # whenever it is due
    assert rest[-5:] == [Stats, Samples, Published, CheckpointSaved, Finished]
    begun = events[started]
    assert begun.picture_count == 24
    assert begun.folder == Runs(project.runs_folder).folder(begun.run_id)
    *_, saved = of_kind(events, CheckpointSaved)
    assert events[-1] == Finished(End.BUDGET_SPENT, saved.path)


def test_a_run_leaves_what_it_promised(project):
    events = train(project)
    record = record_of(project)
    folder = Runs(project.runs_folder).folder(record.id)
    assert (record.status, record.message) == ("finished", "")
    assert (record.steps, record.pictures, record.preset) == (16, 64, "sketch-32")
    assert record.elapsed_s > 0
    saved = next(of_kind(events, CheckpointSaved))
    assert saved.path == folder / "checkpoints" / "000000016.safetensors"
    assert saved.size_bytes == saved.path.stat().st_size
    assert saved.likeness is not None
    assert saved.best
    info, live = read_info(saved.path), read_info(folder / "live.safetensors")
    assert info.model_hash == live.model_hash == record.model_hash
    assert info.data_hash == record.data_hash != ""
    for event in of_kind(events, Samples):
        with Image.open(event.path) as picture:
            assert np.array_equal(np.asarray(picture), event.grid)
    rows = list(of_kind(events, Stats))
    assert read_curves(folder)["step"].tolist() == [row.step for row in rows]
    assert read_curves(folder)["loss_g"].tolist() == [row.loss_g for row in rows]


def test_the_same_options_repeat_a_run(project):
    hashes = {next(of_kind(train(project), Published)).model_hash for _ in range(2)}
    assert len(hashes) == 1
    assert next(of_kind(train(project, tiny(seed=2)), Published)).model_hash not in hashes


def test_asks_are_answered(project):
    events = train(project, None, None, Ask.SAMPLE, Ask.SAVE, None, Ask.STOP)
    assert [event.step for event in of_kind(events, Samples)] == [1, 2, 5]
    assert [event.step for event in of_kind(events, CheckpointSaved)] == [3, 5]
    *_, saved = of_kind(events, CheckpointSaved)
    assert events[-1] == Finished(End.STOPPED, saved.path)
    assert record_of(project).status == "stopped"


def test_stopped_while_preparing_there_is_no_run(project):
    events = list(start(project, None, lambda: Ask.STOP))
    assert {type(event) for event in events} == {PhaseChanged}
    assert Runs(project.runs_folder).list() == ()


def test_a_run_that_is_put_away_is_stopped(project):
    events = start(project)
    until(events, Stats)
    assert record_of(project).status == "running"
    events.close()
    assert record_of(project).status == "stopped"


def test_a_finished_run_stays_finished_when_it_is_put_away(project):
    events = start(project)
    until(events, Finished)
    assert record_of(project).status == "finished"
    events.close()
    assert record_of(project).status == "finished"


def argue(monkeypatch, generator):
    """Give r3 another loss of the generator."""
    name = "relativistic"
    monkeypatch.setitem(recipes.LOSSES, name, replace(recipes.LOSSES[name], generator=generator))


def test_a_fault_of_ours_is_on_the_record(project, monkeypatch):
    def fail(real, fake):
        raise ZeroDivisionError("a fault of ours")

    argue(monkeypatch, fail)
    with pytest.raises(ZeroDivisionError):
        train(project)
    record = record_of(project)
    assert record.status == "failed"
    assert "a fault of ours" in record.message


def test_a_crash_leaves_a_run_that_can_go_on(project, tmp_path):
    """What a killed program leaves on disk, in the middle of a run with one checkpoint."""
    events = start(project, tiny(), lambda: Ask.SAVE)
    until(events, CheckpointSaved)
    until(events, CheckpointSaved)
    left = tmp_path / "crashed.ganart"
    shutil.copytree(project.folder, left)
    events.close()
    curves = next(left.glob("runs/*/curves.csv"))
    curves.write_bytes(curves.read_bytes() + b"999,12")
    with open_project(left) as crashed:
        (record,) = Runs(crashed.runs_folder).interrupted()
        resumed = resume(crashed, record.id)
        assert record_of(crashed).status == "finished"
        assert record_of(crashed).steps == 16
        steps = read_curves(Runs(crashed.runs_folder).folder(record.id))["step"]
        assert (np.diff(steps) > 0).all()
        assert steps[-1] == 16
    assert isinstance(resumed[-1], Finished)


def test_an_interrupted_run_comes_to_the_same_model(project):
    """Stopped and resumed it gives, bit for bit, what it gives in one go."""
    config = tiny(augment=0.5, mirror=True)
    whole = train(project, config)[-1].checkpoint
    stopped = train(project, config, *after(5, Ask.STOP))
    assert stopped[-2].step == 5
    run_id = next(of_kind(stopped, RunStarted)).run_id
    resumed = resume(project, run_id)[-1].checkpoint
    states = [load_checkpoint(path, random_pixels(24), CPU)[0] for path in (whole, resumed)]
    for name in ("ema", "generator", "discriminator"):
        ours, theirs = (getattr(state, name).state_dict() for state in states)
        assert all((ours[key] == theirs[key]).all() for key in ours)
    assert read_info(whole).model_hash == read_info(resumed).model_hash


def test_a_finished_run_needs_more_time_to_go_on(project):
    run_id = next(of_kind(train(project), RunStarted)).run_id
    with pytest.raises(BudgetSpent):
        resume(project, run_id)
    assert record_of(project).status == "finished"
    events = resume(project, run_id, pictures=40)
    *_, saved = of_kind(events, CheckpointSaved)
    assert saved.step == 26
    assert record_of(project).config["pictures"] == 104
    assert next(of_kind(events, Stats)).step > 16


def test_minutes_are_added_to_what_was_done(project):
    run_id = next(of_kind(train(project), RunStarted)).run_id
    elapsed_s = record_of(project).elapsed_s
    resume(project, run_id, Ask.STOP, minutes=2.0)
    config = record_of(project).config
    assert config["pictures"] == 0
    assert config["minutes"] == pytest.approx(elapsed_s / 60 + 2.0, abs=0.05)


def test_a_damaged_newest_checkpoint_is_passed_over(project):
    events = train(project, None, *after(4, Ask.SAVE))
    begun = next(of_kind(events, RunStarted))
    first, last = [event.path for event in of_kind(events, CheckpointSaved)]
    # Whole as a file, but its networks are of another width.
    state = TrainState.fresh(tiny(width=16), random_pixels(24), CPU)
    save_checkpoint(last, state, replace(read_info(last), likeness=None))
    resumed = resume(project, begun.run_id)
    (trouble,) = of_kind(resumed, Trouble)
    assert isinstance(trouble.error, BadCheckpoint)
    assert str(last) in str(trouble.error)
    assert (read_info(first).step, resumed[-2].step) == (4, 16)


def test_cut_checkpoints_are_passed_over(project):
    events = train(project, None, *after(4, Ask.SAVE))
    begun = next(of_kind(events, RunStarted))
    first, last = [event.path for event in of_kind(events, CheckpointSaved)]
    last.write_bytes(last.read_bytes()[:-100])
    resumed = resume(project, begun.run_id)
    assert resumed[-2].step == 16
    assert next(of_kind(resumed, Stats)).step > read_info(first).step


def test_without_a_whole_checkpoint_there_is_nothing_to_resume(project):
    events = train(project)
    begun = next(of_kind(events, RunStarted))
    events[-1].checkpoint.write_bytes(b"")
    with pytest.raises(NothingToResume, match=begun.run_id):
        resume(project, begun.run_id, pictures=8)
    assert (begun.folder / "curves.csv").exists()


@pytest.mark.parametrize("run_id", ["20200101-000000-none", "../../elsewhere", ""])
def test_a_run_that_is_not_there_cannot_be_resumed(project, run_id):
    with pytest.raises(BadRun):
        resume(project, run_id)


def test_the_folder_of_originals_may_go_while_it_trains(project, pictures_folder):
    events = start(project)
    until(events, Stats)
    shutil.rmtree(pictures_folder)
    *_, end = events
    assert end.end is End.BUDGET_SPENT
    run_id = record_of(project).id
    assert resume(project, run_id, pictures=8)[-2].step == 18


def test_training_that_went_astray_keeps_the_last_good_checkpoint(project, monkeypatch):
    events = start(project, tiny(pictures=4000), lambda: Ask.SAVE)
    until(events, CheckpointSaved)
    original = losses.relativistic_generator
    argue(monkeypatch, lambda *pair: original(*pair) * float("nan"))
    with pytest.raises(TrainingDiverged):
        list(events)
    record = record_of(project)
    assert record.status == "failed"
    assert "not finite" in record.message
    argue(monkeypatch, original)
    resumed = resume(project, record.id, pictures=8)
    assert resumed[-1].end is End.BUDGET_SPENT


def test_a_run_whose_card_was_lost_goes_on_from_its_last_checkpoint(project, monkeypatch):
    events = start(project, tiny(), lambda: Ask.SAVE)
    until(events, CheckpointSaved)

    def lose(config, state):
        raise DeviceLost(device="cuda")

    with monkeypatch.context() as patch:
        patch.setattr(trainer, "training_step", lose)
        with pytest.raises(DeviceLost):
            list(events)
    record = record_of(project)
    assert record.status == "failed"
    assert "answers no more" in record.message
    assert resume(project, record.id)[-1].end is End.BUDGET_SPENT


def test_bad_datasets_end_in_a_sentence(tmp_path, pictures_folder):
    with create_project(tmp_path / "empty") as project, pytest.raises(NoPictures):
        train(project)
    for extra in sorted(pictures_folder.iterdir())[1:]:
        extra.unlink()
    with make_project(tmp_path / "one", pictures_folder) as project:
        with pytest.raises(TooFewPictures, match="there are 1"):
            train(project)
        with pytest.raises(TooFewPictures):
            list(run.estimate(project, tiny(), Asks()))
        assert Runs(project.runs_folder).list() == ()


def test_pictures_without_any_difference_are_refused(tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (20, 20), "teal").save(folder / f"{number}.png")
    with make_project(tmp_path / "Studio.ganart", folder) as project:
        with pytest.raises(AllAlike, match="All 3 pictures are the same"):
            train(project)
        with pytest.raises(AllAlike):
            list(run.estimate(project, tiny(), Asks()))
        assert Runs(project.runs_folder).list() == ()
        Image.new("RGB", (20, 20), "navy").save(folder / "3.png")
    with make_project(tmp_path / "Other.ganart", folder) as project:
        assert train(project)[-1].end is End.BUDGET_SPENT


def test_a_device_that_is_not_there_is_told_before_anything_is_made(project):
    with pytest.raises(BadOption, match="device"):
        train(project, tiny(device="mps"))
    assert Runs(project.runs_folder).list() == ()


def test_new_pictures_join_a_resumed_run(project, pictures_folder):
    run_id = next(of_kind(train(project), RunStarted)).run_id
    with Catalogue(project.catalogue_path) as catalogue:
        catalogue.forget([row.id for row in catalogue.pictures()[:4]])
    events = resume(project, run_id, pictures=40)
    assert next(of_kind(events, RunStarted)).picture_count == 20
    assert read_info(events[-1].checkpoint).data_hash == record_of(project).data_hash


def test_an_estimate_measures_and_leaves_no_run(project, monkeypatch):
    monkeypatch.setattr(sizing, "MEASURED_S", 0.0)
    *before, last = run.estimate(project, tiny(pictures=6400), Asks())
    assert {type(event) for event in before} == {PhaseChanged}
    assert before[-1].phase is Phase.WARMING_UP
    assert isinstance(last, Estimate)
    assert last.pictures_per_s > 0
    assert last.seconds == pytest.approx(6400 / last.pictures_per_s)
    assert last.pictures == pytest.approx(6400, abs=1)
    assert last.memory_bytes > 0
    *_, by_time = run.estimate(project, replace(tiny(), minutes=2.0, pictures=0), Asks())
    assert by_time.seconds == 120.0
    assert Runs(project.runs_folder).list() == ()


def test_an_estimate_can_be_stopped(project):
    events = list(run.estimate(project, tiny(), lambda: Ask.STOP))
    assert not list(of_kind(events, Estimate))


def test_the_config_in_the_record_is_the_one_that_was_asked_for(project):
    train(project, tiny(seed=77))
    path = Runs(project.runs_folder).folder(record_of(project).id) / "run.json"
    assert json.loads(path.read_text("utf-8"))["config"]["seed"] == 77


def test_running_out_of_memory_is_told_in_a_sentence_and_recorded(project, monkeypatch):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(trainer, "training_step", fail)
    with pytest.raises(OutOfMemory, match="smaller batch"):
        train(project)
    assert record_of(project).status == "failed"


def test_a_run_goes_on_with_other_options_but_not_with_other_networks(project):
    train(project, tiny(learning_rate=1e-3))
    run_id = record_of(project).id
    resume(project, run_id, pictures=16, changes={"learning_rate": 1e-4})
    assert record_of(project).config["learning_rate"] == 1e-4
    with pytest.raises(BadOption, match="width"):
        resume(project, run_id, pictures=16, changes={"width": 64})


def test_a_project_that_goes_away_while_training_is_no_success(project, tmp_path):
    events = start(project)
    until(events, RunStarted)
    until(events, Stats)
    project.runs_folder.rename(tmp_path / "elsewhere")
    with pytest.raises(FolderNotWritable):
        list(events)
