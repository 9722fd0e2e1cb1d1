"""Computing the finest stages with half the digits (bf16), which newer graphics cards do faster."""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

FINEST_STAGES = 4
"""As R3GAN (Huang et al. 2024) and StyleGAN2-ADA do; the coarse ones cost little."""


class Precision:
    """Tells for each stage of a network how it computes; weights and results stay float32.

    Only while training: the pictures that people see are always drawn with all digits, so a model
    trained on a graphics card draws the same ones on any computer. bf16 and not fp16, which
    overflows to NaN.
    """

    def __init__(self, wish: str, finest_side: int) -> None:
        """Take the option `precision` and the side of the finest stage in pixels."""
        self._wish = wish
        self._coarsest_side = max(8, finest_side >> (FINEST_STAGES - 1))

    def at(self, side: int, x: Tensor, *, training: bool) -> AbstractContextManager[object]:
        """Return what to compute the stage of `side` px in, for features on the device of `x`."""
        if training and side >= self._coarsest_side and self._wanted(x.device):
            return torch.autocast(x.device.type, torch.bfloat16)
        return nullcontext()

    def fit(self, side: int, x: Tensor, *, training: bool) -> Tensor:
        """Return features as the stage of `side` px computes them: a coarse stage behind finer ones
        needs all digits back. Outside of `at`, before it.
        """
        return x if side >= self._coarsest_side or not training else x.float()

    def _wanted(self, device: torch.device) -> bool:
        if self._wish == "auto":
            # Emulated on older cards, where it is slower than all digits.
            return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
        return self._wish == "bf16"
