"""Who paints the frames of a film: an instant look, or the optimised method."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from ganart.datasets.decode import decode
from ganart.engine.asks import Ask
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import Look
from ganart.engine.style.masks import as_mask, read_mask
from ganart.engine.style.motion import Calm
from ganart.engine.style.objective import Style
from ganart.engine.style.painting import PaintState, SaveDue, finished_picture, paint
from ganart.engine.style.starts import first_picture
from ganart.engine.style.tensors import to_tensor
from ganart.media.style_recipe import Source, StyleKind, Value, source_of

FOLLOWING = 0.25
"""Share of the iterations for frames that start from the one before."""
_STYLE_SIDE = 2048


class _Stopped(Exception):
    """A stop was asked in the midst of a frame."""


@dataclass(frozen=True, slots=True)
class PaintedFilm:
    """The wish to have every frame painted by the optimised method."""

    styles: tuple[StyleSource, ...]
    config: PaintConfig


class Artist(Protocol):
    """Paints frames one after the other."""

    kind: StyleKind

    def paint(self, photo: Tensor, calm: Calm | None, stopped: Callable[[], bool]) -> Tensor | None:
        """Return the painting of a frame (1, 3, H, W), 0...1; None once `stopped()`."""

    def styles(self) -> tuple[Source, ...]:
        """Return what the recipe tells of the styles."""

    def options(self) -> dict[str, Value]:
        """Return what the recipe tells of the way."""


def make_artist(way: Look | PaintedFilm, device: torch.device) -> Artist:
    """Load what is needed to paint that way. Raises `StudioError` children."""
    return _Instant(way, device) if isinstance(way, Look) else _Painter(way, device)


class _Instant:
    """One pass of a network a frame."""

    kind: StyleKind = "stylized"

    def __init__(self, look: Look, device: torch.device) -> None:
        self._look = look
        self._stylizer = Stylizer.load(look, device)

    def paint(self, photo: Tensor, calm: Calm | None, stopped: Callable[[], bool]) -> Tensor | None:
        def look_up() -> None:
            if stopped():
                raise _Stopped

        try:
            return self._stylizer.apply(photo, look_up).clamp(0, 1)
        except _Stopped:
            return None

    def styles(self) -> tuple[Source, ...]:
        return tuple(
            Source(each.source, weight=each.weight)
            if self._look.kind == "built-in"
            else source_of(each.path, each.weight)
            for each in self._look.ingredients
        )

    def options(self) -> dict[str, Value]:
        look = self._look
        return {"look": look.kind, "strength": look.strength, "colour": look.colour}


class _Painter:
    """The optimised method; each frame starts from the painting before (Ruder et al. 2016)."""

    kind: StyleKind = "painting"

    def __init__(self, way: PaintedFilm, device: torch.device) -> None:
        # The frames have their size already.
        self._config = replace(way.config, long_side=0)
        self._sources = way.styles
        self._styles = [_read(each, device) for each in way.styles]
        self._frames = 0

    def paint(self, photo: Tensor, calm: Calm | None, stopped: Callable[[], bool]) -> Tensor | None:
        def poll() -> Ask | None:
            return Ask.STOP if stopped() else None

        config = self._config
        first = first_picture(config, photo, self._sources, self._styles)
        if self._frames and calm is not None:
            first = calm.begin(photo, first)
            few = max(1, round(FOLLOWING * config.iterations))
            config = replace(config, iterations=few, coarsest=0)
        state = PaintState.fresh(config, first)
        for event in paint(config, photo, self._styles, state, poll):
            if isinstance(event, SaveDue) and event.stopped:
                return None
        self._frames += 1
        return finished_picture(state.picture, photo, config)

    def styles(self) -> tuple[Source, ...]:
        return tuple(source_of(each.path, each.weight) for each in self._sources)

    def options(self) -> dict[str, Value]:
        return asdict(self._config)


def _read(source: StyleSource, device: torch.device) -> Style:
    picture = decode(source.path)
    picture.thumbnail((_STYLE_SIDE, _STYLE_SIDE))

    def mask(path: Path | None) -> Tensor | None:
        return None if path is None else as_mask(read_mask(path)).to(device)

    return Style(
        to_tensor(np.array(picture), device).contiguous(),
        source.weight,
        mask(source.photo_mask),
        mask(source.style_mask),
    )
