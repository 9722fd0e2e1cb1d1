"""Which frames of a film become pictures of the dataset. Loads nothing that reads films."""

from dataclasses import dataclass

from ganart.engine.errors import BadOption

MOST_FRAMES = 100_000


@dataclass(frozen=True, slots=True)
class FrameChoice:
    """Which frames of a film are taken."""

    every: int = 10
    """Every so many frames one is looked at."""
    difference: float = 0.0
    """Taken is only a frame of which so large a share has other colours than the one before, 0
    to 1."""
    most: int = 2000
    """No more frames than this."""

    def __post_init__(self) -> None:
        for name, low, high in (
            ("every", 1, MOST_FRAMES), ("difference", 0, 1), ("most", 1, MOST_FRAMES),
        ):  # fmt: skip
            value = getattr(self, name)
            if not low <= value <= high:
                raise BadOption(option=name, value=value, allowed=f"{low} ... {high}")

    def at_most(self, frames: int) -> int:
        """Return how many pictures a film of so many frames gives at most."""
        return min(self.most, -(-frames // self.every))


SOME = FrameChoice()
"""Frames at equal distances."""
SCENES = FrameChoice(every=1, difference=0.3)
"""About one frame of each shot."""
