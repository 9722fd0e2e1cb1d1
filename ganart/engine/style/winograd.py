"""3×3 convolution and rectifier by Winograd's minimal filtering, for processors.

F(4×4, 3×3) of Lavin & Gray 2016: sixteen outputs for 36 multiplications a channel pair where the
plain convolution takes 144. Torch itself has it for graphics cards only. Features lie in memory as
(height, width, channels), so that whole rows of channels are copied and transformed at once.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

_TILES = 128
"""Tiles transformed at once: few enough for the processor's cache, enough for quick products."""
_INPUT = torch.tensor(
    [
        [4.0, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_FILTER = torch.tensor(
    [[6.0, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]
).div(24)
_OUTPUT = torch.tensor(
    [[1.0, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]]
)
# Both axes at once: the transform of a tile that is written as one column.
_INPUT_2D = torch.kron(_INPUT, _INPUT)  # (36, 36)
_FILTER_2D = torch.kron(_FILTER, _FILTER)  # (36, 9)
_OUTPUT_2D = torch.kron(_OUTPUT, _OUTPUT)  # (16, 36)
_ONE = 7
"""The one of the 36 products that reaches all 16 outputs with factor 1: the bias goes there."""
_NARROWEST = 128
"""With fewer channels the transforms cost more than they save (tests/bench/convolution.py)."""


def pays(weight: Tensor) -> bool:
    """Tell whether `convolve` is quicker than torch's convolution with that weight."""
    return min(weight.shape[:2]) >= _NARROWEST


def transform_filters(weight: Tensor) -> Tensor:
    """Return filters (out, in, 3, 3) as `convolve` takes them: (36, in, out)."""
    out, wide = weight.shape[:2]
    return (_FILTER_2D @ weight.permute(2, 3, 1, 0).reshape(9, -1)).view(36, wide, out)


def convolve(x: Tensor, filters: Tensor, bias: Tensor) -> Tensor:
    """Return relu(convolution of x + bias) with zero padding; x (N, C, H, W) is float32.

    Gradients flow to x only, not to the filters.
    """
    result: Tensor = _Convolution.apply(x, filters, bias)
    return result


class _Convolution(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, filters: Tensor, bias: Tensor) -> Tensor:  # noqa: ANN401
        count, _, height, width = x.shape
        rows = x.permute(0, 2, 3, 1)
        down, along = -(-height // 4), -(-width // 4)
        rows = F.pad(rows, (0, 0, 1, 4 * along + 1 - width, 1, 4 * down + 1 - height))
        out = x.new_empty(count, down, 4, along, 4, filters.shape[2])
        step = max(1, _TILES // along)
        for picture, target in zip(rows, out, strict=True):
            for top in range(0, down, step):
                target[top : top + step] = _forward(
                    picture, filters, bias, top, min(step, down - top)
                )
        y = out.view(count, 4 * down, 4 * along, -1)[:, :height, :width].permute(0, 3, 1, 2)
        y = y.contiguous(memory_format=torch.channels_last)
        ctx.save_for_backward(y, filters)
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:  # noqa: ANN401
        y, filters = ctx.saved_tensors
        count, _, height, width = y.shape
        gradient = torch.ops.aten.threshold_backward(gradients[0], y, 0)
        rows = gradient.permute(0, 2, 3, 1)
        down, along = -(-height // 4), -(-width // 4)
        rows = F.pad(rows, (0, 0, 0, 4 * along - width, 0, 4 * down - height))
        out = y.new_zeros(count, down + 1, 4, along + 1, 4, filters.shape[1])
        step = max(1, _TILES // along)
        for picture, target in zip(rows, out, strict=True):
            for top in range(0, down, step):
                _backward(picture, filters, target, top, min(step, down - top))
        x = out.view(count, 4 * down + 4, 4 * along + 4, -1)[:, 1 : height + 1, 1 : width + 1]
        return x.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last), None, None


def _forward(rows: Tensor, filters: Tensor, bias: Tensor, top: int, n: int) -> Tensor:
    """Return n rows of output tiles (n, 4, along, 4, out) of a padded picture (H, W, in)."""
    along = (rows.shape[1] - 2) // 4
    line, column = rows.stride(0), rows.stride(1)
    tiles = rows.as_strided(
        (6, 6, n, along, rows.shape[2]),
        (line, column, 4 * line, 4 * column, 1),
        rows.storage_offset() + 4 * top * line,
    )
    transformed = _INPUT_2D @ tiles.reshape(36, -1)
    products = torch.bmm(transformed.view(36, n * along, -1), filters)
    products[_ONE] += bias
    out = (_OUTPUT_2D @ products.view(36, -1)).relu_()
    return out.view(4, 4, n, along, -1).permute(2, 0, 3, 1, 4)


def _backward(rows: Tensor, filters: Tensor, out: Tensor, top: int, n: int) -> None:
    """Add what n rows of tiles of the gradient (H, W, out) give; the transpose of `_forward`."""
    along = rows.shape[1] // 4
    tiles = rows[4 * top : 4 * (top + n)].view(n, 4, along, 4, -1).permute(1, 3, 0, 2, 4)
    transformed = _OUTPUT_2D.mT @ tiles.reshape(16, -1)
    products = torch.bmm(transformed.view(36, n * along, -1), filters.mT)
    found = (_INPUT_2D.mT @ products.view(36, -1)).view(6, 6, n, along, -1)
    found = found.permute(2, 0, 3, 1, 4)
    # Tiles of six overlap by two with the next ones below and beside.
    out[top : top + n, :, :along] += found[:, :4, :, :4]
    out[top : top + n, :, 1:, :2] += found[:, :4, :, 4:]
    out[top + 1 : top + n + 1, :2, :along] += found[:, 4:, :, :4]
    out[top + 1 : top + n + 1, :2, 1:, :2] += found[:, 4:, :, 4:]
