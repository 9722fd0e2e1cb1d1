"""Putting a photo into a model: the place whose picture is nearest to it.

As Karras et al. 2020 (StyleGAN2, appendix D): begin from what the model draws by itself, then go
down the distance that a network sees, with Adam and their ramps of the learning rate. Departures:
the nearest of many samples is begun from, not the average; several are followed for a while; pixels
count too; no noise is optimised, which a point does not hold, nor is any added to the way.
"""

import math
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ganart.datasets.decode import decode
from ganart.datasets.framing import Framing, frame, needed_side, window
from ganart.engine.asks import Ask, Poll
from ganart.engine.device import memory_guard
from ganart.engine.errors import OutOfMemory
from ganart.engine.gan.batches import to_pictures, to_pixels
from ganart.engine.latent.projection_plan import (
    DrawsNothing,
    Gaps,
    Looking,
    Nearness,
    Photo,
    PhotoTooLarge,
    Pixels,
    Projected,
    Projecting,
    ProjectionPlan,
)
from ganart.engine.latent.projection_spaces import space_of
from ganart.engine.latent.render import Model
from ganart.engine.latent.resemblance import JUDGE_LAYERS, SIDES, Resemblance
from ganart.media.point import Point

RATE = 0.1
"""Adam's, at its highest; in standard deviations of the space."""
RAMP_UP, RAMP_DOWN = 0.05, 0.25
PIXELS = 0.5
"""How much the mean squared difference of pixels, -1 to 1, counts beside that of features."""
PRIOR = 0.02
"""How much it counts to stray from where the model's own latents lie."""
_AT_ONCE = 8
_JUDGED = 64
"""Samples that tell how far the model's pictures are from each other."""
_DRAFT_FACTOR = 3
_SHOW_EVERY = 5

Records = Iterator[Photo | Looking | Projecting | Projected]


def project(model_path: Path, plan: ProjectionPlan, poll: Poll) -> Records:
    """Find the photo in a model; the last record is `Projected`.

    The same plan gives the same point on the same kind of machine. Asked to STOP, it ends with the
    best so far, or without any if there is none yet. Raises `Unreadable`, `BadCheckpoint`,
    `PhotoTooLarge`, `DrawsNothing`.
    """
    model = Model.load(model_path, plan.device)
    size = model.info.config.size
    photo = decode(plan.photo, shortest=_DRAFT_FACTOR * needed_side(size))
    pixels = np.array(frame(photo, size, Framing(focus=_middle(photo.size, size, plan.focus))))
    yield Photo(pixels)
    try:
        with memory_guard(model.device):
            yield from _Projection(model, plan, pixels, poll).run(model_path)
    except OutOfMemory as error:
        raise PhotoTooLarge(**error.details) from error


