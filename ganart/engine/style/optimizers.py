"""The step rules of a painting: from losses and gradients to changes of the picture.

They keep their state as named tensors, so that a painting goes on exactly where it was stopped.
Pictures, gradients and steps are (1, 3, H, W).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import torch
from torch import Tensor

from ganart.engine.style.config import PaintConfig

HISTORY = 40
"""Pairs that L-BFGS remembers at most; with more of them it was no quicker."""
HISTORY_LEAST = 3
HISTORY_BYTES = 128 * 2**20
"""Memory that the pairs may take, unless the least number of them needs more."""
OVERSHOT = 2.0
"""A step after which the loss is this many times as large is halved."""
FIRST_STEP = 1 / 255
"""Root mean square of a change of L-BFGS where no curvature is known yet."""
LONGEST_STEP = 32 / 255
"""Largest root mean square of a change of L-BFGS."""
STEEPNESS = 1.25
"""Power of the frequency by which coarse structure moves further; see `coarse_first`."""


class Optimizer(ABC):
    """A step rule for one picture (1, 3, H, W)."""

    @abstractmethod
    def step(self, loss: float, gradient: Tensor) -> Tensor:
        """Return how to change the picture at which `loss` and `gradient` were found."""

    @abstractmethod
    def tensors(self) -> dict[str, Tensor]:
        """Return the state by name."""

    @abstractmethod
    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Take a state back. Raises `KeyError` or `ValueError` for one of another kind."""


class GradientDescent(Optimizer):
    """Plain gradient descent; the gradient is scaled so that its largest value counts as 1.

    Without the scaling no learning rate would serve two pictures, or the begin and the end of one.
    """

    def __init__(self, learning_rate: float) -> None:
        self._rate = learning_rate

    def step(self, loss: float, gradient: Tensor) -> Tensor:
        """Return a step against the gradient."""
        return gradient * (-self._rate / gradient.abs().max().clamp_min(1e-30))

    def tensors(self) -> dict[str, Tensor]:
        """Return nothing: it remembers nothing."""
        return {}

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Do nothing."""


class Adam(Optimizer):
    """Adam (Kingma & Ba 2015, algorithm 1), with the long momentum that painting wants."""

    MOMENTUM = 0.99
    SCALE_DECAY = 0.999
    EPSILON = 1e-8

    def __init__(self, learning_rate: float, picture: Tensor) -> None:
        self._rate = learning_rate
        self._count = 0
        self._mean = torch.zeros_like(picture)
        self._square = torch.zeros_like(picture)

    def step(self, loss: float, gradient: Tensor) -> Tensor:
        """Return a step of about the learning rate in every value."""
        self._count += 1
        self._mean.lerp_(gradient, 1 - self.MOMENTUM)
        self._square.lerp_(gradient.square(), 1 - self.SCALE_DECAY)
        mean = self._mean / (1 - self.MOMENTUM**self._count)
        square = self._square / (1 - self.SCALE_DECAY**self._count)
        return mean.div_(square.sqrt_().add_(self.EPSILON)).mul_(-self._rate)

    def tensors(self) -> dict[str, Tensor]:
        """Return both moments and the number of steps."""
        return {
            "mean": self._mean,
            "square": self._square,
            "count": torch.tensor(self._count, dtype=torch.int64),
        }

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Take the moments back."""
        self._mean.copy_(_shaped(tensors["mean"], self._mean))
        self._square.copy_(_shaped(tensors["square"], self._square))
        self._count = int(tensors["count"].item())


