"""A batch that is killed goes on to the same files."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganart.engine.style import batch
from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.events import BatchFinished, ItemState
from tests.engine.toy_batch import toy_plan, toy_stylize

ROOT = Path(__file__).parents[2]
STEPS = 24 * 2 * 10
"""About as many as a whole batch of the test pictures has."""
FOREVER = 10**9


def pixels_in(folder):
    """Return names and pixels of all results; hidden files, which would be leftovers, too."""
    found = {}
    for path in folder.rglob("*"):
        with Image.open(path) as image:
            found[path.name] = np.asarray(image.convert("RGB")).tobytes()
    return found


@pytest.fixture
def expected(tmp_path, pictures_folder, monkeypatch):
    """Return what a batch that nothing disturbs makes, where some names are taken already."""
    monkeypatch.setattr(batch, "load_stylizers", lambda plan: toy_stylize)
    folder = output(tmp_path / "expected", pictures_folder)
    plan = toy_plan(pictures_folder, folder, existing="number", sheet=True)
    *_, last = batch.start(plan, tmp_path / "other batches", lambda: None)
    assert last.done == 48
    return pixels_in(folder)


def output(folder, pictures_folder):
    """Make an output folder in which the names of some results are taken."""
    folder.mkdir()
    for path in sorted(pictures_folder.iterdir())[:5]:
        shutil.copy(path, folder / f"{path.stem}_charcoal.png")
    return folder


def command(tmp_path, pictures_folder, steps=FOREVER):
    program = [sys.executable, "-m", "tests.engine.toy_batch"]
    return [*program, *map(str, (pictures_folder, tmp_path / "out", tmp_path / "batches", steps))]


def finish(tmp_path):
    """Go on to the end and return what is there."""
    (record,) = batch.batches(tmp_path / "batches")
    *_, last = batch.resume(record.folder, lambda: None)
    assert isinstance(last, BatchFinished)
    assert (last.done, last.failed, last.skipped) == (48, 0, 0)
    with Journal(record.folder) as journal:
        assert {item.state for item in journal.items()} == {ItemState.DONE}
    return pixels_in(tmp_path / "out")


def die_and_finish(tmp_path, pictures_folder, lives):
    output(tmp_path / "out", pictures_folder)
    for steps in lives:
        child = subprocess.run(
            command(tmp_path, pictures_folder, steps), cwd=ROOT, stdout=subprocess.DEVNULL
        )
        assert child.returncode in {0, 9}
    return finish(tmp_path)


def test_dying_between_any_two_steps_changes_nothing(tmp_path, pictures_folder, expected):
    lives = [random.randrange(1, STEPS // 4) for _ in range(3)]
    assert die_and_finish(tmp_path, pictures_folder, lives) == expected, lives


@pytest.mark.slow
def test_dying_at_each_step_of_an_item_changes_nothing(tmp_path, pictures_folder, expected):
    lives = range(1, 12)
    assert die_and_finish(tmp_path, pictures_folder, lives) == expected, lives


def test_kill_9_at_a_random_moment_changes_nothing(tmp_path, pictures_folder, expected):
    output(tmp_path / "out", pictures_folder)
    for events in (random.randrange(1, 12), random.randrange(1, 24)):
        program = command(tmp_path, pictures_folder)
        with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE) as child:
            for _ in range(events):
                child.stdout.readline()
            child.kill()
    assert finish(tmp_path) == expected
