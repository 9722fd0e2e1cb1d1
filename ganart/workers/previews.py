"""Rendering on demand: of many requests only the newest is drawn, and stale results are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from ganart.engine.gan.model_file import ModelInfo
from ganart.media.recipe import Point
from ganart.workers.mailbox import LatestMailbox
from ganart.workers.run import ErrorReport

if TYPE_CHECKING:  # these load torch, which only the thread's first request should pay for
    from ganart.engine.latent.render import Model

_STACK_BYTES = 16 * 2**20
_SLICE = 4
"""Pictures rendered between two looks at whether they are still wanted."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Pictures to render for one place of the window, named by `tag`."""

    stamp: int
    tag: str
    model_path: Path
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PreviewResult:
    """What became of a request: either pixels and the model's facts, or an error."""

    stamp: int
    tag: str
    points: tuple[Point, ...]
    pixels: npt.NDArray[np.uint8] | None
    """(count, side, side, 3), owned by the receiver."""
    info: ModelInfo | None
    error: ErrorReport | None


class _Renderer(QThread):
    """The thread: keeps the model of the last request loaded."""

    finished_one = Signal(object)

    def __init__(self, mailbox: LatestMailbox[PreviewRequest], parent: QObject) -> None:
        super().__init__(parent)
        self.setStackSize(_STACK_BYTES)
        self.setObjectName("previews")
        self._mailbox = mailbox
        self._model: Model | None = None
        self._model_key: tuple[Path, int, int] | None = None

    def run(self) -> None:
        while (request := self._mailbox.take()) is not None:
            self.finished_one.emit(self._answer(request))
        self._model = None

    def _answer(self, request: PreviewRequest) -> PreviewResult:
        try:
            model = self._load(request.model_path)
            pixels = self._render(model, request.points)
        except Exception as error:  # whatever fails is shown in place of the picture
            report = ErrorReport.of(error)
            return PreviewResult(request.stamp, request.tag, request.points, None, None, report)
        return PreviewResult(request.stamp, request.tag, request.points, pixels, model.info, None)

    def _render(self, model: "Model", points: tuple[Point, ...]) -> npt.NDArray[np.uint8]:
        """Render a few at a time: once the box is closed somebody waits, and no one looks."""
        slices = [model.render(points[:_SLICE])]
        for start in range(_SLICE, len(points), _SLICE):
            if self._mailbox.is_closed():
                break
            slices.append(model.render(points[start : start + _SLICE]))
        return np.concatenate(slices)

    def _load(self, path: Path) -> "Model":
        from ganart.engine.latent.render import Model

        # A live model is replaced on disk under the same name while training goes on.
        stat = path.stat() if path.exists() else None
        key = (path, stat.st_mtime_ns, stat.st_size) if stat else None
        if self._model is None or key != self._model_key:
            self._model = None
            self._model = Model.load(path)
            self._model_key = key
        return self._model


class Previewer(QObject):
    """Renders for the window. Its thread starts with the first request and ends with `stop`."""

    rendered = Signal(object)
    """A `PreviewResult`. While requests come faster than they are drawn some are left out, but
    never the last; what was asked of another model than the newest request's is dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stamp = 0
        self._valid_from: dict[str, int] = {}
        self._paths: dict[str, Path] = {}
        self._mailbox: LatestMailbox[PreviewRequest] | None = None
        self._renderer: _Renderer | None = None

    def show(self, model_path: Path, points: Sequence[Point], tag: str) -> int:
        """Ask for pictures; returns the stamp that the result will carry."""
        self._stamp += 1
        if self._paths.get(tag) != model_path:
            self._paths[tag] = model_path
            self._valid_from[tag] = self._stamp
        mailbox = self._mailbox or self._start()
        mailbox.put(tag, PreviewRequest(self._stamp, tag, model_path, tuple(points)))
        return self._stamp

    def forget(self, tag: str) -> None:
        """Drop the results that are on their way for `tag`."""
        self._paths.pop(tag, None)
        self._valid_from.pop(tag, None)

    def stop(self) -> None:
        """End the thread after the few pictures that it is working on, and let the model go."""
        self._paths.clear()
        self._valid_from.clear()
        if self._renderer is None or self._mailbox is None:
            return
        self._mailbox.close()
        self._renderer.wait()
        self._renderer.deleteLater()
        self._renderer = self._mailbox = None

    def _start(self) -> LatestMailbox[PreviewRequest]:
        self._mailbox = LatestMailbox()
        self._renderer = _Renderer(self._mailbox, self)
        self._renderer.finished_one.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._renderer.start()
        return self._mailbox

    @Slot(object)
    def _deliver(self, result: PreviewResult) -> None:
        valid_from = self._valid_from.get(result.tag)
        if valid_from is not None and result.stamp >= valid_from:
            self.rendered.emit(result)
