import shutil
from collections import namedtuple

import pytest

from ganart.engine.asks import Ask, Change
from ganart.engine.gan.checkpoint import load_checkpoint
from ganart.engine.gan.events import CheckpointSaved, End, RunStarted, Trouble
from ganart.engine.gan.measuring import Measuring
from ganart.engine.style.weights import BadWeights
from ganart.errors import DiskFull
from ganart.project.runs import Runs
from tests.engine.runs import after, record_of, resume, start, train, until
from tests.engine.toys import CPU, of_kind, random_pixels, tiny


@pytest.fixture
def disk(monkeypatch):
    """Return a disk whose `full` can be set."""
    usage = namedtuple("usage", "total used free")

    class Disk:
        full = False

    real = shutil.disk_usage
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: usage(1, 1, 0) if Disk.full else real(path)
    )
    return Disk


def test_a_full_disk_costs_a_checkpoint_not_the_run(project, disk):
    events = start(project, tiny(), lambda: Ask.SAVE)
    first = until(events, CheckpointSaved)
    disk.full = True
    trouble = until(events, Trouble)
    assert isinstance(trouble.error, DiskFull)
    assert load_checkpoint(first.path, random_pixels(24), CPU)[0].step == first.step
    disk.full = False
    later = until(events, CheckpointSaved)
    assert later.step > first.step
    *_, end = events
    assert end.end is End.BUDGET_SPENT
    assert record_of(project).status == "finished"


def test_a_full_disk_at_the_end_is_told_and_earlier_checkpoints_stay(project, disk):
    events = start(project, tiny(), lambda: Ask.SAVE)
    first = until(events, CheckpointSaved)
    disk.full = True
    with pytest.raises(DiskFull):
        list(events)
    assert load_checkpoint(first.path, random_pixels(24), CPU)[0].step == first.step
    record = record_of(project)
    assert (record.status, record.steps) == ("failed", first.step)
    assert "is full" in record.message
    disk.full = False
    assert resume(project, record.id)[-2].step == 16


def test_pictures_that_cannot_be_measured_at_the_end_cost_no_checkpoint(project, monkeypatch):
    def fail(self, stopped):
        raise BadWeights(file="vgg", reason="it is damaged")

    monkeypatch.setattr(Measuring, "end", fail)
    events = train(project)
    (trouble,) = of_kind(events, Trouble)
    assert isinstance(trouble.error, BadWeights)
    (saved,) = of_kind(events, CheckpointSaved)
    assert (saved.step, saved.likeness) == (16, None)
    assert record_of(project).status == "finished"


def checkpoint_names(project):
    folder = Runs(project.runs_folder).folder(record_of(project).id)
    return [str(int(path.stem)) for path in sorted((folder / "checkpoints").iterdir())]


def test_old_checkpoints_are_thinned_out(project):
    config = tiny(pictures=120, keep_checkpoints=3)
    train(project, config, *[Ask.SAVE] * 30)
    names = checkpoint_names(project)
    assert len(names) == 3
    assert names[-1] == "30"


def test_the_way_back_from_a_change_is_not_thinned_out(project):
    config = tiny(pictures=120, keep_checkpoints=2)
    change = Change((("learning_rate", 1e-5),), "calmer")
    train(project, config, *[None] * 6, change, *[Ask.SAVE] * 12)
    names = checkpoint_names(project)
    assert "7" in names
    assert len(names) <= 4


def test_a_stop_thins_nothing_out(project):
    """People stop a run to go back to a moment that they saw in it."""
    config = tiny(pictures=120, keep_checkpoints=2)
    train(project, config, Ask.SAVE, Ask.SAVE, None, Ask.SAVE, None, Ask.STOP)
    *before, last = checkpoint_names(project)
    assert len(before) >= 2
    assert (before[-1], last) == ("4", "6")
    resume(project, record_of(project).id)
    assert len(checkpoint_names(project)) <= 3


def test_the_samples_of_lost_steps_are_made_again(project):
    stopped = train(project, None, *after(5, Ask.STOP))
    begun = next(of_kind(stopped, RunStarted))
    stray = begun.folder / "grids" / "000000999.png"
    stray.write_bytes(b"of a step after the checkpoint")
    resume(project, begun.run_id)
    assert not stray.exists()
    assert (begun.folder / "grids" / f"{stopped[-2].step:09d}.png").exists()
