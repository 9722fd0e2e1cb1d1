"""Rendering on demand: of many requests only the newest is drawn, and stale results are dropped."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from ganart.engine.gan.mix import Mix as Mix
from ganart.engine.gan.model_file import ModelInfo as ModelInfo
from ganart.engine.latent.exports import SHEET_BACKGROUND
from ganart.media.point import Point
from ganart.media.sheets import contact_sheet
from ganart.workers.images import image_of
from ganart.workers.mailbox import LatestMailbox
from ganart.workers.run import ErrorReport

if TYPE_CHECKING:  # these load torch, which only the thread's first request should pay for
    from ganart.engine.gan.blend import Blender
    from ganart.engine.latent.render import Model

_STACK_BYTES = 16 * 2**20
SHEET_GAP_PX = 2
_GLANCE = 8
"""Pictures that are drawn together where they are only looked at."""


@dataclass(frozen=True, slots=True)
class Blend:
    """A model that lies between those of two files."""

    first: Path
    second: Path
    mix: Mix


Source = Path | Blend
"""What draws: a model file, or a blend of two."""
Version = tuple[int, int] | None
"""What changes when a file is replaced; None where there is none."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Pictures to render for one place of the window, named by `tag`."""

    stamp: int
    tag: str
    source: Source
    points: tuple[Point, ...]
    columns: int = 0
    """Of the sheet that is made of them; 0 for none."""
    is_glance: bool = False
    """Whether they are only looked at: drawn faster, with pixels that are off by one now and
    then."""


@dataclass(frozen=True, slots=True, eq=False)
class PreviewResult:
    """What became of a request: either pixels and the model's facts, or an error."""

    stamp: int
    tag: str
    points: tuple[Point, ...]
    pixels: npt.NDArray[np.uint8] | None
    """(count, height, width, 3), owned by the receiver."""
    info: ModelInfo | None
    error: ErrorReport | None
    splits: tuple[int, ...] = ()
    """Of a blend: the sides in px at which coarse and fine stages can be told apart; maybe none."""
    sheet: QImage | None = None
    """All pictures in one, if columns were asked for."""
    version: Version = None
    """Of the model file, which a training replaces now and then; None for blends and errors."""


