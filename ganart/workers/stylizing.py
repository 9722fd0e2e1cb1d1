"""Instant looks for the window: of many requests only the newest is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from ganart.engine.asks import Ask, Poll
from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.files import make_folder
from ganart.media.names import free_name
from ganart.media.style_recipe import Source, StyleRecipe, source_of
from ganart.workers.mailbox import LatestMailbox
from ganart.workers.run import ErrorReport, Job

if TYPE_CHECKING:  # these load torch, which only the thread's first request should pay for
    from torch import Tensor

    from ganart.engine.style.instant import Stylizer

_STACK_BYTES = 16 * 2**20
_SLOT = "look"


@dataclass(frozen=True, slots=True)
class LookRequest:
    """A photo, reduced to a longer side of `side` pixels, under a look."""

    stamp: int
    photo: Path
    look: Look
    side: int


@dataclass(frozen=True, slots=True, eq=False)
class LookResult:
    """What became of a request: pixels or an error."""

    request: LookRequest
    pixels: npt.NDArray[np.uint8] | None
    """(height, width, 3), owned by the receiver."""
    error: ErrorReport | None


@dataclass(frozen=True, slots=True)
class LookSaved:
    """A photo under a look is among the artworks."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class LookThumbnail:
    """A photo under a built-in look."""

    photo: Path
    key: str
    pixels: npt.NDArray[np.uint8]


class _Reduced:
    """The photo of the last request, as the networks take it."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._tensor: Tensor | None = None

    def tensor(self, path: Path, side: int) -> "Tensor":
        """Return (1, 3, H, W) in 0..1. Raises `Unreadable`."""
        stat = path.stat() if path.exists() else None
        key = (path, side, stat.st_mtime_ns if stat else 0)
        if self._tensor is None or key != self._key:
            self._tensor = _load(path, side)
            self._key = key
        return self._tensor


def _load(path: Path, side: int) -> "Tensor":
    import torch

    from ganart.datasets.decode import decode
    from ganart.engine.style.tensors import to_tensor

    picture = decode(path, shortest=side)
    picture.thumbnail((side, side))
    return to_tensor(np.asarray(picture), torch.device("cpu"))


class _Artist(QThread):
    """The thread: keeps the photo and the look of the last request loaded."""

    finished_one = Signal(object)

    def __init__(self, mailbox: LatestMailbox[LookRequest], parent: QObject) -> None:
        super().__init__(parent)
        self.setStackSize(_STACK_BYTES)
        self.setObjectName("looks")
        self._mailbox = mailbox
        self._photo = _Reduced()
        self._stylizer: Stylizer | None = None

    def run(self) -> None:
        while (request := self._mailbox.take()) is not None:
            self.finished_one.emit(self._answer(request))
        self._photo, self._stylizer = _Reduced(), None

    def _answer(self, request: LookRequest) -> LookResult:
        try:
            return LookResult(request, self._paint(request), None)
        except Exception as error:  # whatever fails is told in place of the picture
            return LookResult(request, None, ErrorReport.of(error))

    def _paint(self, request: LookRequest) -> npt.NDArray[np.uint8]:
        from ganart.engine.device import choose
        from ganart.engine.style.instant import Stylizer
        from ganart.engine.style.tensors import to_pixels

        device, _ = choose()
        if self._stylizer is None or self._stylizer.look != request.look:
            self._stylizer = Stylizer.load(request.look, device)
        photo = self._photo.tensor(request.photo, request.side).to(device)
        return to_pixels(self._stylizer.apply(photo))


class LookPreviewer(QObject):
    """Draws looks for the window. Its thread starts with the first request, ends with `stop`."""

    rendered = Signal(object)
    """A `LookResult`. While requests come faster than they are drawn some are left out, but never
    the last; what was asked of another photo than the newest request's is dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stamp = 0
        self._valid_from = 0
        self._photo: Path | None = None
        self._mailbox: LatestMailbox[LookRequest] | None = None
        self._artist: _Artist | None = None

    def show(self, photo: Path, look: Look, side: int) -> int:
        """Ask for a picture; returns the stamp that the result's request will carry."""
        self._stamp += 1
        if photo != self._photo:
            self._photo = photo
            self._valid_from = self._stamp
        mailbox = self._mailbox or self._start()
        mailbox.put(_SLOT, LookRequest(self._stamp, photo, look, side))
        return self._stamp

    def is_newest(self, result: LookResult) -> bool:
        """Whether nothing was asked after what this result answers."""
        return result.request.stamp == self._stamp

    def forget(self) -> None:
        """Drop what is under way."""
        self._photo = None
        self._valid_from = self._stamp + 1
        if self._mailbox is not None:
            self._mailbox.clear()

    def stop(self) -> None:
        """End the thread after the picture that it is working on, and let the networks go."""
        self.forget()
        if self._artist is None or self._mailbox is None:
            return
        self._mailbox.close()
        self._artist.wait()
        self._artist.deleteLater()
        self._artist = self._mailbox = None

    def _start(self) -> LatestMailbox[LookRequest]:
        self._mailbox = LatestMailbox()
        self._artist = _Artist(self._mailbox, self)
        self._artist.finished_one.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._artist.start()
        return self._mailbox

    @Slot(object)
    def _deliver(self, result: LookResult) -> None:
        if result.request.stamp >= self._valid_from:
            self.rendered.emit(result)


def thumbnails_job(photo: Path, side: int) -> Job:
    """Return a job that yields a `LookThumbnail` for every built-in look."""

    def job(poll: Poll) -> Iterator[LookThumbnail]:
        from ganart.engine.device import choose
        from ganart.engine.style.instant import Stylizer
        from ganart.engine.style.tensors import to_pixels

        device, _ = choose()
        picture = _load(photo, side).to(device)
        for each in BUILT_IN:
            if poll() is Ask.STOP:
                return
            stylizer = Stylizer.load(Look("built-in", (Ingredient(each.key),)), device)
            yield LookThumbnail(photo, each.key, to_pixels(stylizer.apply(picture)))

    return job


def save_look_job(photo: Path, look: Look, folder: Path) -> Job:
    """Return a job that stylizes a photo at its full size into a PNG; yields one `LookSaved`.

    A stop takes effect within the pass of the network too; nothing is left then.
    """

    class Stopped(Exception):
        pass

    def job(poll: Poll) -> Iterator[LookSaved]:
        from ganart.datasets.photo import read_photo
        from ganart.engine.device import choose, memory_guard
        from ganart.engine.style.instant import Stylizer
        from ganart.engine.style.tensors import to_pixels, to_tensor
        from ganart.media.photo_files import save_photo

        def look_up() -> None:
            if poll() is Ask.STOP:
                raise Stopped

        device, _ = choose()
        original = read_photo(photo)
        try:
            with memory_guard(device):
                stylizer = Stylizer.load(look, device)
                picture = stylizer.apply(to_tensor(original.pixels, device), look_up)
        except Stopped:
            return
        names = " ".join(Path(each.source).stem for each in look.ingredients)
        target = free_name(make_folder(folder), f"{photo.stem} {names}", ".png")
        save_photo(to_pixels(picture), target, original, recipe=_recipe(photo, look))
        yield LookSaved(target)

    return job


def _recipe(photo: Path, look: Look) -> StyleRecipe:
    styles = tuple(
        Source(each.source, weight=each.weight)
        if look.kind == "built-in"
        else source_of(each.path, each.weight)
        for each in look.ingredients
    )
    options = {"look": look.kind, "strength": look.strength, "colour": look.colour}
    return StyleRecipe("stylized", source_of(photo), styles, options)
