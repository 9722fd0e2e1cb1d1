"""The layers of StyleGAN2 (Karras et al. 2020, "Analyzing and improving the image quality of
StyleGAN"), with weights at an equalised learning rate (Karras et al. 2018, section 4.1).

Equalised means: weights are drawn from N(0, 1) and scaled by 1 / sqrt(fan-in) whenever they are
used, so that Adam moves all layers at the same relative speed.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SLOPE = 0.2
GAIN = math.sqrt(2)
"""Keeps the variance through a LeakyReLU, about."""


def activate(x: Tensor) -> Tensor:
    """Return LeakyReLU of features of any shape, scaled to keep the variance."""
    return F.leaky_relu(x, SLOPE) * GAIN


class Linear(nn.Module):
    """A fully connected layer with equalised learning rate."""

    def __init__(self, inputs: int, outputs: int, *, rate: float = 1.0, bias: float = 0.0) -> None:
        """Take the learning rate as a multiple of the optimizer's, and the bias to begin with."""
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / rate)
        self.bias = nn.Parameter(torch.full((outputs,), bias / rate))
        self.gain = rate / math.sqrt(inputs)
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.gain, self.bias * self.rate)


class Convolution(nn.Module):
    """A convolution with equalised learning rate; the side stays, or is halved with `stride` 2."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, *, stride: int = 1, bias: bool = True
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.gain = 1 / math.sqrt(inputs * kernel**2)
        self.stride = stride
        self.padding = (kernel - 1) // 2

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight * self.gain, self.bias, self.stride, self.padding)


class ModulatedConvolution(nn.Module):
    """A convolution whose input channels are scaled by a style (section 2.2).

    With `demodulate` the output channels are scaled back to the variance that they would have for
    inputs of variance 1. Both scale the features in place of the weights, which is the same and
    lets all pictures of a batch share one convolution. With `enlarge` the side is doubled by a
    transposed convolution, smoothed by `smooth`.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        style_size: int,
        *,
        demodulate: bool = True,
        enlarge: bool = False,
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.style = Linear(style_size, inputs, bias=1.0)
        self.gain = 1 / math.sqrt(inputs * kernel**2)
        self.demodulate = demodulate
        self.enlarge = enlarge
        self.padding = (kernel - 1) // 2

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """Take features (B, inputs, h, w) and styles (B, style_size)."""
        scale = self.style(style)
        weight = self.weight * self.gain
        x = x * scale[:, :, None, None].to(x.dtype)
        if self.enlarge:
            x = smooth(F.conv_transpose2d(x, weight.transpose(0, 1), stride=2))
        else:
            x = F.conv2d(x, weight, padding=self.padding)
        if self.demodulate:
            power = F.linear(scale.square(), weight.square().sum((2, 3)))
            x = x * (power + 1e-8).rsqrt()[:, :, None, None].to(x.dtype)
        return x


class Noise(nn.Module):
    """Adds noise of a learned strength, the same for all channels, for details left to chance.

    The noise is drawn once and kept. In training it is rolled to another place for each picture,
    where Karras et al. draw it anew: that takes two random numbers a picture, and the same ones on
    every device.
    """

    noise: Tensor

    def __init__(self, size: tuple[int, int]) -> None:
        """Take the height and the width of what it is added to."""
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(()))
        self.register_buffer("noise", torch.randn(size))

    def forward(self, x: Tensor, rolls: Tensor | None) -> Tensor:
        """Take features (B, C, h, w) and for each how far to roll the noise, down and right,
        (B, 2) in 0 ... 1, or None to leave it in place.
        """
        noise = self.noise
        if rolls is not None:
            down, right = (
                _rolled(roll, length)
                for roll, length in zip(rolls.unbind(1), noise.shape, strict=True)
            )
            noise = noise[down[:, :, None], right[:, None, :]][:, None]
        return x + (self.strength * noise).to(x.dtype)


class StyledLayer(nn.Module):
    """Modulated 3x3 convolution, noise, bias, LeakyReLU."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        style_size: int,
        size: tuple[int, int],
        *,
        enlarge: bool,
    ) -> None:
        """Take height and width of the features that come out."""
        super().__init__()
        self.convolution = ModulatedConvolution(inputs, outputs, 3, style_size, enlarge=enlarge)
        self.noise = Noise(size)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor, style: Tensor, rolls: Tensor | None) -> Tensor:
        x = self.noise(self.convolution(x, style), rolls)
        return activate(x + self.bias[:, None, None].to(x.dtype))


class ToColour(nn.Module):
    """Modulated 1x1 convolution to RGB, not demodulated."""

    def __init__(self, inputs: int, style_size: int) -> None:
        super().__init__()
        self.convolution = ModulatedConvolution(inputs, 3, 1, style_size, demodulate=False)
        self.bias = nn.Parameter(torch.zeros(3))

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        colours: Tensor = self.convolution(x, style)
        return colours + self.bias[:, None, None].to(colours.dtype)


def smooth(x: Tensor) -> Tensor:
    """Return what a transposed convolution of stride 2 gave, smoothed: (B, C, 2h+1, 2w+1) to
    (B, C, 2h, 2w), by the binomial filter [1, 3, 3, 1] that the paper uses.
    """
    channels = x.shape[1]
    return F.conv2d(x, _binomial(x).expand(channels, 1, 4, 4), padding=1, groups=channels)


def enlarge(x: Tensor) -> Tensor:
    """Return (B, C, h, w) at twice the side, smoothed by [1, 3, 3, 1]."""
    channels = x.shape[1]
    kernel = _binomial(x).expand(channels, 1, 4, 4)
    return F.conv_transpose2d(x, kernel, stride=2, padding=1, groups=channels)


def _rolled(roll: Tensor, length: int) -> Tensor:
    """Return the places (B, length) of a row that is rolled on by shares `roll` (B,) of it."""
    places = torch.arange(length, device=roll.device)
    return ((roll * length).long()[:, None] + places).remainder(length)


def _binomial(x: Tensor) -> Tensor:
    """Return the filter (4, 4) on the device of `x`; its sum is 4, for a quarter of the pixels of
    an enlarged picture carry something.
    """
    places = torch.arange(4, dtype=x.dtype, device=x.device)
    row = 1 - (places - 1.5).abs() / 2  # 1, 3, 3, 1 in quarters
    return row[:, None] * row
