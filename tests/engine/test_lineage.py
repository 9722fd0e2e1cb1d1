"""Branches, and runs that start from a model."""

import json
from dataclasses import replace

import pytest
import torch

from ganart.engine.asks import Ask, Change
from ganart.engine.errors import BadCheckpoint, BadOption, BudgetSpent
from ganart.engine.gan import branch as branches
from ganart.engine.gan import run
from ganart.engine.gan.checkpoint import load_checkpoint, save_model
from ganart.engine.gan.curves import read_curves
from ganart.engine.gan.events import End, Finished, Mark, RunStarted
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.networks import ARCHITECTURES
from ganart.engine.gan.schedules import WARM_UP_STEPS
from ganart.errors import DiskFull
from ganart.project.errors import BadRun
from ganart.project.runs import Runs
from tests.engine.runs import after, follow, record_of, train
from tests.engine.toys import CPU, Asks, fresh, of_kind, random_pixels, same, tiny, weights


def branch(project, run_id, step, *asks, **more):
    """Branch to the end and return the events."""
    poll = Asks()
    return follow(run.branch(project, run_id, step, poll, **more), poll, asks)


def fine_tune(project, origin, *asks, **changes):
    """Train from a model to the end and return the events."""
    poll = Asks()
    events = run.start(project, tiny(**changes), "sketch-32", poll, origin)
    return follow(events, poll, asks)


@pytest.fixture
def parent(project):
    """Return the record of a finished run of 16 steps with checkpoints of steps 6 and 16."""
    train(project, None, *after(5, Ask.SAMPLE), Ask.SAVE)
    return record_of(project)


def load(path):
    return load_checkpoint(path, random_pixels(24), CPU)[0]


def networks(state):
    return weights(state.ema, state.generator, state.discriminator)


def test_a_branch_without_changes_comes_to_the_same_model(project, parent):
    runs = Runs(project.runs_folder)
    folder = runs.folder(parent.id)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    events = branch(project, parent.id, 6)
    begun = next(of_kind(events, RunStarted))
    record = runs.load(begun.run_id)
    assert (record.parent, record.parent_step, record.status) == (parent.id, 6, "finished")
    assert record.id != parent.id
    ours = load(events[-1].checkpoint)
    theirs = load(branches.checkpoint_path(folder, 16))
    assert same(networks(ours), networks(theirs))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_branch_has_the_story_up_to_its_beginning(project, parent):
    runs = Runs(project.runs_folder)
    old = runs.folder(parent.id)
    (old / "audits").mkdir(exist_ok=True)
    for name in ("000000004.json", "000000004-copy-1.png", "000000009.json"):
        (old / "audits" / name).write_bytes(b"{}")
    events = branch(project, parent.id, 6, Ask.STOP, pictures=400)
    folder = next(of_kind(events, RunStarted)).folder
    assert {path.stem for path in (folder / "grids").iterdir()} == {
        "000000001",
        "000000005",
        "000000007",
    }
    assert {path.stem for path in (folder / "checkpoints").iterdir()} == {"000000006", "000000007"}
    audits = {path.name for path in (folder / "audits").iterdir()}
    assert audits == {"000000004.json", "000000004-copy-1.png"}
    steps = read_curves(folder)["step"].tolist()
    assert steps == [*[s for s in read_curves(old)["step"].tolist() if s <= 6], 7]


def test_a_branch_of_a_branch_goes_on_when_its_parents_are_gone(project, parent):
    runs = Runs(project.runs_folder)
    first = next(of_kind(branch(project, parent.id, 6, Ask.STOP), RunStarted)).run_id
    runs.discard(parent.id)
    second = next(of_kind(branch(project, first, 7, Ask.STOP), RunStarted)).run_id
    runs.discard(first)
    (record,) = runs.list()
    assert (record.id, record.parent, record.parent_step) == (second, first, 7)
    poll = Asks()
    assert follow(run.resume(project, second, poll), poll, [])[-1].end is End.BUDGET_SPENT


