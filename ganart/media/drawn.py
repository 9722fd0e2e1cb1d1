"""The pictures that a model draws: how large they are, and what shape they once had."""

from dataclasses import dataclass

from ganart.media.recipe_checks import check_number, check_whole

SIDE_MAX = 8192


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pictures as they come out of a model. Raises `BadRecipe` for sizes that cannot be."""

    width: int
    """In pixels, as is the height."""
    height: int
    stretched_from: float = 0.0
    """Width to height that the training pictures had before they were stretched; 0 where they were
    not."""

    def __post_init__(self) -> None:
        check_whole("width", self.width, 1, SIDE_MAX)
        check_whole("height", self.height, 1, SIDE_MAX)
        if self.stretched_from:
            check_number("stretched_from", self.stretched_from, 1e-3, 1e3)

    @property
    def aspect(self) -> float:
        """Width to height."""
        return self.width / self.height

    @property
    def unstretched(self) -> tuple[float, float]:
        """Width and height pulled back to the shape of the training pictures; none is shorter."""
        aspect = self.stretched_from or self.aspect
        return max(self.width, self.height * aspect), max(self.height, self.width / aspect)
