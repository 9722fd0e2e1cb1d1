"""A painting from start to end: a photo and styles in, a work folder with the picture out.

What lies in a work folder is told in `painting_record`.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ganart.datasets.decode import decode
from ganart.engine import device as devices
from ganart.engine.asks import Poll
from ganart.engine.errors import BadOption, EngineError
from ganart.engine.gan.curves import curve_log
from ganart.engine.options import Group, options
from ganart.engine.style.brushes import new_folder
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import (
    PaintFinished,
    PaintPlan,
    PaintSaved,
    PaintStarted,
    PaintStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.levels import painting_size, schedule
from ganart.engine.style.masks import as_mask, read_mask
from ganart.engine.style.objective import Style
from ganart.engine.style.painting import PaintState, finished_picture, paint
from ganart.engine.style.painting_file import load_state
from ganart.engine.style.painting_keeper import Keeper
from ganart.engine.style.painting_memory import choose_tile, memory_estimate
from ganart.engine.style.painting_record import (
    PHOTO_MASK,
    STYLE_MASK,
    PaintingRecord,
    read_record,
    write_record,
)
from ganart.engine.style.painting_record import paintings as paintings
from ganart.engine.style.starts import first_picture
from ganart.engine.style.tensors import to_pixels, to_tensor
from ganart.errors import StudioError
from ganart.media.pictures import save_png
from ganart.media.style_recipe import source_of
from ganart.text import QT_TRANSLATE_NOOP

PaintEvent = (
    PaintStarted
    | StylePhaseChanged
    | Preview
    | PaintStats
    | PaintSaved
    | StyleTrouble
    | PaintFinished
)

KEPT_STYLE_SIDE = 2048
"""Longer side of the copies of the style pictures."""
FIXED = {"long_side", "coarsest", "coarse_iterations", "start", "noise", "seed"}
"""Options that a painting which has begun cannot change."""


class PaintingDone(EngineError):
    """A finished painting was asked to go on without more iterations."""

    happened = QT_TRANSLATE_NOOP("errors", "This painting has had all its iterations.")
    safe = QT_TRANSLATE_NOOP("errors", "Its picture is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Give it more iterations to refine it further.")


def plan(photo: Path, config: PaintConfig) -> PaintPlan:
    """Tell what a painting will cost, before it begins. Raises `Unreadable`."""
    return _plan(config, *painting_size(*decode(photo).size, config.long_side))


def start(
    photo: Path,
    styles: Sequence[StyleSource],
    config: PaintConfig,
    folder: Path,
    poll: Poll,
) -> Iterator[PaintEvent]:
    """Paint `photo` in a new work folder inside `folder`. Raises `StudioError` children."""
    if not styles:
        raise BadOption(option="styles", value=0, allowed="at least one style picture")
    device = _use_device(config)
    yield StylePhaseChanged(StylePhase.LOADING)
    record = _prepare(photo, styles, config, folder)
    with devices.memory_guard(device):
        target, kept = _materials(record, device)
        found = _plan(config, record.width, record.height)
        yield PaintStarted(record.folder, found)
        yield StylePhaseChanged(StylePhase.FIRST)
        first = first_picture(config, target, record.styles, kept)
        state = PaintState.fresh(config, first)
        yield Preview(to_pixels(finished_picture(first, target, config)), 0)
        yield from _paint(record, target, kept, state, poll, found.tile)


def resume(
    painting_folder: Path,
    poll: Poll,
    iterations: int = 0,
    changes: Mapping[str, Any] | None = None,
) -> Iterator[PaintEvent]:
    """Go on with a painting, bit for bit on the CPU where nothing is changed.

    `iterations` are added to what it was to have at its full size; without them `PaintingDone` is
    raised when nothing is left. `changes` are other options, except for its size and start.
    Raises `BadPainting`, `BadOption` and other `StudioError` children.
    """
    record = read_record(painting_folder)
    config = _changed(record.config, changes or {}, iterations)
    device = _use_device(config)
    yield StylePhaseChanged(StylePhase.LOADING)
    with devices.memory_guard(device):
        target, kept = _materials(record, device)
        size = record.width, record.height
        anew = _objective(config) != _objective(record.config)
        state = load_state(record.state, config, size, device, new_optimizer=anew)
        levels = schedule(config, *size)
        if state.level == len(levels) - 1 and state.level_iteration >= levels[-1].iterations:
            raise PaintingDone()
        found = _plan(config, *size)
        yield PaintStarted(record.folder, found)
        yield from _paint(replace(record, config=config), target, kept, state, poll, found.tile)


def _paint(
    record: PaintingRecord,
    photo: Tensor,
    styles: Sequence[Style],
    state: PaintState,
    poll: Poll,
    tile: int,
) -> Iterator[PaintEvent]:
    """Paint and record; whatever happens, the record says how it ended."""
    keeper = Keeper(record, photo, state)
    try:
        with curve_log(record.folder, state.iteration, PaintStats) as curves:
            yield StylePhaseChanged(StylePhase.PAINTING)
            for event in paint(record.config, photo, styles, state, poll, tile):
                yield from keeper.handle(event, curves)
    except GeneratorExit:
        keeper.close("stopped")
        raise
    except StudioError as error:
        keeper.close("failed", str(error))
        raise
    except Exception as error:
        # A fault of ours: the record must not go on saying that it is being painted.
        keeper.close("failed", repr(error))
        raise


def _use_device(config: PaintConfig) -> torch.device:
    device, _ = devices.choose(config.device)
    torch.set_num_threads(config.threads or devices.default_threads())
    return device


def _plan(config: PaintConfig, width: int, height: int) -> PaintPlan:
    tile = config.tile or choose_tile(width, height, devices.describe(config.device).memory_free)
    return PaintPlan(
        width=width,
        height=height,
        levels=len(schedule(config, width, height)),
        tile=tile,
        memory_bytes=memory_estimate(width, height, tile),
    )


def _prepare(
    photo: Path, styles: Sequence[StyleSource], config: PaintConfig, folder: Path
) -> PaintingRecord:
    """Make the work folder with copies of all that the painting needs."""
    picture = decode(photo)
    size = painting_size(*picture.size, config.long_side)
    kept = [_read_style(style) for style in styles]
    record = PaintingRecord(
        folder=new_folder(folder, photo.stem),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        photo=photo.absolute(),
        styles=tuple(_absolute(style) for style in styles),
        sources=(source_of(photo), *(source_of(each.path, each.weight) for each in styles)),
        config=config,
        width=size[0],
        height=size[1],
    )
    photo_at_size = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    try:
        save_png(np.array(photo_at_size), record.kept_photo)
        for number, parts in enumerate(kept):
            for part, each in parts.items():
                save_png(np.array(each), record.kept_style(number, part))
        write_record(record)
    except StudioError:
        # Without its record nobody would ever find the folder again.
        shutil.rmtree(record.folder, ignore_errors=True)
        raise
    return record


def _read_style(style: StyleSource) -> dict[str, Image.Image]:
    """Return the style picture and its masks by the part of the name that they are kept under."""
    picture = decode(style.path)
    picture.thumbnail((KEPT_STYLE_SIDE, KEPT_STYLE_SIDE), Image.Resampling.LANCZOS)
    masks = {PHOTO_MASK: style.photo_mask, STYLE_MASK: style.style_mask}
    return {"": picture, **{part: read_mask(path) for part, path in masks.items() if path}}


def _absolute(style: StyleSource) -> StyleSource:
    photo_mask, style_mask = (
        path and path.absolute() for path in (style.photo_mask, style.style_mask)
    )
    return StyleSource(style.path.absolute(), style.weight, photo_mask, style_mask)


def _materials(record: PaintingRecord, device: torch.device) -> tuple[Tensor, list[Style]]:
    """Read the photo and the styles back from the work folder. Raises `Unreadable`."""

    def picture(path: Path) -> Tensor:
        return to_tensor(np.array(decode(path)), device).contiguous()

    def mask(number: int, part: str, original: Path | None) -> Tensor | None:
        if original is None:
            return None
        return as_mask(read_mask(record.kept_style(number, part))).to(device)

    styles = [
        Style(
            picture(record.kept_style(number)),
            style.weight,
            mask(number, PHOTO_MASK, style.photo_mask),
            mask(number, STYLE_MASK, style.style_mask),
        )
        for number, style in enumerate(record.styles)
    ]
    return picture(record.kept_photo), styles


def _changed(config: PaintConfig, changes: Mapping[str, Any], iterations: int) -> PaintConfig:
    """Return the options to go on with. Raises `BadOption` for those that cannot change."""
    for name in FIXED & changes.keys():
        if changes[name] != getattr(config, name):
            raise BadOption(option=name, value=changes[name], allowed=getattr(config, name))
    changed = replace(config, **changes)
    return replace(changed, iterations=changed.iterations + iterations)


def _objective(config: PaintConfig) -> dict[str, Any]:
    """Return the options that say what is painted, and how its steps are made."""
    kept = {each.name for each in options(type(config)) if each.group is Group.MACHINE}
    kept.add("iterations")
    return {name: value for name, value in asdict(config).items() if name not in kept}