def test_a_branch_goes_on_with_other_options(project, parent):
    events = branch(project, parent.id, 6, changes={"learning_rate": 1e-4, "batch": 8})
    config = read_info(events[-1].checkpoint).config
    assert (config.learning_rate, config.batch) == (1e-4, 8)
    for change in ({"width": 16}, {"side": 16}, {"architecture": "dcgan"}):
        with pytest.raises(BadOption):
            branch(project, parent.id, 6, changes=change)


def test_a_branch_from_before_a_change_shows_no_marker_of_it(project):
    """Going back undoes the change; an earlier one stays."""
    changes = [Change((("learning_rate", rate),), f"{rate}") for rate in (5e-4, 1e-4)]
    train(project, None, *after(3, changes[0]), *after(3, changes[1]))
    parent = record_of(project)
    events = branch(project, parent.id, 6, Ask.STOP)
    assert read_info(events[-1].checkpoint).config.learning_rate == 5e-4
    marks = read_marks(next(of_kind(events, RunStarted)).folder)
    assert [(each.step, each.mark) for each in marks] == [(3, Mark.CHANGED), (6, Mark.RESUMED)]
    assert [each.step for each in read_marks(Runs(project.runs_folder).folder(parent.id))] == [3, 6]


def test_a_branch_needs_something_left_to_do(project, parent):
    with pytest.raises(BudgetSpent):
        branch(project, parent.id, 16)
    assert record_of(project).id == parent.id
    events = branch(project, parent.id, 16, pictures=8)
    assert read_info(events[-1].checkpoint).step == 18


def test_only_kept_checkpoints_can_be_branched_off(project, parent):
    with pytest.raises(BadCheckpoint, match="not there"):
        branch(project, parent.id, 7)
    with pytest.raises(BadRun):
        branch(project, "none", 6)
    path = branches.checkpoint_path(Runs(project.runs_folder).folder(parent.id), 6)
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(BadCheckpoint):
        branch(project, parent.id, 6)
    assert record_of(project).id == parent.id


