"""Random walks: from a point to one nearby, by chance. Numpy only."""

from dataclasses import replace

from ganart.engine.latent.points import from_seed, resolve, slerp
from ganart.media.point import MAX_PARTS, Part, Point, vector_of


def wander(point: Point, size: int, seed: int, wildness: float) -> Point:
    """Return a point a step away from `point`, in a model with latents of `size` numbers.

    The step goes along a great circle towards the latent of `seed`, by a share `wildness`, 0 ... 1,
    of the way: 1 ends there. So latents stay as long as those of seeds are however far the walk
    goes (as in an Ornstein-Uhlenbeck process), and the same seeds lead the same way. What is
    changed about the point, such as its genes, stays. From a place among styles the step is a
    straight mix. Raises `BadRecipe` for a point of another model.
    """
    if any(part.space == "w" for part in point.parts):
        return replace(point, parts=_mixed(point.parts, seed, wildness))
    target = from_seed(seed, size)
    if wildness >= 1:
        return replace(point, parts=(Part(seed),))
    here = resolve([point], size)[0]
    return replace(point, parts=(Part(vector=vector_of(slerp(here, target, wildness))),))


def _mixed(parts: tuple[Part, ...], seed: int, wildness: float) -> tuple[Part, ...]:
    """Return parts mixed with a seed, without those that hardly count any more."""
    total = sum(part.weight for part in parts)
    shares = [(part, (1 - wildness) * part.weight / total) for part in parts]
    shares.append((Part(seed), wildness))
    kept = sorted((each for each in shares if each[1] > 1e-3), key=lambda each: -each[1])
    return tuple(replace(part, weight=share) for part, share in kept[:MAX_PARTS])