class _Projection:
    """One photo, one model."""

    def __init__(self, model: Model, plan: ProjectionPlan, pixels: Pixels, poll: Poll) -> None:
        self._model = model
        self._plan = plan
        self._poll = poll
        self._photo = _as_pictures(pixels[None], model.device)
        self._space = space_of(model.generator)
        self._judge = Resemblance(self._photo.flip(3), JUDGE_LAYERS)
        self._is_stopped = False

    def run(self, model_path: Path) -> Records:
        """Look about, go down, judge."""
        starts, between = yield from self._look()
        if not starts:
            if self._is_stopped:
                return
            raise DrawsNothing(path=model_path)
        known, best, steps = yield from self._descend(starts)
        point = self._space.point(best)
        pixels = self._model.render([point])[0]
        nearness, before = (
            Nearness(self._gaps(each), between) for each in (point, self._space.point(known))
        )
        yield Projected(point, pixels, nearness, before, steps, self._is_stopped)

    @torch.no_grad()
    def _gaps(self, point: Point) -> Gaps:
        """Return how far the picture of a point is from the photo."""
        picture = _as_pictures(self._model.render([point]), self._model.device)
        features = self._judge(picture.flip(3)).item()
        return Gaps(features, (picture - self._photo).square().mean().item())

    def _stops(self) -> bool:
        self._is_stopped = self._is_stopped or self._poll() is Ask.STOP
        return self._is_stopped

    def _loss(self, eyes: Resemblance, pictures: Tensor, photo: Tensor) -> Tensor:
        """Return how far pictures (N, 3, height, width) are from the photo: (N,)."""
        return eyes(pictures) + PIXELS * (pictures - photo).square().mean((1, 2, 3))

    @torch.no_grad()
    def _look(self) -> "Looks":
        """Return the places of the nearest samples, and how far samples are from each other."""
        count, size = self._plan.effort.samples, self._model.info.config.latent_size
        # From one stream: all samples are other ones than those of another seed.
        latents = np.random.RandomState(self._plan.seed).standard_normal((count, size))
        z = torch.from_numpy(latents.astype(np.float32)).to(self._model.device)
        eyes = Resemblance(self._photo, largest=SIDES[0])
        places: list[Tensor] = []
        losses: list[Tensor] = []
        between: list[Tensor] = []
        for begin in range(0, count, _AT_ONCE):
            yield Looking(begin, count)
            if self._stops():
                break
            places.append(self._space.begin(z[begin : begin + _AT_ONCE]))
            pictures = self._space.draw(places[-1]).clamp(-1, 1)
            losses.append(self._loss(eyes, pictures, self._photo))
            if begin < _JUDGED:
                apart = (pictures - pictures.roll(1, 0)).square().mean((1, 2, 3))
                between.append(torch.stack([self._judge.between(pictures.flip(3)), apart]))
        if not places:
            return [], Gaps(0.0, 0.0)
        self._space.settle(torch.cat(places))
        loss = torch.cat(losses).nan_to_num(torch.inf, torch.inf)
        nearest = loss.argsort(stable=True)[: self._plan.effort.starts]
        starts = [torch.cat(places)[row][None] for row in nearest if loss[row] < torch.inf]
        return starts, Gaps(*torch.cat(between, 1).nanmedian(1).values.tolist())

    def _descend(self, starts: list[Tensor]) -> "Descent":
        """Return the best place before layers went their own ways, the best one, and after how many
        steps it was left.
        """
        steps = self._plan.effort.steps
        opening = steps // 2 if self._plan.is_closer and self._space.can_open else steps
        searches = [_Search(self, each) for each in starts]
        known = best = searches[0]
        for step in range(steps):
            if step == steps // 3:
                searches = [best]
            if step == opening:
                searches = [_Search(self, self._space.opened(best.best))]
            for search in searches:
                if self._stops():
                    return known.best, best.best, step
                search.go(RATE * _ramp(step / steps))
            best = min(searches, key=lambda each: each.loss)
            known = best if step < opening else known
            shown = step % _SHOW_EVERY == 0
            yield Projecting(step + 1, steps, best.loss, best.pixels() if shown else None)
        return known.best, best.best, steps

    @cached_property
    def _eyes(self) -> Resemblance:
        return Resemblance(self._photo)

    def see(self, place: Tensor) -> tuple[Tensor, Tensor]:
        """Return the loss (a scalar) of a place (1, ...), and its picture."""
        picture = self._space.draw(place)
        loss = self._loss(self._eyes, picture, self._photo)[0]
        return loss + PRIOR * self._space.straying(place), picture

    @property
    def scale(self) -> float:
        """The standard deviation of one number of a place."""
        return self._space.scale


Looks = Generator[Looking, None, tuple[list[Tensor], Gaps]]
Descent = Generator[Projecting, None, tuple[Tensor, Tensor, int]]


class _Search:
    """One start on its way down. Steps into what is not finite are taken back, and shortened."""

    def __init__(self, projection: _Projection, start: Tensor) -> None:
        self._projection = projection
        self._place = start.clone().requires_grad_()
        self._adam = torch.optim.Adam([self._place])
        self._caution = 1.0
        self.best = start
        self.loss = math.inf
        """Of the best place so far."""
        self._picture: Tensor | None = None

    def go(self, rate: float) -> None:
        """Go one step, with a learning rate in standard deviations."""
        loss, picture = self._projection.see(self._place)
        (gradient,) = torch.autograd.grad(loss, self._place)
        if not (loss.isfinite() and gradient.isfinite().all()):
            self._take_back()
            return
        if loss.item() < self.loss:
            self.loss, self.best = loss.item(), self._place.detach().clone()
            self._picture = picture.detach()
        self._adam.param_groups[0]["lr"] = rate * self._caution * self._projection.scale
        self._place.grad = gradient
        self._adam.step()

    def pixels(self) -> Pixels | None:
        """Return the picture of the best place."""
        return None if self._picture is None else to_pixels(self._picture)[0]

    def _take_back(self) -> None:
        self._caution /= 2
        self._place = self.best.clone().requires_grad_()
        self._adam = torch.optim.Adam([self._place])


def _middle(
    photo: tuple[int, int], size: tuple[int, int], focus: tuple[float, float]
) -> tuple[float, float]:
    """Return the middle, in shares of width and height, of that part of a photo of the shape of
    `size` that `focus` wants: of what is cut off, these shares on the left and at the top.
    """
    left, top, right, bottom = window(*photo, size)
    across, down = (
        (share * (length - part) + part / 2) / length
        for share, length, part in zip(focus, photo, (right - left, bottom - top), strict=True)
    )
    return across, down


def _ramp(share: float) -> float:
    """Return the learning rate after a share of the steps, as a share of its highest."""
    down = min(1.0, (1 - share) / RAMP_DOWN)
    return (0.5 - 0.5 * math.cos(math.pi * down)) * min(1.0, share / RAMP_UP)


def _as_pictures(pixels: Pixels, device: torch.device) -> Tensor:
    return to_pictures(torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))).to(
        device
    )
