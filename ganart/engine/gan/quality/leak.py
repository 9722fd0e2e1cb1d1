"""Has the augmentation leaked into the pictures? Their plain numbers tell."""

import torch
from torch import Tensor

from ganart.engine.gan.batches import to_pictures
from ganart.engine.gan.quality.slices import Slices, pieces

BORDER = 0
"""The number of `traits` whose mean tells; of the others it is the spread."""


class LeakCheck:
    """Compares borders, turns and colour casts with the real pictures'.

    Colours jittered at random, and turns, spread the pictures' colours and directions wider than
    they are in the folder; edges that were filled leave flat borders. A model that is merely bad,
    or makes few pictures, does neither, but for one whose pictures fade out at their borders.
    """

    def __init__(self, mean: Tensor, deviation: Tensor) -> None:
        self._mean = mean
        self._deviation = deviation

    @classmethod
    def of(cls, real: Tensor) -> Slices["LeakCheck"]:
        """Look at the real pictures (N, 3, height, width), uint8; N > 1."""
        return cls(*(yield from _statistics(real)))

    def measure(self, generated: Tensor) -> Slices[float]:
        """Return how far `generated` (M, 3, height, width) differ; around 0.1 is good, above 0.35
        not.

        Folders of very different pictures hide a leak of colours: 0.2 is all that it makes there.
        """
        mean, deviation = yield from _statistics(generated)
        differences = (deviation / self._deviation).log()
        differences[BORDER] = self._mean[BORDER] - mean[BORDER]
        return max(0.0, differences.max().item())


def _statistics(pictures: Tensor) -> Slices[tuple[Tensor, Tensor]]:
    """Return the mean and the spread of every trait, the spread never quite 0."""
    found = []
    for some in pieces(pictures):
        found.append(traits(some))
        yield
    table = torch.cat(found)
    return table.mean(0), table.std(0) + 0.02


def traits(pictures: Tensor) -> Tensor:
    """Return plain numbers (N, 7) of pictures (N, 3, height, width), uint8.

    How flat the borders are (the logarithm of their differences to the lines beside them, against
    those inside); brightness; two colour casts; colourfulness; whether the top is lighter than the
    bottom; whether there are more differences downwards than sideways.
    """
    x = to_pictures(pictures)
    grey = x.mean(1)
    down, right = grey.diff(dim=1).abs(), grey.diff(dim=2).abs()
    inside = down[:, 1:-1].mean((1, 2)) + right[:, :, 1:-1].mean((1, 2))
    ends = down[:, [0, -1]].mean((1, 2)) + right[:, :, [0, -1]].mean((1, 2))
    red, green, blue = x.mean((2, 3)).unbind(1)
    half = grey.shape[1] // 2
    return torch.stack(
        [
            ((ends + 0.01) / (inside + 0.01)).log(),
            grey.mean((1, 2)),
            red - green,
            blue - green,
            (x - grey[:, None]).abs().mean((1, 2, 3)),
            grey[:, :half].mean((1, 2)) - grey[:, half:].mean((1, 2)),
            ((down.mean((1, 2)) + 0.01) / (right.mean((1, 2)) + 0.01)).log(),
        ],
        1,
    )