class _Models:
    """The models that were wanted last, and the last two that were blended, kept loaded."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._models: OrderedDict[Path, tuple[Version, Model]] = OrderedDict()
        self._blender: tuple[tuple[object, ...], Blender] | None = None

    def clear(self) -> None:
        """Let them go."""
        self._models.clear()
        self._blender = None

    def load(self, source: Source) -> "tuple[Model, Version, tuple[int, ...]]":
        """Return the model of `source` with its version and, for a blend, its splits.

        Raises `BadCheckpoint`, and `NotRelated` for a blend of strangers.
        """
        if isinstance(source, Path):
            version, model = self._load(source)
            return model, version, ()
        blender = self._blend(source.first, source.second)
        return blender.model(source.mix), None, blender.splits

    def _load(self, path: Path) -> "tuple[Version, Model]":
        from ganart.engine.latent.render import Model

        # A live model is replaced on disk under the same name while training goes on.
        version = _version(path)
        kept = self._models.pop(path, None)
        if kept is None or kept[0] != version:
            kept = None  # it goes before another one is loaded
            while len(self._models) >= self._most:
                self._models.popitem(last=False)
            kept = (version, Model.load(path))
        self._models[path] = kept
        return kept

    def _blend(self, first: Path, second: Path) -> "Blender":
        from ganart.engine.gan.blend import Blender

        key = (first, _version(first), second, _version(second))
        if self._blender is None or self._blender[0] != key:
            self._blender = None
            self._blender = (key, Blender(first, second))
        return self._blender[1]


def _version(path: Path) -> Version:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


_LET_GO = "let go"
"""In place of a request: what is loaded is not needed any more."""


class _Renderer(QThread):
    """The thread."""

    finished_one = Signal(object)

    def __init__(
        self, mailbox: LatestMailbox[PreviewRequest | str], models: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setStackSize(_STACK_BYTES)
        self.setObjectName("previews")
        self._mailbox = mailbox
        self._models = _Models(models)

    def run(self) -> None:
        while (request := self._mailbox.take()) is not None:
            if isinstance(request, PreviewRequest):
                self.finished_one.emit(self._answer(request))
            else:
                self._models.clear()
        self._models.clear()

    def _answer(self, request: PreviewRequest) -> PreviewResult:
        try:
            model, version, splits = self._models.load(request.source)
            pixels = self._render(model, request)
        except Exception as error:  # whatever fails is shown in place of the picture
            report = ErrorReport.of(error)
            return PreviewResult(request.stamp, request.tag, request.points, None, None, report)
        sheet = _sheet(pixels, request.columns) if request.columns else None
        return PreviewResult(
            request.stamp,
            request.tag,
            request.points,
            pixels,
            model.info,
            None,
            splits,
            sheet,
            version,
        )

    def _render(self, model: "Model", request: PreviewRequest) -> npt.NDArray[np.uint8]:
        """Render one by one, or a few at a glance.

        Once the box is closed somebody waits, and no one looks. A single picture of the same model,
        such as the large one that follows a mouse, need not wait for the rest.
        """
        size, draw = (_GLANCE, model.glance) if request.is_glance else (1, model.render)
        points = request.points
        pictures = [draw(points[:size])]
        for start in range(size, len(points), size):
            if self._mailbox.is_closed():
                break
            urgent = self._mailbox.take_now(lambda other: _is_urgent(other, request))
            if isinstance(urgent, PreviewRequest):
                self.finished_one.emit(self._answer(urgent))
            pictures.append(draw(points[start : start + size]))
        return np.concatenate(pictures)


def _is_urgent(other: PreviewRequest | str, request: PreviewRequest) -> bool:
    """Whether `other` is to be drawn in the midst of `request`. Never what follows it in its place:
    the results of one tag come in the order of their stamps.
    """
    return (
        isinstance(other, PreviewRequest)
        and len(other.points) == 1
        and other.source == request.source
        and other.tag != request.tag
    )


def _sheet(pixels: npt.NDArray[np.uint8], columns: int) -> QImage:
    """Lay pictures out in rows, with gaps between them but none around."""
    sheet = contact_sheet(list(pixels), columns, SHEET_GAP_PX, SHEET_BACKGROUND)
    return image_of(sheet[SHEET_GAP_PX:-SHEET_GAP_PX, SHEET_GAP_PX:-SHEET_GAP_PX])


class Previewer(QObject):
    """Renders for the window. Its thread starts with the first request and ends with `stop`.

    It keeps the last `models` models loaded.
    """

    rendered = Signal(object)
    """A `PreviewResult`. While requests come faster than they are drawn some are left out, but
    never the last; what was asked of another model, or of a blend of others, than the newest
    request's is dropped."""

    def __init__(self, parent: QObject | None = None, models: int = 1) -> None:
        super().__init__(parent)
        self._models = models
        self._stamp = 0
        self._valid_from: dict[str, int] = {}
        self._files: dict[str, tuple[Path, ...]] = {}
        self._mailbox: LatestMailbox[PreviewRequest | str] | None = None
        self._renderer: _Renderer | None = None

    def show(
        self,
        source: Source,
        points: Sequence[Point],
        tag: str,
        columns: int = 0,
        *,
        is_glance: bool = False,
    ) -> int:
        """Ask for pictures, and for a sheet of them if there are to be `columns`, or for a
        `Model.glance`; returns the stamp that the result will carry.
        """
        self._stamp += 1
        files = (source,) if isinstance(source, Path) else (source.first, source.second)
        if self._files.get(tag) != files:
            self._files[tag] = files
            self._valid_from[tag] = self._stamp
        mailbox = self._mailbox or self._start()
        request = PreviewRequest(self._stamp, tag, source, tuple(points), columns, is_glance)
        mailbox.put(tag, request)
        return self._stamp

    def forget(self, tag: str) -> None:
        """Drop the results that are on their way for `tag`."""
        self._files.pop(tag, None)
        self._valid_from.pop(tag, None)

    def rest(self) -> None:
        """Drop what was asked for and let the models go; the next request loads them again."""
        self._files.clear()
        self._valid_from.clear()
        if self._mailbox is not None:
            self._mailbox.clear()
            self._mailbox.put(_LET_GO, _LET_GO)

    def stop(self) -> None:
        """End the thread after the few pictures that it is working on, and let the model go."""
        self._files.clear()
        self._valid_from.clear()
        if self._renderer is None or self._mailbox is None:
            return
        self._mailbox.close()
        self._renderer.wait()
        self._renderer.deleteLater()
        self._renderer = self._mailbox = None

    def _start(self) -> LatestMailbox[PreviewRequest | str]:
        self._mailbox = LatestMailbox()
        self._renderer = _Renderer(self._mailbox, self._models, self)
        self._renderer.finished_one.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._renderer.start()
        return self._mailbox

    @Slot(object)
    def _deliver(self, result: PreviewResult) -> None:
        valid_from = self._valid_from.get(result.tag)
        if valid_from is not None and result.stamp >= valid_from:
            self.rendered.emit(result)
