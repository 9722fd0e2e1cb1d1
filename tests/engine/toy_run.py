"""Trains tiny runs in processes that are killed at random moments, until they are finished.

`python -m tests.engine.toy_run PROJECT ARCHITECTURE LIVES SEED` prints one JSON object: how many
lives were cut short, and the hashes of the models at the end. torch is loaded once; each life is a
fork of this process.
"""

import json
import os
import random
import signal
import sys
import traceback
from pathlib import Path

import torch

from ganart.engine.asks import Ask
from ganart.engine.device import warm_up
from ganart.engine.gan import run
from ganart.engine.gan.events import RunStarted
from ganart.engine.gan.models import checkpoints
from ganart.project.runs import Runs
from ganart.project.store import open_project
from tests.engine.toys import tiny

INTERVAL = 3
"""Steps from one checkpoint to the next."""
STEPS = 40
BATCH = 4


def config_of(architecture):
    """Return the options of the run, which are random in all ways that there are."""
    return tiny(
        architecture=architecture, batch=BATCH, pictures=BATCH * STEPS, augment=0.5, mirror=True
    )


def find(project):
    """Return the id and the kept steps of the run that was killed; an empty id if there is none."""
    runs = Runs(project.runs_folder)
    for record in runs.list():
        kept = [each.step for each in checkpoints(runs.folder(record.id))]
        if kept and record.status == "running":
            return record.id, kept
    return "", []


def live(folder, architecture):
    """Begin the run or go on with it, telling each step."""
    with open_project(Path(folder)) as project:
        run_id, kept = find(project)
        step, is_training = max(kept, default=0), False

        def poll():
            nonlocal step
            step += is_training
            print(step if is_training else "preparing", flush=True)
            return Ask.SAVE if is_training and step % INTERVAL == 0 else None

        if run_id:
            events = run.resume(project, run_id, poll)
        else:
            events = run.start(project, config_of(architecture), "sketch-32", poll)
        for event in events:
            is_training = is_training or isinstance(event, RunStarted)


def main(folder, architecture, lives, seed):
    """Live and die, run after run, then tell."""
    random.seed(seed)
    torch.set_num_threads(1)  # a fork has no threads but its own
    warm_up()
    deaths, is_over = 0, False
    while deaths < lives or not is_over:
        # Moments all over the run, many of them soon after its start.
        moment = random.randrange(random.choice([8, 80])) if deaths < lives else None
        reached = _one_life(folder, architecture, moment)
        is_over = reached is None
        if is_over:
            continue
        deaths += 1
        with open_project(Path(folder)) as project:
            _, kept = find(project)
            whole = [each for each in Runs(project.runs_folder).list() if each.status == "finished"]
        lost = max(kept, default=0) < (reached - 1) // INTERVAL * INTERVAL
        if lost and not (whole and reached == STEPS):  # it may die after it said that it is over
            raise SystemExit(f"lost more than an interval: at {reached}, kept {kept}")
    with open_project(Path(folder)) as project:
        records = Runs(project.runs_folder).list()
        hashes = [each.model_hash for each in records if each.status == "finished"]
    print(json.dumps({"deaths": deaths, "hashes": hashes}))


def _one_life(folder, architecture, moment):
    """Kill a life after `moment` lines; return the step it reached, None if it came to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        sync = os.fsync

        def tell_and_sync(handle):
            print("writing", flush=True)
            sync(handle)

        os.fsync = tell_and_sync
        try:
            live(folder, architecture)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    reached = 0
    with os.fdopen(reading) as lines:
        for number, line in enumerate(lines):
            if moment is not None and number >= moment:
                os.kill(child, signal.SIGKILL)
                break
            reached = int(line) if line.strip().isdecimal() else reached
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return min(reached, STEPS)  # it is asked some more times while it is measured at the end
    if os.WEXITSTATUS(status):
        raise SystemExit(f"a life ended with {os.WEXITSTATUS(status)}")
    return None


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
