"""How often to do something that costs time."""


class Pace:
    """An interval that stretches when the work would take more than `share` of the time.

    It also stretches to `growth` of the time so far, so that long runs do not heap up results: with
    0.01 there are about a hundred for each time that the run trebles.
    """

    def __init__(
        self, interval_s: float, share: float, first_at_s: float = 0.0, growth: float = 0.0
    ) -> None:
        self._interval_s = interval_s
        self._share = share
        self._growth = growth
        self._done_s = first_at_s - interval_s
        self._least_s = 0.0
        """How long to wait at least, whatever the interval."""

    def due(self, elapsed_s: float) -> bool:
        """Tell whether the work should be done now."""
        return elapsed_s >= self._done_s + max(self._interval_s, self._least_s)

    def done(self, elapsed_s: float, cost_s: float) -> None:
        """Note that the work was done at `elapsed_s` and took `cost_s`."""
        self._done_s = elapsed_s
        self._least_s = max(cost_s / self._share, elapsed_s * self._growth)

    def change(self, interval_s: float) -> None:
        """Go on at another interval, counted from when the work was done last."""
        self._interval_s = interval_s
