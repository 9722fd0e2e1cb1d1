"""Convolutions in strips of rows, channels last: what is touched at once stays in the cache.

Three rearrangements, exact to rounding, keep the processor busy in spite of the few channels that
the instant networks have. What is left to do point by point, normalising and rectifying, is done on
the strip that the next convolution reads. Doubling the sides and convolving is two small
convolutions of the original, one for the even and one for the odd rows, whose channels are
neighbouring columns. Where a convolution has few outputs, neighbouring columns are channels too.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

_STRIP_BYTES = {"cpu": 4 * 2**20}
"""Size of the larger of what a strip reads and writes: about a core's share of the cache."""
_CARD_STRIP_BYTES = 256 * 2**20
_KEPT_BYTES = 256 * 2**20
"""Larger feature maps are let go after use."""
_LEAST_ROWS = 16
_VECTOR = 8
"""Convolutions with fewer outputs are computed for this many columns at once."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """One convolution of a picture that is mirrored at its edges."""

    weight: Tensor
    """(out, in, side, side), the side odd."""
    bias: Tensor | None = None
    stride: int = 1
    upsample: int = 1
    """2 (only with a side of 3): each pixel becomes a square of four first."""


@dataclass(frozen=True, slots=True)
class FeatureMap:
    """What a layer gives on; the last steps are taken where it is read."""

    values: "Tensor | Deferred"
    """(H, W, C)."""
    affine: tuple[Tensor, Tensor] | None = None
    """Scale and shift still to be applied, (C,) each."""
    rectify: bool = False
    """Whether negative values become 0, last of all."""

    def read(self, top: int, bottom: int, into: Tensor) -> None:
        """Write the rows from `top` up to `bottom` to `into`, (bottom - top, W, C)."""
        rows = self.values[top:bottom]
        if self.affine is not None:
            # Flat rows: a loop over a few channels for each pixel would take ten times as long.
            scale, shift = (each.repeat(rows.shape[1]) for each in self.affine)
            torch.addcmul(shift, rows.flatten(1), scale, out=into.flatten(1))
            rows = into
        if self.rectify:
            torch.clamp_min(rows, 0.0, out=into)
        elif rows is not into:
            into.copy_(rows)


@dataclass(frozen=True, slots=True)
class Deferred:
    """The convolution of a feature map, computed wherever rows of it are wanted, to save memory.

    Of the sides of the source; neither enlarged nor reduced.
    """

    source: FeatureMap
    convolution: Convolution

    @property
    def shape(self) -> tuple[int, int, int]:
        """(H, W, C)."""
        return result_shape(self.source, self.convolution)

    def __getitem__(self, rows: slice) -> Tensor:
        return _rows(self.source, self.convolution, rows.start, rows.stop)


class Workspace:
    """Memory for feature maps, lent again and again: getting it fresh takes as long as filling it.

    For one thread at a time.
    """

    def __init__(self) -> None:
        self._free: list[Tensor] = []
        self._lent: dict[int, Tensor] = {}
        self._used: set[int] = set()

    def take(self, shape: tuple[int, int, int], like: Tensor) -> Tensor:
        """Return a tensor of that shape with any content, on the device of `like`."""
        size = math.prod(shape)
        fitting = [index for index, each in enumerate(self._free) if size <= len(each) <= 2 * size]
        memory = self._free.pop(fitting[0]) if fitting else like.new_empty(size)
        self._lent[memory.data_ptr()] = memory
        self._used.add(memory.data_ptr())
        return memory[:size].view(shape)

    def give_back(self, tensor: Tensor) -> None:
        """Take back a tensor that is no longer needed; one that was not lent is left alone."""
        memory = self._lent.pop(tensor.data_ptr(), None)
        if memory is not None and memory.nbytes <= _KEPT_BYTES:
            self._free.append(memory)

    def end(self) -> None:
        """End a photo: let go what was not given back, and what this photo had no use for."""
        self._free = [each for each in self._free if each.data_ptr() in self._used]
        self._lent.clear()
        self._used.clear()


def convolve(source: FeatureMap, convolution: Convolution) -> Iterator[tuple[slice, Tensor]]:
    """Yield the convolution by strips: which rows of the result, and these rows (h, W, C)."""
    if convolution.upsample == 2:
        yield from _convolve_doubled(source, convolution)
        return
    for top, bottom in _strips(source, convolution):
        yield slice(top, bottom), _rows(source, convolution, top, bottom)


def _rows(source: FeatureMap, convolution: Convolution, top: int, bottom: int) -> Tensor:
    """Return the rows of the convolution from `top` up to `bottom`."""
    width = source.values.shape[1]
    weight, stride = convolution.weight, convolution.stride
    outputs, _, _, side = weight.shape
    columns = next(each for each in (_VECTOR, 4, 1) if width % each == 0)
    columns = columns if outputs < _VECTOR and side == 9 else 1
    weight = _for_columns(weight, columns)
    bias = None if convolution.bias is None else convolution.bias.repeat(columns)
    edge = side // 2
    rows = _padded(source, top * stride - edge, (bottom - 1) * stride + edge + 1, edge, weight)
    result = _conv2d(rows.view(len(rows), -1, columns * rows.shape[2]), weight, bias, stride)
    return result.reshape(bottom - top, -1, outputs)


def result_shape(source: FeatureMap, convolution: Convolution) -> tuple[int, int, int]:
    """Return (H, W, C) of the convolution of `source`, whose sides the stride divides."""
    height, width, _ = source.values.shape
    up, down = convolution.upsample, convolution.stride
    return height * up // down, width * up // down, len(convolution.weight)


def _convolve_doubled(
    source: FeatureMap, convolution: Convolution
) -> Iterator[tuple[slice, Tensor]]:
    """Convolve after doubling the sides, from the pixels as they are.

    Of three neighbours in the doubled picture two are one pixel here, so their weights are added;
    what is mirrored at its edges there repeats its edges here.
    """
    width = source.values.shape[1]
    outputs = len(convolution.weight)
    # Row offset -1, 0, 1 in the doubled picture is row offset -1, 0, 0 here seen from an even row
    # and 0, 0, 1 seen from an odd one; columns alike.
    first, middle, last = convolution.weight.unbind(2)
    by_row = (
        torch.stack((first, middle + last), 2),
        torch.stack((first + middle, last), 2),
    )
    weights = []
    for each in by_row:
        first, middle, last = each.unbind(3)
        nothing = torch.zeros_like(first)
        even = torch.stack((first, middle + last, nothing), 3)
        odd = torch.stack((nothing, first + middle, last), 3)
        weights.append(torch.cat((even, odd)))
    bias = None if convolution.bias is None else convolution.bias.repeat(2)
    for top, bottom in _strips(source, convolution):
        rows = _padded(source, top - 1, bottom + 1, 1, weights[0], repeat=True)
        for odd_rows, weight in enumerate(weights):
            result = _conv2d(rows[odd_rows : len(rows) - 1 + odd_rows], weight, bias)
            where = slice(2 * top + odd_rows, 2 * bottom, 2)
            yield where, result.reshape(bottom - top, 2 * width, outputs)


def _strips(source: FeatureMap, convolution: Convolution) -> Iterator[tuple[int, int]]:
    """Yield first and last-but-one row of strips: of the source where it is enlarged, else of the
    result."""
    weight = convolution.weight
    height, width, channels = result_shape(source, convolution)
    if convolution.upsample > 1:
        height //= convolution.upsample
        channels *= convolution.upsample
    row_values = max(math.prod(source.values.shape[1:]), width * channels)
    size = _STRIP_BYTES.get(weight.device.type, _CARD_STRIP_BYTES)
    rows = max(_LEAST_ROWS, size // (row_values * weight.element_size()))
    for top in range(0, height, rows):
        yield top, min(top + rows, height)


def _padded(
    source: FeatureMap, top: int, bottom: int, edge: int, like: Tensor, repeat: bool = False
) -> Tensor:
    """Return rows of `source`, on the device of `like`, with `edge` more columns on both sides.

    Rows may lie outside. There the picture is mirrored, or, with an edge of 1, repeated.
    """
    height, width, channels = source.values.shape
    padded = like.new_empty(bottom - top, width + 2 * edge, channels)
    above, below = max(0, -top), max(0, bottom - height)
    inside = padded[above : len(padded) - below]
    source.read(top + above, bottom - below, inside[:, edge : edge + width])
    near = 0 if repeat else 1  # the pixel beside the edge is the nearest one, or the next
    for step in range(edge):
        inside[:, edge - 1 - step] = inside[:, edge + near + step]
        inside[:, edge + width + step] = inside[:, edge + width - 1 - near - step]
    for step in range(above):
        padded[above - 1 - step] = padded[above + near + step]
    last = len(padded) - below - 1
    for step in range(below):
        padded[last + 1 + step] = padded[last - near - step]
    return padded


def _for_columns(weight: Tensor, columns: int) -> Tensor:
    """Return weights for a picture in which `columns` neighbouring pixels are one of more channels.

    Output column c of a block sees the input columns from c on: (out, in, side, side) becomes
    (columns × out, columns × in, side, blocks).
    """
    if columns == 1:
        return weight
    outputs, inputs, side, _ = weight.shape
    blocks = -(-(columns + side - 1) // columns)
    spread = weight.new_zeros(columns, outputs, inputs, side, blocks * columns)
    for column in range(columns):
        spread[column, ..., column : column + side] = weight
    spread = spread.view(columns * outputs, inputs, side, blocks, columns)
    return spread.permute(0, 4, 1, 2, 3).reshape(len(spread), -1, side, blocks)


def _conv2d(rows: Tensor, weight: Tensor, bias: Tensor | None, stride: int = 1) -> Tensor:
    """Convolve rows (h, W, C) without padding; returns (h', W', out)."""
    picture = rows.permute(2, 0, 1).unsqueeze(0)  # channels last, as torch calls it
    weight = weight.contiguous(memory_format=torch.channels_last)
    return F.conv2d(picture, weight, bias, stride)[0].permute(1, 2, 0)
