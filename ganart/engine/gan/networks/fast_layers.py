"""The layers of the FastGAN layout (Liu et al. 2021); its networks are in `fast`.

All convolutions carry spectral normalisation (Miyato et al. 2018).
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ganart.engine.gan.networks.interface import Begin

SLOPE = 0.2
CORE = 4
"""Side of the maps that skip-layer excitation looks at."""

NoiseSource = Callable[[int, int], Tensor]
"""Returns standard-normal noise (B, 1, h, w) for a height and a width."""


class Spectral(nn.Module):
    """Divides weights by their largest singular value (Miyato et al. 2018, algorithm 1).

    The value is found by the power method, one turn whenever the weights are used: it goes on from
    the vector that the last training step left, so it is exact soon after the start.
    """

    vector: Tensor

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.register_buffer("vector", F.normalize(torch.randn(outputs), dim=0))

    def forward(self, weight: Tensor) -> Tensor:
        """Take weights (outputs, ...) and return them divided."""
        rows = weight.flatten(1)
        with torch.no_grad():
            inwards = F.normalize(self.vector @ rows, dim=0)
            outwards = F.normalize(rows @ inwards, dim=0)
            if self.training:
                self.vector.copy_(outwards)
        return weight / (outwards @ rows @ inwards)


class Convolution(nn.Module):
    """A convolution without bias, weights from N(0, 0.02), spectrally normalised."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int | tuple[int, int],
        *,
        stride: int = 1,
        padding: int | None = None,
    ) -> None:
        """Take the padding, with None that which keeps the size at an odd kernel."""
        super().__init__()
        height, width = (kernel, kernel) if isinstance(kernel, int) else kernel
        self.weight = nn.Parameter(torch.empty(outputs, inputs, height, width))
        nn.init.normal_(self.weight, 0.0, 0.02)
        self.spectral = Spectral(outputs)
        self.stride = stride
        self.padding = height // 2 if padding is None else padding

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.spectral(self.weight), None, self.stride, self.padding)


class Noise(nn.Module):
    """Adds noise of a learned strength, none at the start."""

    def __init__(self) -> None:
        super().__init__()
        self.strength = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor, noise: NoiseSource) -> Tensor:
        return x + self.strength * noise(*x.shape[-2:])


class Start(nn.Module):
    """Latent -> first features: transposed convolution, batch normalisation, gated linear unit."""

    def __init__(self, latent_size: int, width: int, begin: Begin) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(2 * width, latent_size, *begin))
        nn.init.normal_(self.weight, 0.0, 0.02)
        self.spectral = Spectral(2 * width)
        self.norm = normalisation(2 * width)

    def forward(self, z: Tensor) -> Tensor:
        weight = self.spectral(self.weight).transpose(0, 1)
        return F.glu(self.norm(F.conv_transpose2d(z[:, :, None, None], weight)), dim=1)


class Gated(nn.Module):
    """3x3 convolution -> noise, where wanted -> batch normalisation -> gated linear unit."""

    def __init__(self, inputs: int, outputs: int, *, noisy: bool = False) -> None:
        super().__init__()
        self.convolution = Convolution(inputs, 2 * outputs, 3)
        self.noise = Noise() if noisy else None
        self.norm = normalisation(2 * outputs)

    def forward(self, x: Tensor, noise: NoiseSource | None = None) -> Tensor:
        x = self.convolution(x)
        if self.noise is not None and noise is not None:
            x = self.noise(x, noise)
        return F.glu(self.norm(x), dim=1)


class Enlarging(nn.Module):
    """Doubles the side; `double` adds a second convolution, and noise to both."""

    def __init__(self, inputs: int, outputs: int, *, double: bool) -> None:
        super().__init__()
        self.first = Gated(inputs, outputs, noisy=double)
        self.second = Gated(outputs, outputs, noisy=True) if double else None

    def forward(self, x: Tensor, noise: NoiseSource) -> Tensor:
        x = self.first(F.interpolate(x, scale_factor=2.0), noise)
        return x if self.second is None else self.second(x, noise)


class Excitation(nn.Module):
    """Skip-layer excitation (section 3.1): coarse features say which channels matter in finer ones.

    Like squeeze-and-excitation, but across resolutions, and from 4x4 places in place of one.
    """

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(CORE),
            Convolution(coarse, fine, CORE, padding=0),
            nn.SiLU(),
            Convolution(fine, fine, 1),
            nn.Sigmoid(),
        )

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        gates: Tensor = self.gate(coarse)
        return fine * gates


class Halving(nn.Module):
    """Halves the side on two ways, and takes their average."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.winding = nn.Sequential(
            Convolution(inputs, outputs, 4, stride=2, padding=1),
            normalisation(outputs),
            nn.LeakyReLU(SLOPE),
            Convolution(outputs, outputs, 3),
            normalisation(outputs),
            nn.LeakyReLU(SLOPE),
        )
        self.direct = nn.Sequential(
            nn.AvgPool2d(2),
            Convolution(inputs, outputs, 1),
            normalisation(outputs),
            nn.LeakyReLU(SLOPE),
        )

    def forward(self, x: Tensor) -> Tensor:
        averaged: Tensor = (self.winding(x) + self.direct(x)) / 2
        return averaged


def stem(width: int, *, halve: bool) -> nn.Sequential:
    """Return the first layer of a discriminator, which may halve the side."""
    layer = Convolution(3, width, 4, stride=2, padding=1) if halve else Convolution(3, width, 3)
    return nn.Sequential(layer, nn.LeakyReLU(SLOPE))


def judging(width: int, begin: Begin) -> nn.Sequential:
    """Return features of a side of 8 px -> 5x5 logits, each judging a part of the picture.

    Networks that `begin` with less than `CORE` pixels one way judge parts of that height or width.
    """
    part = min(CORE, begin[0]), min(CORE, begin[1])
    return nn.Sequential(
        Convolution(width, width, 1),
        normalisation(width),
        nn.LeakyReLU(SLOPE),
        Convolution(width, 1, part, padding=0),
        nn.Flatten(),
    )


def redrawing(width: int, doublings: int) -> nn.Sequential:
    """Return a decoder of features to a picture of `2 ** doublings` times their side."""
    layers: list[nn.Module] = []
    for _ in range(doublings):
        narrower = max(width // 2, 8)
        layers += [nn.Upsample(scale_factor=2.0), Gated(width, narrower)]
        width = narrower
    return nn.Sequential(*layers, Convolution(width, 3, 3), nn.Tanh())


def normalisation(width: int) -> nn.BatchNorm2d:
    """Return a batch normalisation with gains from N(1, 0.02)."""
    layer = nn.BatchNorm2d(width)
    nn.init.normal_(layer.weight, 1.0, 0.02)
    return layer
