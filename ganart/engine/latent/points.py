"""Latent vectors from seeds, and mixes of them. Numpy only.

Latents come from numpy's legacy `RandomState`, whose stream numpy guarantees to stay the same in
every later version: a seed written into a picture today draws the same vector for ever.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ganart.media.point import Method, Part, Point, numbers_of
from ganart.media.recipe_checks import PointDoesNotFit

Latents = npt.NDArray[np.float32]

_SPHERE_ROUNDS = 30
"""At most; a few are enough."""


def from_seed(seed: int, size: int) -> Latents:
    """Return the standard-normal latent (size,) of a seed in 0 ... 2**32 - 1."""
    return _drawn(seed, size).copy()


@lru_cache(maxsize=256)
def _drawn(seed: int, size: int) -> Latents:
    """Return what `from_seed` does, kept: every frame of a loop asks for the same few seeds."""
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


def mean_on_sphere(latents: Latents, weights: npt.NDArray[np.float64]) -> Latents:
    """Mix latents (n, size) on the sphere; weights (n,) are above 0 and their sum is 1.

    For two it is `slerp`; for more the spherical weighted average (Buss and Fillmore 2001,
    algorithm A1), which does not depend on their order, and the weighted average of their lengths.
    """
    if len(latents) == 1:
        only: Latents = latents[0]
        return only
    if len(latents) == 2:
        return slerp(latents[0], latents[1], float(weights[1]))
    lengths = np.linalg.norm(latents.astype(np.float64), axis=1)
    if not lengths.all():
        return _mean(latents, weights)
    directions = latents / lengths[:, None]
    mean = _unit(weights @ directions)
    for _ in range(_SPHERE_ROUNDS):
        cosines = np.clip(directions @ mean, -1.0, 1.0)
        angles = np.arccos(cosines)
        # On the plane that touches the sphere at the mean, directions lie this far along these.
        stretch = np.where(angles > 1e-9, angles / np.maximum(np.sin(angles), 1e-12), 1.0)
        step = (weights * stretch) @ (directions - cosines[:, None] * mean)
        length = float(np.linalg.norm(step))
        if length < 1e-9:
            break
        mean = _unit(np.cos(length) * mean + np.sin(length) / length * step)
    mixed: Latents = (mean * (weights @ lengths)).astype(np.float32)
    return mixed


def mix(latents: Latents, weights: Sequence[float], method: Method) -> Latents:
    """Mix latents (n, size) by weights (n,) above 0, along great circles or straight."""
    shares = np.asarray(weights, np.float64)
    shares = shares / shares.sum()
    if method == "slerp":
        return mean_on_sphere(latents, shares)
    if len(latents) == 2:
        return lerp(latents[0], latents[1], float(shares[1]))
    return _mean(latents, shares)


def latent_of(part: Part, size: int) -> Latents:
    """Return the latent (size,) of a part in z. Raises `BadRecipe` where its vector is of another
    size or space.
    """
    if part.seed is not None:
        return from_seed(part.seed, size)
    numbers = numbers_of(part.vector)
    if part.space != "z" or len(numbers) != size:
        raise PointDoesNotFit
    return numbers


def resolve(points: Sequence[Point], size: int) -> Latents:
    """Return the latents (len(points), size) that the parts of `points` mix to.

    Diversity, styles and genes are for `render.Model`, which knows the generator. Raises
    `BadRecipe` for points with parts in w.
    """
    latents = np.empty((len(points), size), np.float32)
    for row, point in enumerate(points):
        parts = np.stack([latent_of(part, size) for part in point.parts])
        latents[row] = mix(parts, [part.weight for part in point.parts], point.method)
    return latents


def _mean(latents: Latents, shares: npt.NDArray[np.float64]) -> Latents:
    mean: Latents = (shares @ latents.astype(np.float64)).astype(np.float32)
    return mean


def _unit(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    unit: npt.NDArray[np.float64] = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit
