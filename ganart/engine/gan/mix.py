"""How two related models are mixed. Imports no torch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mix:
    """How much of the second model there is, 0 to 1, in coarse and in fine stages."""

    share: float
    """In stages up to `split` px, and in all where `fine` is None."""
    fine: float | None = None
    """In finer stages."""
    split: int = 0
    """The side up to which stages count as coarse."""

    def at(self, side: int) -> float:
        """Return the share of the second model in a stage of that side."""
        return self.share if self.fine is None or side <= self.split else self.fine
