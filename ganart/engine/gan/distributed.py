"""One run trained by several processes: what the leader orders, and how the others follow.

Every process draws the same batch, latents and jitter, and computes its own rows of them; gradients
are added up before every step, so all have the same weights after it. A follower needs no project
and no pictures of its own: it begins from the leader's checkpoint and pictures.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from ganart.engine import device as devices
from ganart.engine.gan.checkpoint import load_checkpoint, model_info, save_checkpoint
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from ganart.engine.gan.team import Team, leave

Pixels = npt.NDArray[np.uint8]


def begin(
    config: TrainConfig, state: TrainState, pixels: Pixels, weights: Sequence[float] | None
) -> None:
    """Let the followers, if there are any, begin from `state` as it is now, with its pictures.

    Raises `TeamBroken`.
    """
    if state.team is None:
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.safetensors"
        save_checkpoint(path, state, model_info(config, state, "", "", None))
        checkpoint = np.frombuffer(path.read_bytes(), np.uint8)
    message = {"begin": asdict(config), "shape": pixels.shape, "weights": weights}
    state.team.tell(message, np.asarray(pixels), checkpoint)


def order_step(config: TrainConfig, state: TrainState) -> None:
    """Let the followers, if there are any, do the step that is about to be done.

    Raises `TeamBroken`.
    """
    if state.team is not None:
        state.team.tell(
            {"step": asdict(config), "progress": state.progress, "augment": state.augment}
        )


@contextmanager
def leading(team: Team | None) -> Iterator[None]:
    """Lead the team, if there is one, within this block, and send it home at the end.

    Where the block raises, the others are perhaps in the midst of a step; they notice when this
    process ends. Raises `TeamBroken`.
    """
    yield
    if team is not None:
        team.tell({})
        leave()


def follow(team: Team) -> int:
    """Compute this process's share of the leader's run until sent home; return the steps done.

    Raises `TeamBroken` when another process is gone, and `StudioError` children.
    """
    state: TrainState | None = None
    config = TrainConfig()
    steps = 0
    while message := team.hear():
        if "begin" in message:
            config = TrainConfig.from_mapping(message["begin"])
            pixels = team.hear_bytes().reshape(message["shape"])
            state = _state(config, pixels, message["weights"], team.hear_bytes())
            state.team = team
        elif state is not None:
            if message["step"] != asdict(config):
                config = TrainConfig.from_mapping(message["step"])
                state.obey(config)
            state.progress, state.augment = message["progress"], message["augment"]
            with devices.memory_guard(state.device):
                training_step(config, state)
            steps += 1
    leave()
    return steps


def threads(config: TrainConfig, team: Team | None) -> int:
    """Return how many threads a process computes with, which it shares with others beside it."""
    each = devices.default_threads() // (team.here if team else 1)
    return config.threads or max(1, each)


def _state(
    config: TrainConfig, pixels: Pixels, weights: Sequence[float] | None, checkpoint: Pixels
) -> TrainState:
    device, _ = devices.choose(config.device)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state.safetensors"
        path.write_bytes(checkpoint.tobytes())
        state, _ = load_checkpoint(path, pixels, device, config, weights)
    return state
