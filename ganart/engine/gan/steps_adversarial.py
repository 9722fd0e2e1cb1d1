"""One round of a GAN, whatever its networks and loss: the discriminator's turns, the generator's.

All that is random is drawn for the whole batch first; then the batch is cut into pieces that are
computed one after the other, and whose gradients add up. Departures that save time on small
machines: where turns of both networks meet, the same generated pictures serve both (with the
discriminator first, the generator has not changed in between), and so do the real ones; penalties
are computed at every n-th round with n times the weight (lazy regularisation, Karras et al. 2020).
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from ganart.engine.gan import augment, losses
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.descent import StepResult, backward, frozen, step_down
from ganart.engine.gan.networks.interface import Views
from ganart.engine.gan.recipes import DISTANCE_WEIGHT, recipe
from ganart.engine.gan.schedules import cosine, fade_out
from ganart.engine.gan.state import TrainState

PATH_INTERVAL = 4
"""The generator's own penalty is computed at every fourth round (Karras et al. 2020)."""


def adversarial_step(config: TrainConfig, state: TrainState) -> StepResult:
    """Train both networks for one round."""
    one = _Round(config, state)
    turns: list[Callable[[], bool]] = [one.teach_discriminator] * config.discriminator_steps
    turns += [one.teach_generator] * config.generator_steps
    if recipe(config).generator_first:
        turns.reverse()
    finite = True
    for number, turn in enumerate(turns):
        if number == 0 or turn == turns[number - 1]:
            one.draw()
        finite = turn() and finite
    return one.result(finite)


