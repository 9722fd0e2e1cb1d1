"""The training of a brush from start to end: photos and a style in, a brush out."""

import hashlib
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

import ganart
from ganart.datasets.decode import decode
from ganart.engine import device as devices
from ganart.engine.asks import Ask, OpenAsks, Poll
from ganart.engine.errors import BadOption, BudgetSpent
from ganart.engine.gan.curves import CurveLog, curve_log
from ganart.engine.gan.pace import Pace
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brush_file import MAX_TEXT, BrushInfo, save_brush
from ganart.engine.style.brush_lesson import Lesson
from ganart.engine.style.brush_photos import NoPhotos, Pieces, find_photos
from ganart.engine.style.brush_state import BrushState
from ganart.engine.style.brushes import (
    STATE,
    BadBrushFolder,
    BrushRecord,
    new_folder,
    read_record,
    write_record,
)
from ganart.engine.style.brushes import brushes as brushes
from ganart.engine.style.events import (
    BrushFinished,
    BrushSaved,
    BrushStarted,
    BrushStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import Ingredient, Look
from ganart.engine.style.objective import Losses
from ganart.engine.style.tensors import Pixels, to_pixels, to_tensor
from ganart.engine.style.transfer import fit, stylize
from ganart.engine.style.vgg import load_vgg
from ganart.errors import StudioError
from ganart.media.pictures import save_png

BrushEvent = (
    StylePhaseChanged
    | BrushStarted
    | BrushStats
    | Preview
    | BrushSaved
    | StyleTrouble
    | BrushFinished
)

STYLE_SIDE = 512
"""Longer side of the style picture that a brush is taught, at a style scale of 1."""
KEPT_STYLE_SIDE = 2048
"""Longer side of the copy of the style picture: enough for the largest style scale."""
PREVIEW_SIDE = 384
PREVIEW_EVERY_S = 2.0
PREVIEW_SHARE = 0.05
SAVE_EVERY_S = 60.0
SAVE_SHARE = 0.05
"""Shares of the time that previews and saving may take."""


def start(
    style: Path, photos: Sequence[Path], config: BrushConfig, folder: Path, poll: Poll
) -> Iterator[BrushEvent]:
    """Train a brush for one style picture on photos (files and folders with all below them).

    `folder` gets a new folder for the brush, named as the style. Raises `StudioError` children.
    """
    device = _use_device(config)
    yield StylePhaseChanged(StylePhase.LOADING)
    picture = decode(style)
    picture.thumbnail((KEPT_STYLE_SIDE, KEPT_STYLE_SIDE), Image.Resampling.LANCZOS)
    found = yield from _find(photos, poll)
    if found is None:
        return
    pieces = Pieces(found, config.crop, config.seed)
    pieces.whole(PREVIEW_SIDE)  # with no readable photo nothing is begun
    record = BrushRecord(
        folder=new_folder(folder, style.stem),
        name=_plain(style.stem),
        style=style.absolute(),
        sources=tuple(each.absolute() for each in photos),
        config=asdict(config),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    save_png(np.array(picture), record.style_picture)
    write_record(record)
    with devices.memory_guard(device):
        state = BrushState.fresh(config, device)
        yield from _train(record, config, state, pieces, len(found), poll)


def resume(brush_folder: Path, poll: Poll, minutes: float = 0.0) -> Iterator[BrushEvent]:
    """Go on with a training, bit for bit on the CPU, for `minutes` more.

    0 means what is left of its own time, and `BudgetSpent` is raised where nothing is. Raises
    `BadBrushFolder` and other `StudioError` children.
    """
    record = read_record(brush_folder)
    config = _config(record)
    device = _use_device(config)
    yield StylePhaseChanged(StylePhase.LOADING)
    found = yield from _find(record.sources, poll)
    if found is None:
        return
    pieces = Pieces(found, config.crop, config.seed)
    with devices.memory_guard(device):
        state = BrushState.fresh(config, device)
        if (brush_folder / STATE).exists():
            state = BrushState.load(brush_folder / STATE, config, device)
        if minutes:
            config = replace(config, minutes=state.elapsed_s / 60 + minutes)
            record = replace(record, config=asdict(config))
        elif state.elapsed_s >= 60 * config.minutes:
            raise BudgetSpent
        yield from _train(record, config, state, pieces, len(found), poll)


def _train(
    record: BrushRecord,
    config: BrushConfig,
    state: BrushState,
    pieces: Pieces,
    photos: int,
    poll: Poll,
) -> Iterator[BrushEvent]:
    look = Look("picture", (Ingredient(str(record.style_picture)),))
    lesson = Lesson(
        config,
        load_vgg(state.device),
        Stylizer.load(look, state.device),
        _style(record, config),
        pieces,
        state.device,
    )
    studio = _Studio(record, state, photos, pieces.whole(PREVIEW_SIDE))
    yield BrushStarted(record.folder, photos)
    yield StylePhaseChanged(StylePhase.TRAINING)
    asks = OpenAsks(poll)
    showing = Pace(PREVIEW_EVERY_S, PREVIEW_SHARE, state.elapsed_s)
    saving = Pace(SAVE_EVERY_S, SAVE_SHARE, state.elapsed_s + SAVE_EVERY_S)
    with curve_log(record.folder, state.step, BrushStats) as curves:
        while not asks.stopped() and state.elapsed_s < 60 * config.minutes:
            started, paused_s = time.perf_counter(), asks.paused_s
            losses = lesson.step(state, asks.stopped)
            yield from map(StyleTrouble, _emptied(pieces.troubles))
            if losses is None:
                break
            state.elapsed_s += time.perf_counter() - started - (asks.paused_s - paused_s)
            yield from studio.note(_stats(config, state, losses), curves)
            started = time.perf_counter()
            if asks.take(Ask.SAMPLE) or showing.due(state.elapsed_s):
                yield studio.preview()
                showing.done(state.elapsed_s, time.perf_counter() - started)
            started = time.perf_counter()
            if asks.take(Ask.SAVE) or saving.due(state.elapsed_s):
                yield studio.save()
                saving.done(state.elapsed_s, time.perf_counter() - started)
    yield StylePhaseChanged(StylePhase.SAVING)
    if state.step:
        yield studio.preview()
        yield studio.save()
    yield BrushFinished(record.path, asks.stopped())


class _Studio:
    """Notes, shows and saves the brush between two steps."""

    def __init__(
        self, record: BrushRecord, state: BrushState, photos: int, preview: Pixels
    ) -> None:
        self._record = record
        self._state = state
        self._preview = to_tensor(preview, state.device)
        self._has_told = False
        self._info = BrushInfo(
            name=record.name,
            style_name=_plain(record.style.name),
            style_hash=_hash(record.style_picture),
            width=state.network.width,
            step=0,
            elapsed_s=0.0,
            photos=photos,
            app_version=ganart.__version__,
            created=record.created,
        )

    def note(self, stats: BrushStats, curves: CurveLog) -> Iterator[BrushStats | StyleTrouble]:
        """Add a row to the curves. The first that cannot be written is told; training goes on."""
        try:
            curves.add(stats)
        except StudioError as error:
            if not self._has_told:
                yield StyleTrouble(error)
            self._has_told = True
        yield stats

    @torch.inference_mode()
    def preview(self) -> Preview:
        """Paint the first photo."""
        height, width = self._preview.shape[2:]
        painting = stylize(*self._state.average.parts(), fit(self._preview))
        return Preview(to_pixels(painting[..., :height, :width]), self._state.step)

    def save(self) -> BrushSaved:
        """Write the brush, what the training goes on from, and how far it is, in this order."""
        state = self._state
        info = replace(self._info, step=state.step, elapsed_s=state.elapsed_s)
        named = state.average.state_dict().items()
        weights = {name: each.detach().cpu().contiguous().numpy() for name, each in named}
        save_brush(self._record.path, weights, info)
        state.save(self._record.folder / STATE)
        write_record(replace(self._record, step=state.step, elapsed_s=state.elapsed_s))
        return BrushSaved(self._record.path, state.step)


def _use_device(config: BrushConfig) -> torch.device:
    device, _ = devices.choose(config.device)
    torch.set_num_threads(config.threads or devices.default_threads())
    return device


def _find(
    sources: Sequence[Path], poll: Poll
) -> Generator[StyleTrouble, None, tuple[Path, ...] | None]:
    """Look for the photos; return None when asked to stop. Raises `NoPhotos`."""
    asks = OpenAsks(poll)
    for each in find_photos(sources, asks.stopped):
        if isinstance(each, StyleTrouble):
            yield each
        elif asks.stopped():
            return None
        elif each:
            return each
    raise NoPhotos(refused=0)


def _style(record: BrushRecord, config: BrushConfig) -> Pixels:
    """Return the style picture at the size at which it is taught."""
    picture = decode(record.style_picture)
    scale = STYLE_SIDE * config.style_scale / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    return np.array(picture.resize((width, height), Image.Resampling.LANCZOS))


def _config(record: BrushRecord) -> BrushConfig:
    values: Mapping[str, Any] = record.config
    try:
        return BrushConfig(**values)
    except (TypeError, BadOption) as error:
        raise BadBrushFolder(path=record.folder, reason="its options are damaged") from error


def _stats(config: BrushConfig, state: BrushState, losses: Losses) -> BrushStats:
    seconds = 60 * config.minutes
    return BrushStats(
        step=state.step,
        steps=max(state.step, round(state.step * seconds / max(state.elapsed_s, 1e-9))),
        **losses._asdict(),
        elapsed_s=state.elapsed_s,
        time_left_s=max(0.0, seconds - state.elapsed_s),
    )


def _emptied(troubles: list[Any]) -> list[Any]:
    """Return what is in the list, and empty it."""
    told = troubles.copy()
    troubles.clear()
    return told


def _plain(text: str) -> str:
    """Return a text that a brush file may hold."""
    return "".join(letter if letter.isprintable() else "-" for letter in text)[:MAX_TEXT]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
