"""One step of training a brush: first it copies the instant look, then it learns from VGG-19.

The losses are those of Johnson et al. 2016, section 3. A network that begins with random weights
needs a thousand such steps to find the photo at all; two hundred cheap ones that only copy what the
instant networks make of the same photo and style bring it there in less than a minute. After them
the broad colours of the instant look guide it for a while, ever less.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ganart.engine.errors import EngineError
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brush_photos import Pieces
from ganart.engine.style.brush_state import BrushState
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.losses import content_loss, gram_matrix, style_loss, total_variation
from ganart.engine.style.objective import Losses
from ganart.engine.style.tensors import Pixels, to_tensor
from ganart.engine.style.vgg import VGG19
from ganart.text import QT_TRANSLATE_NOOP

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
"""Without relu5_1: everything behind relu4_1 costs a third of a step and changes little."""
CONTENT_LAYER = "relu3_1"
COPYING_STEPS = 200
COPYING_RATE = 0.003
"""Learning rate while copying."""
COPYING_SHRINK = 2
"""Copying is learnt on pieces that are so many times smaller."""
GUIDE_WEIGHT = 500.0
GUIDE_HALVED_AFTER = 1000
"""Steps; after five times as many the guide is left alone."""
GUIDE_SHRINK = 8
"""The guide tells of pictures that are so many times smaller: colours, no strokes."""
WARM_UP_STEPS = 20
"""Steps over which the learning rate rises when the losses change."""


class BrushDiverged(EngineError):
    """The losses are no numbers any more."""

    happened = QT_TRANSLATE_NOOP("errors", "The training of the brush went astray.")
    safe = QT_TRANSLATE_NOOP("errors", "The brush saved last is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Train a new one with a lower learning rate.")


class Lesson:
    """What a brush is taught: one style, on pieces of photos."""

    def __init__(
        self,
        config: BrushConfig,
        vgg: VGG19,
        teacher: Stylizer,
        style: Pixels,
        pieces: Pieces,
        device: torch.device,
    ) -> None:
        """`teacher` is the instant look of the style, which `style` shows at the size learnt."""
        self.pieces = pieces
        self._config = config
        self._vgg = vgg
        self._teacher = teacher
        self._device = device
        with torch.no_grad():
            found = vgg.features(to_tensor(style, device), STYLE_LAYERS)
            self._grams = {name: gram_matrix(each) for name, each in found.items()}

    def step(self, state: BrushState, stopped: Callable[[], bool]) -> Losses | None:
        """Improve the brush by one step; None where `stopped()` came in between.

        A step that was stopped has changed nothing. The content loss includes the guide; while the
        brush copies it is that of the copy, and the others are 0. Raises `BrushDiverged`,
        `NoPhotos`.
        """
        copying = state.step < COPYING_STEPS
        losses_of = self._copying_losses if copying else self._losses
        state.optimizer.zero_grad()
        sums = [0.0, 0.0, 0.0, 0.0]
        # Piece by piece: no slower without a graphics card, and a stop is answered sooner.
        for number in range(self._config.batch):
            terms = losses_of(to_tensor(self.pieces.piece(state.step, number), self._device), state)
            (terms[3] / self._config.batch).backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            sums = [total + term.item() for total, term in zip(sums, terms, strict=True)]
            if stopped():
                return None
        losses = Losses(*(total / self._config.batch for total in sums))
        if not losses.total < float("inf"):  # False for NaN too
            raise BrushDiverged
        self._improve(state)
        return losses

    def _improve(self, state: BrushState) -> None:
        """Take one step along the gradients at hand."""
        if state.step == COPYING_STEPS:
            # Momenta of the copy, whose gradients were far smaller, would throw it off.
            state.optimizer.state.clear()
        copying = state.step < COPYING_STEPS
        taken = state.step if copying else state.step - COPYING_STEPS
        rate = COPYING_RATE if copying else self._config.learning_rate
        state.optimizer.param_groups[0]["lr"] = rate * min(1.0, (taken + 1) / WARM_UP_STEPS)
        state.optimizer.step()
        state.step += 1
        state.update_average()

    def _copying_losses(self, photo: Tensor, state: BrushState) -> tuple[Tensor, ...]:
        """Return the mean squared difference of 0...255 to the instant look, 0, 0, and the sum."""
        photo = F.avg_pool2d(photo, COPYING_SHRINK)
        difference = 255**2 * F.mse_loss(state.network(photo), self._taught(photo))
        nothing = torch.zeros_like(difference)
        return difference, nothing, nothing, difference

    def _losses(self, photo: Tensor, state: BrushState) -> tuple[Tensor, ...]:
        """Return content, style and variation as weighted, and their sum."""
        config = self._config
        painting = state.network(photo)
        with torch.no_grad():
            target = self._vgg.features(photo, (CONTENT_LAYER,))[CONTENT_LAYER]
        found = self._vgg.features(painting, STYLE_LAYERS)
        content = config.content_weight * content_loss(found[CONTENT_LAYER], target)
        content = content + self._guide(photo, painting, state.step)
        style = torch.stack(
            [style_loss(gram_matrix(found[name]), gram) for name, gram in self._grams.items()]
        )
        styled = config.style_weight * style.mean()
        variation = config.variation_weight * total_variation(painting * 255)
        return content, styled, variation, content + styled + variation

    def _guide(self, photo: Tensor, painting: Tensor, step: int) -> Tensor | float:
        """Return the weighted difference to the instant look's broad colours."""
        if step >= 5 * GUIDE_HALVED_AFTER:
            return 0.0
        weight: float = GUIDE_WEIGHT * 0.5 ** (step / GUIDE_HALVED_AFTER)
        colours = F.avg_pool2d(painting, GUIDE_SHRINK)
        target = F.avg_pool2d(self._taught(photo), GUIDE_SHRINK)
        difference: Tensor = F.mse_loss(colours, target)
        return weight * 255**2 * difference

    def _taught(self, photo: Tensor) -> Tensor:
        """Return what the instant look makes of the photo."""
        return self._teacher.apply(photo)