def test_a_branch_that_finds_no_space_leaves_nothing(project, parent, monkeypatch):
    def full(folder, _needed):
        raise DiskFull(folder=folder, needed="1 MB", free="0 B")

    monkeypatch.setattr(branches, "require_space", full)
    with pytest.raises(DiskFull):
        branch(project, parent.id, 6)
    monkeypatch.setattr(branches, "require_space", lambda folder, needed: None)

    def fail(_source, _target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(branches.shutil, "copyfile", fail)
    with pytest.raises(DiskFull):
        branch(project, parent.id, 6)
    assert record_of(project).id == parent.id


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_a_run_starts_from_a_model(project, architecture):
    old = train(project, tiny(architecture=architecture))[-1].checkpoint
    before = load(old)
    # Options of the networks are the model's, whatever was asked for.
    events = fine_tune(project, old, Ask.STOP, width=32, latent_size=4, learning_rate=1e-6)
    begun = next(of_kind(events, RunStarted))
    record = Runs(project.runs_folder).load(begun.run_id)
    assert (record.origin, record.parent) == (read_info(old).model_hash, "")
    after_one = load(events[-1].checkpoint)
    assert after_one.step == 1
    pairs = zip(after_one.generator.parameters(), before.generator.parameters(), strict=True)
    assert all(torch.allclose(ours, theirs, atol=1e-4) for ours, theirs in pairs)


def test_a_start_from_a_model_is_gentle_and_goes_on_after_a_stop_as_without(project, parent):
    origin = branches.checkpoint_path(Runs(project.runs_folder).folder(parent.id), 16)
    before = load(origin)
    first = load(fine_tune(project, origin, Ask.STOP, learning_rate=1e-2)[-1].checkpoint)
    pairs = zip(first.generator.parameters(), before.generator.parameters(), strict=True)
    moved = max(float((now - was).detach().abs().max()) for now, was in pairs)
    assert 0 < moved <= 1.01e-2 / WARM_UP_STEPS
    assert first.experience == before.pictures
    whole = fine_tune(project, origin)[-1].checkpoint
    run_id = next(of_kind(fine_tune(project, origin, *after(5, Ask.STOP)), RunStarted)).run_id
    poll = Asks()
    resumed = follow(run.resume(project, run_id, poll), poll, [])[-1].checkpoint
    assert read_info(resumed).model_hash == read_info(whole).model_hash


def test_a_model_without_discriminator_is_enough(project, parent):
    live = Runs(project.runs_folder).folder(parent.id) / "live.safetensors"
    events = fine_tune(project, live, freeze_layers=1)
    assert events[-1].end is End.BUDGET_SPENT
    # Stages that begin at random are not worth keeping.
    assert read_info(events[-1].checkpoint).config.freeze_layers == 0
    assert all(
        each.requires_grad for each in load(events[-1].checkpoint).discriminator.parameters()
    )


def test_the_same_start_gives_the_same_model(project, parent):
    origin = branches.checkpoint_path(Runs(project.runs_folder).folder(parent.id), 16)
    hashes = {read_info(fine_tune(project, origin)[-1].checkpoint).model_hash for _ in range(2)}
    assert len(hashes) == 1
    assert read_info(origin).model_hash not in hashes


def test_frozen_stages_stay_as_they_are(project, monkeypatch):
    """Also after the run was resumed."""
    discriminator = fresh(tiny()).discriminator
    kind, (first, _) = type(discriminator), next(discriminator.named_children())
    monkeypatch.setattr(kind, "freezable", lambda self: [getattr(self, first)])
    old = train(project)[-1].checkpoint
    events = fine_tune(project, old, *after(4, Ask.STOP), freeze_layers=1)
    run_id = next(of_kind(events, RunStarted)).run_id
    poll = Asks()
    newest = follow(run.resume(project, run_id, poll), poll, [])[-1].checkpoint
    was, now = load(old).discriminator, load(newest).discriminator
    assert same(weights(getattr(was, first)), weights(getattr(now, first)))
    assert not same(weights(was), weights(now))
    # From nothing there is nothing to keep.
    assert read_info(train(project, tiny(freeze_layers=1))[-1].checkpoint).config.freeze_layers == 0


def test_a_bad_origin_is_told_before_a_run_is_made(project, tmp_path, parent):
    origin = branches.checkpoint_path(Runs(project.runs_folder).folder(parent.id), 16)
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(origin.read_bytes()[:-20])
    for path in (cut, tmp_path / "none.safetensors", tmp_path):
        with pytest.raises(BadCheckpoint):
            fine_tune(project, path)
    lying = tmp_path / "lying.safetensors"
    state = load(origin)
    info = replace(read_info(origin), config=tiny(width=16))
    save_model(lying, state, info)
    with pytest.raises(BadCheckpoint, match="do not fit"):
        fine_tune(project, lying)
    assert record_of(project).id == parent.id


def test_runs_of_the_first_version_have_no_ancestors(project, parent):
    path = Runs(project.runs_folder).folder(parent.id) / "run.json"
    document = json.loads(path.read_bytes())
    for name in ("parent", "parent_step", "origin"):
        del document[name]
    path.write_text(json.dumps(document | {"schema": 1}))
    assert Runs(project.runs_folder).load(parent.id) == parent


def test_a_run_that_was_killed_after_its_last_checkpoint_is_finished(project, parent):
    runs = Runs(project.runs_folder)
    runs.update(replace(parent, status="running", steps=6, pictures=24, model_hash="old"))
    (end,) = of_kind(run.resume(project, parent.id, Asks()), Finished)
    path = branches.checkpoint_path(runs.folder(parent.id), 16)
    assert end == Finished(End.BUDGET_SPENT, path)
    assert runs.load(parent.id) == parent
    with pytest.raises(BudgetSpent):
        list(run.resume(project, parent.id, Asks()))
