"""What all steps are made of: their result, frozen networks, one step down a gradient."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim import Adam

from ganart.engine.gan.team import Team


@dataclass(frozen=True, slots=True)
class StepResult:
    """Scalars of one step, still on the device so that reading them does not hold it up."""

    loss_g: Tensor
    loss_d: Tensor
    score_real: Tensor
    score_fake: Tensor
    finite: bool
    """False when a gradient was not a number and the step was thrown away."""


@contextmanager
def frozen(network: nn.Module) -> Iterator[None]:
    """Spare the gradients of `network`'s own weights inside the block."""
    learning = [each for each in network.parameters() if each.requires_grad]
    for each in learning:
        each.requires_grad_(False)
    try:
        yield
    finally:
        for each in learning:
            each.requires_grad_(True)


def backward(objective: Tensor) -> None:
    """Add the gradients of `objective` to those of the weights."""
    objective.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated


def step_down(network: nn.Module, optimizer: Adam, team: Team | None = None) -> bool:
    """Step along the gradients gathered, by all of the `team`; if they are not finite, return False
    and do nothing.
    """
    gradients = [each.grad for each in network.parameters() if each.grad is not None]
    if team:
        team.add_up(gradients)
    finite = bool(torch.nn.utils.get_total_norm(gradients).isfinite())
    if finite:
        optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return finite
