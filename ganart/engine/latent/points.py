"""Latent vectors from seeds, and mixes of them. Numpy only.

Latents come from numpy's legacy `RandomState`, whose stream numpy guarantees to stay the same in
every later version: a seed written into a picture today draws the same vector for ever.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ganart.media.recipe import Point

Latents = npt.NDArray[np.float32]


def from_seed(seed: int, size: int) -> Latents:
    """Return the standard-normal latent (size,) of a seed in 0 ... 2**32 - 1."""
    return np.random.RandomState(seed).standard_normal(size).astype(np.float32)


def lerp(a: Latents, b: Latents, amount: float) -> Latents:
    """Mix along the straight line; `amount` 0 gives `a`, 1 gives `b`."""
    mixed: Latents = (a * (1 - amount) + b * amount).astype(np.float32)
    return mixed


def slerp(a: Latents, b: Latents, amount: float) -> Latents:
    """Mix along the great circle (Shoemake 1985), the length gliding from |a| to |b|.

    In many dimensions normal vectors lie near a sphere; a straight line would cut through its
    empty inside and give bland pictures half-way. Parallel vectors fall back to `lerp`.
    """
    length_a, length_b = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if not length_a or not length_b:
        return lerp(a, b, amount)
    cosine = float(np.clip(np.dot(a, b) / (length_a * length_b), -1.0, 1.0))
    angle = np.arccos(cosine)
    if np.sin(angle) < 1e-6:
        return lerp(a, b, amount)
    share_a = np.sin((1 - amount) * angle) / np.sin(angle)
    share_b = np.sin(amount * angle) / np.sin(angle)
    direction = a / length_a * share_a + b / length_b * share_b
    mixed: Latents = (direction * (length_a + (length_b - length_a) * amount)).astype(np.float32)
    return mixed


MIXES = {"lerp": lerp, "slerp": slerp}


def resolve(points: Sequence[Point], size: int) -> Latents:
    """Return the latents (len(points), size) that `points` describe, but for their diversity.

    That is for the generator, whose `draw` knows how to come nearer to its most common picture.
    """
    latents = np.empty((len(points), size), np.float32)
    for row, point in enumerate(points):
        latent = from_seed(point.seed, size)
        if point.other_seed is not None:
            other = from_seed(point.other_seed, size)
            latent = MIXES[point.method](latent, other, point.amount)
        latents[row] = latent
    return latents