class LBFGS(Optimizer):
    """L-BFGS without line search (Nocedal & Wright 2006, algorithms 7.4 and 7.5).

    The initial inverse Hessian is γM, where M (`coarse_first`) lets coarse structure move further
    than fine grain; that alone saves a third of the iterations. One evaluation is one iteration.
    """

    def __init__(self, learning_rate: float, picture: Tensor) -> None:
        self._rate = learning_rate
        self._metric = coarse_first(*picture.shape[-2:]).to(picture.device)
        self._most = history_length(picture.numel())
        self._changes: list[Tensor] = []
        self._differences: list[Tensor] = []
        self._change: Tensor | None = None
        """The newest change."""
        self._gradient = torch.zeros_like(picture)
        """Where the newest change began, as the loss below."""
        self._loss = 0.0
        self._scale = 1.0
        """γ."""

    def step(self, loss: float, gradient: Tensor) -> Tensor:
        """Return a quasi-Newton step, or half the way back after a step that went too far."""
        if self._change is not None:
            if not loss <= OVERSHOT * self._loss:  # also where it is not a number
                self._change *= 0.5
                return -self._change
            self._remember(self._change, gradient - self._gradient)
        change = self._direction(gradient)
        length = change.square().mean().sqrt().item()
        longest = LONGEST_STEP if self._changes else FIRST_STEP
        if length > longest or not self._changes:
            change *= longest / max(length, 1e-30)
        change *= self._rate
        self._loss, self._gradient, self._change = loss, gradient.clone(), change
        return change

    def _remember(self, change: Tensor, difference: Tensor) -> None:
        """Keep a pair, unless the curvature along it is not positive."""
        curvature = _dot(change, difference)
        if curvature <= 1e-10 * _dot(difference, difference) ** 0.5 * _dot(change, change) ** 0.5:
            return
        self._scale = curvature / _dot(difference, self._smoothed(difference))
        self._changes.append(change.clone())
        self._differences.append(difference)
        del self._changes[: -self._most], self._differences[: -self._most]

    def _direction(self, gradient: Tensor) -> Tensor:
        """Return minus the inverse Hessian times the gradient, by the two loops."""
        pairs = list(zip(self._changes, self._differences, strict=True))
        curvatures = [_dot(change, difference) for change, difference in pairs]
        found = -gradient
        shares = []
        for (change, difference), curvature in zip(
            reversed(pairs), reversed(curvatures), strict=True
        ):
            shares.append(_dot(change, found) / curvature)
            found.add_(difference, alpha=-shares[-1])
        found = self._smoothed(found) * self._scale
        for (change, difference), curvature in zip(pairs, curvatures, strict=True):
            found.add_(change, alpha=shares.pop() - _dot(difference, found) / curvature)
        return found

    def _smoothed(self, picture: Tensor) -> Tensor:
        """Return M times `picture`, one channel after the other to need less memory."""
        smoothed = torch.empty_like(picture)
        for channel, values in zip(smoothed[0], picture[0], strict=True):
            spectrum = torch.fft.rfft2(values).mul_(self._metric)
            channel.copy_(torch.fft.irfft2(spectrum, s=values.shape))
        return smoothed

    def tensors(self) -> dict[str, Tensor]:
        """Return the pairs and the newest change, gradient and loss; nothing before a step."""
        if self._change is None:
            return {}
        pairs = {
            "changes": torch.cat([*self._changes, self._change]),
            "differences": torch.cat([*self._differences, self._gradient]),
        }
        return {**pairs, "numbers": torch.tensor([self._loss, self._scale], dtype=torch.float64)}

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Take the pairs back."""
        if not tensors:
            return
        *changes, change = tensors["changes"].to(self._gradient.device).unsqueeze(1)
        *differences, gradient = tensors["differences"].to(self._gradient.device).unsqueeze(1)
        for each in (change, gradient):
            _shaped(each, self._gradient)
        if len(changes) != len(differences):
            raise ValueError("the pairs do not fit")
        self._changes, self._change = [each.clone() for each in changes], change.clone()
        self._differences, self._gradient = [each.clone() for each in differences], gradient.clone()
        self._loss, self._scale = tensors["numbers"].tolist()


def make_optimizer(config: PaintConfig, picture: Tensor) -> Optimizer:
    """Return the step rule that `config` names, new."""
    if config.optimizer == "gd":
        return GradientDescent(config.learning_rate)
    kind = {"lbfgs": LBFGS, "adam": Adam}[config.optimizer]
    return kind(config.learning_rate, picture)


def history_length(numbers: int) -> int:
    """Return how many pairs of pictures of so many float32 numbers L-BFGS may keep."""
    return min(HISTORY, max(HISTORY_LEAST, HISTORY_BYTES // (2 * 4 * numbers)))


def coarse_first(height: int, width: int) -> Tensor:
    """Return what M multiplies each frequency f by, for `torch.fft.rfft2`; on average 1.

    Natural pictures have amplitudes of about 1 / f (Field 1987). Of the powers tried 1.0 to 1.5
    were the quickest by far, 0 and 2 slow.
    """
    down = torch.fft.fftfreq(height)[:, None]
    along = torch.fft.rfftfreq(width)[None]
    frequency = (down.square() + along.square()).sqrt()
    strength: Tensor = frequency.clamp_min(1 / max(height, width, 2)) ** -STEEPNESS
    return strength / strength.mean()


def _dot(one: Tensor, other: Tensor) -> float:
    return torch.dot(one.flatten(), other.flatten()).item()


def _shaped(tensor: Tensor, like: Tensor) -> Tensor:
    if tensor.shape != like.shape:
        raise ValueError("the state is of a picture of another size")
    return tensor