class _Round:
    """The pictures and random numbers of one round, and what comes of them."""

    def __init__(self, config: TrainConfig, state: TrainState) -> None:
        self._config = config
        self._state = state
        self._recipe = recipe(config)
        self._pieces = state.pieces(config)
        share = state.augment if config.augment_target else config.augment
        self._probability = fade_out(share, state.progress)
        self._sums: dict[str, Tensor] = {}

    def draw(self) -> None:
        """Draw real pictures and latents for the turns that follow."""
        self._real = self._state.batches.next()
        self._latents = self._state.latents(self._config)
        self._made: dict[int, Views] = {}
        # Pieces draw from streams of their own, whoever computes them, and however many there are.
        self._stream = int(torch.randint(2**40, (), generator=self._state.random))

    def teach_discriminator(self) -> bool:
        """Real pictures should score higher than generated ones; tell whether all was finite."""
        config, state, loss = self._config, self._state, self._recipe.loss
        due = self._recipe.penalty != "none" and state.step % config.penalty_interval == 0
        strength = config.penalty_interval * cosine(config.gamma, config.gamma_end, state.progress)
        between = self._recipe.penalty == "between"
        jitter_real, jitter_fake = self._jitter(), self._jitter()
        # Drawn only where needed, so that a run does not depend on what it does not use.
        chance = self._chance(3) if loss.slack or between else None
        self._begin("loss_d", "score_real", "score_fake", "told_apart")
        for piece in self._pieces:
            real = _leaves(state.discriminator.views(self._real[piece]), due)
            fake = _leaves(self._fake(piece, with_graph=len(self._pieces) == 1), due)
            shown = self._augmented(real, jitter_real, piece)
            logits_real, own = state.discriminator.judge_real(shown, self._source(piece, 1))
            logits_fake = state.discriminator(*self._augmented(fake, jitter_fake, piece))
            judged = logits_real, logits_fake
            if chance is not None and loss.slack:
                judged = _slackened(*judged, loss.slack * chance[piece])
            objective = loss_d = loss.discriminator(*judged)
            if own is not None:
                objective = objective + config.reconstruction * own
            if due and between and chance is not None:
                mixed = _mixed(real, fake, chance[piece, 2])
                logits = state.discriminator(*self._augmented(mixed, jitter_real, piece))
                penalty = losses.distance_penalty(logits, *mixed)
                objective = objective + strength * DISTANCE_WEIGHT * penalty
            elif due:
                # Gradients are taken at the pictures as they are, through the augmentation.
                penalty = losses.gradient_penalty(logits_real, *real)
                if self._recipe.penalty == "r1+r2":
                    penalty = penalty + losses.gradient_penalty(logits_fake, *fake)
                objective = objective + strength / 2 * penalty
            share = self._share(piece)
            backward(share * objective)
            self._add(share, loss_d=loss_d, score_real=logits_real, score_fake=logits_fake)
            lead = logits_real - logits_fake if loss.relativistic else logits_real
            self._add(share, told_apart=lead.sign())
        self._gather()
        self._adapt_augmentation()
        if not loss.is_endless and config.skip_below and self._sums["loss_d"] < config.skip_below:
            state.optimizer_d.zero_grad(set_to_none=True)
            return True
        return step_down(state.discriminator, state.optimizer_d, state.team)

    def teach_generator(self) -> bool:
        """Generated pictures should score higher; tell whether all was finite."""
        config, state, loss = self._config, self._state, self._recipe.loss
        due = config.path_length > 0 and state.step % PATH_INTERVAL == 0
        jitter_real, jitter_fake = self._jitter(), self._jitter()
        self._begin("loss_g")
        with frozen(state.discriminator):
            for piece in self._pieces:
                logits = []
                if loss.relativistic:
                    real = state.discriminator.views(self._real[piece])
                    shown = self._augmented(real, jitter_real, piece)
                    logits.append(state.discriminator(*shown))
                fake = self._fake(piece, with_graph=True)
                shown = self._augmented(fake, jitter_fake, piece)
                objective = loss_g = loss.generator(*logits, state.discriminator(*shown))
                if due:
                    # On half of the batch, as it costs a second forward pass and a deeper graph.
                    some = self._latents[piece].chunk(2)[0]
                    penalty = state.generator.own_penalty(some, self._source(piece, 2))
                    if penalty is not None:
                        objective = objective + config.path_length * PATH_INTERVAL * penalty
                share = self._share(piece)
                backward(share * objective)
                self._add(share, loss_g=loss_g)
                # The discriminator, if its turn is next, judges the same ones.
                self._made[piece.start] = tuple(each.detach() for each in fake)
        self._gather()
        return step_down(state.generator, state.optimizer_g, state.team)

    def result(self, finite: bool) -> StepResult:
        """Return the scalars of the last turn of each network."""
        del self._sums["told_apart"]
        return StepResult(**self._sums, finite=finite)

    def _adapt_augmentation(self) -> None:
        """Jitter more while real pictures are told apart too well, less while not well enough."""
        config, state = self._config, self._state
        if config.augment_target:
            state.augment = augment.next_probability(
                state.augment,
                self._sums["told_apart"].item(),
                config.augment_target,
                config.batch,
                run=state.pictures / state.progress if state.progress else math.inf,
            )

    def _fake(self, piece: slice, *, with_graph: bool) -> Views:
        """Return the generated pictures of a piece, those made before where there are any."""
        made = self._made.pop(piece.start, None)
        if made is None:
            with torch.set_grad_enabled(with_graph):
                made = self._state.generator.views(self._latents[piece], self._luck(piece))
        if with_graph and len(self._pieces) == 1:
            self._made[piece.start] = made
        return made

    def _luck(self, piece: slice) -> torch.Generator:
        """Return what the generator draws from for the pictures of a piece, the same numbers as if
        it drew the whole batch, where it can.
        """
        each = self._state.generator.chance
        if not each:
            return self._source(piece, 0)
        random = torch.Generator().manual_seed(self._stream)
        torch.rand(each * piece.start, generator=random)  # those of the pictures before
        return random

    def _source(self, piece: slice, use: int) -> torch.Generator:
        """Return what a piece draws from for a use: the same numbers where it is done again."""
        return torch.Generator().manual_seed(self._stream + 3 * piece.start + use)

    def _augmented(self, views: Views, draws: Tensor | None, piece: slice) -> Views:
        if draws is None:
            return views
        kinds = self._config.augment_kinds
        return augment.jitter(views, draws[piece], self._probability, kinds)

    def _jitter(self) -> Tensor | None:
        """Draw the augmentation of the whole batch; None while nothing is augmented."""
        if self._probability <= 0:
            return None
        return augment.draw(self._config.batch, self._state.random)

    def _chance(self, columns: int) -> Tensor:
        """Draw numbers from 0 to 1, (batch, columns), for the whole batch."""
        drawn = torch.rand(self._config.batch, columns, generator=self._state.random)
        return drawn.to(self._state.device)

    def _share(self, piece: slice) -> float:
        return float((piece.stop - piece.start) / self._config.batch)

    def _begin(self, *names: str) -> None:
        self._begun = names
        for name in names:
            self._sums[name] = torch.zeros((), device=self._state.device)

    def _gather(self) -> None:
        """Add up what all processes found in this turn."""
        if self._state.team:
            self._state.team.add_up([self._sums[name] for name in self._begun])

    def _add(self, share: float, **values: Tensor) -> None:
        for name, value in values.items():
            self._sums[name] = self._sums[name] + share * value.detach().mean()


def _leaves(views: Views, wanted: bool) -> Views:
    """Return views cut from what made them, to take gradients at if `wanted`."""
    return tuple(each.detach().requires_grad_(wanted) for each in views)


def _mixed(real: Views, fake: Views, share: Tensor) -> Views:
    """Return views between real and generated ones, to take gradients at."""
    pairs = zip(real, fake, strict=True)
    return _leaves(tuple(losses.between(*pair, share) for pair in pairs), wanted=True)


def _slackened(real: Tensor, fake: Tensor, slack: Tensor) -> tuple[Tensor, Tensor]:
    """Narrow the margin between logits by the numbers (B, 2 or more) of each picture."""
    more = [1] * (real.ndim - 1)
    return real + slack[:, 0].view(-1, *more), fake - slack[:, 1].view(-1, *more)
