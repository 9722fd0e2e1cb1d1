"""How training is to show the pictures: one answer for all pages that ask, use or tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ganart.datasets.sizes import SHAPES, shaped
from ganart.engine.gan.config import SIDES, TrainConfig
from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.workers.run import ErrorReport

KEY = "shown"
"""Among the choices of a project."""
_TRAIN_KEY = "train"
"""Of the choices that the last training was started with."""
_KEPT = ("side", "shape", "mirror", "turn", "has_letters")
"""What is kept once it was chosen; the rest comes from the Train page."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Options by their names in `TrainConfig`, and what the artist said that led to them."""

    side: int = 64
    """One of `SIDES`; pictures of another shape have about as many pixels as the square."""
    shape: str = "1:1"
    """Width to height, one of `SHAPES`."""
    mirror: bool = False
    turn: bool = False
    augment: float = 0.0
    augment_target: float = 0.0
    augment_kinds: str = "colour and place"
    has_letters: bool = False
    """Whether there is writing in the pictures, which is to stay readable."""

    def __post_init__(self) -> None:
        if self.side not in SIDES or parts(self.shape) not in SHAPES:
            raise ValueError(f"no training has {self.side} px of shape {self.shape}")
        self.config()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the pictures that training takes and makes."""
        return shaped(parts(self.shape), self.side)

    @property
    def times(self) -> int:
        """As how many pictures each one is shown, mirrored and turned ones counted."""
        turns = (4 if self.shape == "1:1" else 2) if self.turn else 1
        return turns * (2 if self.mirror else 1)

    def config(self) -> TrainConfig:
        """Return a training that shows pictures like this. Raises `BadOption`."""
        return TrainConfig.from_mapping(asdict(self))


def parts(shape: str) -> tuple[int, int]:
    """Return width and height of a shape such as '3:2'. Raises `ValueError`."""
    width, _, height = str(shape).partition(":")
    return int(width), int(height)


def kept_in(choices: Mapping[str, Any]) -> Showing:
    """Read a project's choices; what cannot be is as if it had not been chosen."""
    train = choices.get(_TRAIN_KEY)
    config = train.get("config") if isinstance(train, Mapping) else None
    showing = Showing()
    for values in (config, choices.get(KEY)):
        if isinstance(values, Mapping):
            showing = _with(showing, values)
    return showing


def _with(showing: Showing, values: Mapping[str, Any]) -> Showing:
    for name in asdict(showing):
        if name in values:
            try:
                showing = replace(showing, **{name: values[name]})
            except (StudioError, TypeError, ValueError):
                continue
    return showing


class ShownAs(QObject):
    """Holds the `Showing` of the open project, and keeps it there."""

    changed = Signal()
    failed = Signal(object)
    """An `ErrorReport`: it holds, but could not be kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._chosen: set[str] = set()
        """Names of fields that hold because the artist wants them to."""
        self.showing = Showing()

    @Slot(object)
    def open(self, project: Project) -> None:
        """Take over what was chosen in a project."""
        self._project = project
        kept = project.choices.get(KEY)
        self._chosen = set(_KEPT) & set(kept if isinstance(kept, Mapping) else ())
        self._let(kept_in(project.choices))

    @Slot()
    def close(self) -> None:
        """Forget the project."""
        self._project = None
        self._chosen = set()
        self._let(Showing())

    def is_chosen(self, name: str) -> bool:
        """Whether a field of `Showing` holds because the artist wants it to."""
        return name in self._chosen

    def hear(self, values: Mapping[str, Any]) -> None:
        """Let fields of `Showing` hold, by name, that the artist has not chosen; keep nothing."""
        others = {name: value for name, value in values.items() if name not in self._chosen}
        self._let(replace(self.showing, **others))

    def put(self, values: Mapping[str, Any]) -> None:
        """Choose some fields of `Showing`, by name; raises `ValueError` for what cannot be."""
        showing = replace(self.showing, **values)
        self._chosen |= set(values) & set(_KEPT)
        self._let(showing)
        self._keep()

    def known(self, names: Iterable[str]) -> dict[str, tuple[object, bool]]:
        """Return fields by name: what holds, and whether the artist wants it to."""
        return {name: (getattr(self.showing, name), name in self._chosen) for name in names}

    def restore(self, known: Mapping[str, tuple[object, bool]]) -> None:
        """Let fields hold as `known` returned them, or as they are chosen now (`True`)."""
        self.put({name: value for name, (value, is_chosen) in known.items() if is_chosen})
        for name, (value, is_chosen) in known.items():
            if not is_chosen:
                self.release(name, value)

    def release(self, name: str, value: object) -> None:
        """Let a field hold that is chosen no more, but follows something else."""
        values: dict[str, Any] = {name: value}
        self._chosen.discard(name)
        self._let(replace(self.showing, **values))
        self._keep()

    def _keep(self) -> None:
        kept = {name: getattr(self.showing, name) for name in self._chosen}
        if self._project is None or kept == self._project.choices.get(KEY, {}):
            return
        self._project.choices[KEY] = kept
        try:
            self._project.save()
        except StudioError as error:
            self.failed.emit(ErrorReport.of(error))

    def _let(self, showing: Showing) -> None:
        if showing != self.showing:
            self.showing = showing
            self.changed.emit()
