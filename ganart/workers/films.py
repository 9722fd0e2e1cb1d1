"""Stylizing a moving picture as `Run` takes it. Torch is loaded when it starts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.looks import Look
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """What is to become of a film."""

    source: Path
    look: Look
    suffix: str
    """.gif, .webp or .mp4"""
    calm: bool = True
    """Keep the painting of what stands still."""
    long_side: int = 0
    """Longer side of the frames in pixels; 0 keeps their size."""
    iterations: int = 0
    """Paint every frame by the optimised method, the first with so many; 0 is the quick way."""


def stylize_film(plan: FilmPlan, target: Path) -> Job:
    """Return a job that writes a film; records as in `style.events`."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.engine.style.film_artists import PaintedFilm
        from ganart.engine.style.film_run import stylize_film

        way: Look | PaintedFilm = plan.look
        if plan.iterations:
            styles = tuple(StyleSource(each.path, each.weight) for each in plan.look.ingredients)
            config = PaintConfig(iterations=plan.iterations, colour=plan.look.colour)
            way = PaintedFilm(styles, config)
        yield from stylize_film(
            plan.source, way, target, poll, calm=plan.calm, long_side=plan.long_side
        )

    return job
