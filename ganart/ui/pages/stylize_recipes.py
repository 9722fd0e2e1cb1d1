"""From the recipe of a stylized picture back to the choices that made it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import cast, get_args

from PySide6.QtCore import QObject, Signal, Slot

from ganart.engine.style.config import PaintConfig
from ganart.engine.style.looks import BUILT_IN, COLOURS, LookKind
from ganart.errors import StudioError
from ganart.media.style_recipe import StyleRecipe
from ganart.ui.pages.stylize_choice import Choice, LookChoice
from ganart.ui.pages.stylize_memory import KEY
from ganart.ui.photo_folder import photo_folder
from ganart.workers.paintings import PaintStyle
from ganart.workers.run import Run
from ganart.workers.session import Session
from ganart.workers.style_recipes import SourcesFound, find_sources

_BUILT_IN_KEYS = frozenset(each.key for each in BUILT_IN)


class StyleRecipeOpener(QObject):
    """Looks for the photo and the styles of the newest recipe that it was given."""

    found = Signal(object, object)
    """A `Choice`, and the `PaintConfig` of a painting or None."""
    missing = Signal(str)
    """A sentence that names what was not found."""
    photo_missing = Signal(object, str)
    """In place of it where a picture came from outside and its photo was not found: the `Path` of
    the picture, and the names of all that was not found.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._picture: Path | None = None

    def open(self, recipe: StyleRecipe, picture: Path | None = None) -> None:
        """Look in the open project, in the folders of its dataset and among the bundled files.

        With a `picture` that came from outside also beside it, and where the person has photos.
        """
        project = self._session.project
        if project is not None:
            near = [] if picture is None else [picture.parent, photo_folder()]
            kept = project.choices.get(KEY)
            if isinstance(kept, Mapping) and kept.get("photo"):
                near.append(Path(str(kept["photo"])).parent)
            self._picture = picture
            self._run = self._session.begin(find_sources(recipe, project, near), "recipe")
            self._run.reported.connect(self._on_reported)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return  # the answer to an older recipe
        for record in records:
            if isinstance(record, SourcesFound):
                self.found.emit(choice_of(record), config_of(record.recipe))
                self._tell_missing(record)

    def _tell_missing(self, found: SourcesFound) -> None:
        recipe = found.recipe
        names = [] if found.photo is not None else [recipe.photo.name]
        for source, path in zip(recipe.styles, found.styles, strict=True):
            if path is None and source.name not in _BUILT_IN_KEYS:
                names.append(source.name)
        if found.photo is None and self._picture is not None:
            self.photo_missing.emit(self._picture, ", ".join(names))
        elif names:
            text = self.tr("Not found as it was then, choose it by hand: {names}")
            self.missing.emit(text.format(names=", ".join(names)))


def choice_of(found: SourcesFound) -> Choice:
    """Return the choices of a recipe, as far as its files were found and its values make sense."""
    recipe = found.recipe
    options = recipe.options
    is_painting = recipe.kind == "painting"
    named = "picture" if is_painting else options.get("look")
    kind = cast("LookKind", named) if named in get_args(LookKind) else "picture"
    sources = tuple(zip(recipe.styles, found.styles, strict=True))
    colour = next((each for each in COLOURS if each == options.get("colour")), COLOURS[0])
    look = LookChoice(
        kind=kind,
        strength=1.0 if is_painting else _number(options.get("strength"), 0.0, 1.0),
        colour=colour,
    )
    paths = [path for _, path in sources if path is not None]
    if kind == "picture":
        paintings = [PaintStyle(path, each.weight) for each, path in sources if path is not None]
        look = replace(look, paintings=tuple(paintings))
    elif kind == "built-in":
        keys = tuple(each.name for each, _ in sources if each.name in _BUILT_IN_KEYS)
        look = replace(look, built_in=keys)
    else:
        look = replace(look, brush=paths[0] if paths else None)
    return Choice(found.photo, look, _number(options.get("style_scale"), 0.1, 4.0))


def config_of(recipe: StyleRecipe) -> PaintConfig | None:
    """Return the options of a painting; None where there are none, or none of this version."""
    names = {each.name for each in fields(PaintConfig)}
    if recipe.kind != "painting" or not set(recipe.options) <= names:
        return None
    values = dict(recipe.options)
    try:
        return PaintConfig(**values)  # type: ignore[arg-type]  # it checks the types itself
    except StudioError:
        return None


def _number(value: object, low: float, high: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(cast("float", value)) if is_number and low <= cast("float", value) <= high else 1.0
