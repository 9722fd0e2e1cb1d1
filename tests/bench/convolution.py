"""Winograd's convolution beside torch's, for the layers of VGG-19, forward and back.

Run: python -m tests.bench.convolution [SIDE [ROUNDS]]
Both alternate in one process; processor time of the best round, which other programs disturb
least. `pays` in ganart/engine/style/winograd.py is drawn from this table.
"""

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from torch import Tensor
from torch.nn.functional import conv2d, relu_

from ganart.engine.device import default_threads
from ganart.engine.style import winograd
from tests.bench.common import machine, table

LAYERS = ((64, 64, 1), (64, 128, 2), (128, 128, 2), (128, 256, 4), (256, 256, 4), (256, 512, 8))
LAYERS += ((512, 512, 8), (512, 512, 16))
"""Channels in and out, and what the side of the picture is divided by."""


def seconds(convolve: Callable[[Tensor], Tensor], x: Tensor, towards: Tensor) -> list[float]:
    """Return the processor time of the way forward and of the way back."""
    begun = time.process_time()
    out = convolve(x)
    between = time.process_time()
    torch.autograd.grad(out, x, towards)
    return [between - begun, time.process_time() - between]


def main() -> None:
    """Print the table."""
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 256
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    torch.set_num_threads(default_threads())
    rows = []
    for wide, out, scale in LAYERS:
        weight, bias = torch.randn(out, wide, 3, 3) / (4.5 * wide) ** 0.5, torch.randn(out) / 10
        filters = winograd.transform_filters(weight)
        x = torch.rand(1, wide, side // scale, side // scale)
        x = x.contiguous(memory_format=torch.channels_last).requires_grad_()
        towards = torch.randn(1, out, side // scale, side // scale)
        towards = towards.contiguous(memory_format=torch.channels_last)
        variants = (
            lambda x, weight=weight, bias=bias: relu_(conv2d(x, weight, bias, padding=1)),
            lambda x, filters=filters, bias=bias: winograd.convolve(x, filters, bias),
        )
        taken = [[seconds(each, x, towards) for each in variants] for _ in range(rounds)]
        best = [[min(each[v][way] for each in taken) for way in (0, 1)] for v in (0, 1)]
        expected, found = (each(x.detach()) for each in variants)
        rows.append(
            [
                f"{wide} → {out}, {side // scale} px",
                *(f"{1000 * each:.1f}" for variant in best for each in variant),
                *(f"{best[1][way] / best[0][way]:.2f}" for way in (0, 1)),
                f"{((found - expected).norm() / expected.norm()).item():.0e}",
                "yes" if winograd.pays(weight) else "no",
            ]
        )
    print(machine())
    header = ["layer", "torch ms", "back", "Winograd ms", "back", "ratio", "back", "error", "used"]
    print(table(header, rows))


if __name__ == "__main__":
    main()
