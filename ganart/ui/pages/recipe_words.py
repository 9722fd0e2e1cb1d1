"""How an artwork was made, in plain words."""

from PySide6.QtCore import QCoreApplication

from ganart.engine.gan.presets import PRESETS
from ganart.engine.style.looks import BUILT_IN
from ganart.media.metadata import AnyRecipe
from ganart.media.point import Point
from ganart.media.recipe import Recipe
from ganart.media.style_recipe import Source, StyleRecipe
from ganart.ui.widgets import words

_SEEDS_SHOWN = 8
_LABELS = {each.key: each.label for each in BUILT_IN}


def recipe_in_words(recipe: AnyRecipe) -> list[str]:
    """Return two lines: what was made of what, and by which means."""
    if isinstance(recipe, StyleRecipe):
        return _stylized_of(recipe)
    return [_made_of(recipe), _model_facts(recipe)]


def _stylized_of(recipe: StyleRecipe) -> list[str]:
    if not recipe.styles:  # a contact sheet
        return [recipe.photo.name]
    styles = " + ".join(_style_name(each) for each in recipe.styles)
    if recipe.kind == "painting":
        made = QCoreApplication.translate("recipe", "Painting of {photo} after {styles}")
        means = QCoreApplication.translate("recipe", "Iterations: {count}").format(
            count=words.count(recipe.iterations)
        )
    else:
        made = QCoreApplication.translate("recipe", "{photo} in the look of {styles}")
        strength = recipe.options.get("strength")
        share = float(strength) if isinstance(strength, int | float) else 1.0
        means = QCoreApplication.translate("recipe", "Strength: {percent} %").format(
            percent=words.count(100 * share)
        )
    return [made.format(photo=recipe.photo.name, styles=styles), means]


def _style_name(source: Source) -> str:
    label = _LABELS.get(source.name) if not source.hash else None
    return QCoreApplication.translate("looks", label) if label else source.name


def _made_of(recipe: Recipe) -> str:
    if recipe.kind == "picture":
        return point_in_words(recipe.points[0])
    seeds = [_seeds(point, "+") for point in recipe.places[:_SEEDS_SHOWN]]
    if len(recipe.places) > _SEEDS_SHOWN:
        seeds.append("…")
    if recipe.kind == "sheet":
        text = QCoreApplication.translate("recipe", "Sheet of {count} pictures: seeds {seeds}")
        return text.format(count=len(recipe.points), seeds=", ".join(seeds))
    text = QCoreApplication.translate("recipe", "Loop of {duration} s through the seeds {seeds}")
    duration = words.decimal(recipe.frames / recipe.fps)
    return text.format(duration=duration, seeds=" → ".join(seeds))


def point_in_words(point: Point) -> str:
    """Return one line: where a point lies, and how it is changed."""
    if len(point.parts) == 1:
        text = QCoreApplication.translate("recipe", "Seed {seed}")
    else:
        text = QCoreApplication.translate("recipe", "Mix of the seeds {seed}")
    text = text.format(seed=_seeds(point, " + "))
    percent = words.decimal(100 * point.diversity)
    diversity = QCoreApplication.translate("recipe", "diversity {percent} %")
    return text + "   ·   " + diversity.format(percent=percent)


def _seeds(point: Point, joint: str) -> str:
    return joint.join("…" if each.seed is None else str(each.seed) for each in point.parts)


def _model_facts(recipe: Recipe) -> str:
    labels = {each.key: each.label for each in PRESETS}
    label = labels.get(recipe.preset, recipe.preset)
    text = QCoreApplication.translate(
        "recipe", "Model: {preset}, {side} px, pictures shown: {count}"
    )
    return text.format(
        preset=QCoreApplication.translate("presets", label),
        side=recipe.side,
        count=words.count(recipe.pictures),
    )
