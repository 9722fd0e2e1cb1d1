"""One process of a team that trains a tiny run; the variables of torchrun say which one.

`python -m tests.engine.toy_team PROJECT ARCHITECTURE PICTURES [RUN]`: the leader begins a run, or
resumes one; LOSE_AT=STEP makes a follower end at once at that step.
"""

import os
import sys
from pathlib import Path

import torch

from ganart.engine.asks import Ask
from ganart.engine.gan import distributed, run, trainer
from ganart.engine.gan.team import join
from ganart.project.store import open_project
from tests.engine import runs
from tests.engine.toys import Asks, tiny

BATCH = 8


def options(architecture, pictures):
    """Return a run that is random in all ways that there are."""
    return tiny(
        architecture=architecture, batch=BATCH, pictures=pictures, augment_target=0.6, mirror=True
    )


def lead(team, folder, architecture, pictures, run_id):
    """Train; a checkpoint is written at every fourth step."""
    poll = Asks()
    with distributed.leading(team), open_project(Path(folder)) as project:
        if run_id:
            events = run.resume(project, run_id, poll, pictures=pictures, team=team)
        else:
            config = options(architecture, pictures)
            events = run.start(project, config, "sketch-32", poll, team=team)
        runs.follow(events, poll, [*runs.after(4, Ask.SAVE)] * pictures)


def follow(team, lose_at):
    """Compute along, or be gone in the midst of it."""
    if lose_at:
        train, steps = distributed.training_step, 0

        def counted(config, state):
            nonlocal steps
            steps += 1
            if steps == lose_at:
                os._exit(9)
            return train(config, state)

        distributed.training_step = counted
    distributed.follow(team)


def main(folder, architecture, pictures, run_id=""):
    """Join and do what the rank says."""
    torch.set_num_threads(1)
    trainer.STATS_EVERY_S = 0.0  # every step is a row of the curves
    team = join()
    if team.leads:
        lead(team, folder, architecture, int(pictures), run_id)
    else:
        follow(team, int(os.environ.get("LOSE_AT", "0")))


if __name__ == "__main__":
    main(*sys.argv[1:])
