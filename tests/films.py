"""Small films and animations for the tests."""

from collections.abc import Iterable
from pathlib import Path

from ganart.media.animations import AnyRecipe, animation
from ganart.media.pictures import Pixels


def save_animation(
    frames: Iterable[Pixels], target: Path, fps: float, recipe: AnyRecipe | None = None
) -> Path:
    """Write a loop of `frames` as `animation` does, taking one at a time, and return its path."""
    with animation(target, fps, recipe) as add:
        for pixels in frames:
            add(pixels)
    return target
