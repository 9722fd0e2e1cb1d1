"""A run that is killed at any moment goes on to the same model, bit for bit."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.runs import record_of, train
from tests.engine.toy_run import config_of
from tests.engine.toys import make_project

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forks")


def check(tmp_path, pictures_folder, architecture, lives):
    """Check runs with so many deaths against one that nothing disturbs."""
    with make_project(tmp_path / "whole.ganart", pictures_folder) as project:
        train(project, config_of(architecture))
        expected = record_of(project).model_hash
    make_project(tmp_path / "killed.ganart", pictures_folder).close()
    seed = random.randrange(10**6)
    program = [sys.executable, "-m", "tests.engine.toy_run", str(tmp_path / "killed.ganart")]
    child = subprocess.run(
        [*program, architecture, str(lives), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, (seed, child.stderr)
    told = json.loads(child.stdout)
    assert told["deaths"] == lives
    assert set(told["hashes"]) == {expected}, seed


def test_kill_9_at_random_moments_loses_at_most_an_interval(tmp_path, pictures_folder):
    check(tmp_path, pictures_folder, "r3", 4)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kill_9_at_50_random_moments(tmp_path, pictures_folder):
    check(tmp_path, pictures_folder, "r3", 50)
