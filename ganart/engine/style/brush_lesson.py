"""One step of training a brush (Johnson et al. 2016, section 3)."""

from collections.abc import Callable

import torch
from torch import Tensor

from ganart.engine.errors import EngineError
from ganart.engine.style.brush_photos import Pieces
from ganart.engine.style.brush_state import BrushState
from ganart.engine.style.config import BrushConfig
from ganart.engine.style.losses import content_loss, gram_matrix, style_loss, total_variation
from ganart.engine.style.objective import Losses
from ganart.engine.style.tensors import Pixels, to_tensor
from ganart.engine.style.vgg import VGG19
from ganart.text import QT_TRANSLATE_NOOP

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
"""Without relu5_1: everything behind relu4_1 costs a third of a step and changes little."""
CONTENT_LAYER = "relu3_1"


class BrushDiverged(EngineError):
    """The losses are no numbers any more."""

    happened = QT_TRANSLATE_NOOP("errors", "The training of the brush went astray.")
    safe = QT_TRANSLATE_NOOP("errors", "The brush saved last is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Train a new one with a lower learning rate.")


class Lesson:
    """What a brush is taught: one style, on pieces of photos."""

    def __init__(
        self, config: BrushConfig, vgg: VGG19, style: Pixels, pieces: Pieces, device: torch.device
    ) -> None:
        self.pieces = pieces
        self._config = config
        self._vgg = vgg
        self._device = device
        with torch.inference_mode():
            found = vgg.features(to_tensor(style, device), STYLE_LAYERS)
        self._grams = {name: gram_matrix(each).clone() for name, each in found.items()}

    def step(self, state: BrushState, stopped: Callable[[], bool]) -> Losses | None:
        """Improve the brush by one step; None where `stopped()` came in between.

        A step that was stopped has changed nothing. Raises `BrushDiverged`, `NoPhotos`.
        """
        state.optimizer.zero_grad()
        sums = [0.0, 0.0, 0.0, 0.0]
        # Piece by piece: no slower without a graphics card, and a stop is answered sooner.
        for number in range(self._config.batch):
            photo = to_tensor(self.pieces.piece(state.step, number), self._device)
            terms = self._losses(photo, state.network(photo))
            (terms[3] / self._config.batch).backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            sums = [total + term.item() for total, term in zip(sums, terms, strict=True)]
            if stopped():
                return None
        losses = Losses(*(total / self._config.batch for total in sums))
        if not losses.total < float("inf"):  # False for NaN too
            raise BrushDiverged
        state.optimizer.step()
        state.step += 1
        state.update_average()
        return losses

    def _losses(self, photo: Tensor, painting: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return content, style and variation as weighted, and their sum."""
        config = self._config
        with torch.no_grad():
            target = self._vgg.features(photo, (CONTENT_LAYER,))[CONTENT_LAYER]
        found = self._vgg.features(painting, STYLE_LAYERS)
        content = config.content_weight * content_loss(found[CONTENT_LAYER], target)
        style = torch.stack(
            [style_loss(gram_matrix(found[name]), gram) for name, gram in self._grams.items()]
        )
        styled = config.style_weight * style.mean()
        variation = config.variation_weight * total_variation(painting * 255)
        return content, styled, variation, content + styled + variation
