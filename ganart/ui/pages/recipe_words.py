"""How an artwork was made, in plain words."""

from PySide6.QtCore import QCoreApplication

from ganart.engine.gan.presets import PRESETS
from ganart.engine.style.looks import BUILT_IN
from ganart.media.metadata import AnyRecipe
from ganart.media.point import LAYER_MAX, Part, Point
from ganart.media.recipe import Recipe
from ganart.media.recipe_checks import Value
from ganart.media.style_recipe import Source, StyleRecipe
from ganart.ui.widgets import words

_SEEDS_SHOWN = 8
_STYLES_SHOWN = 4
_DOT = "   ·   "
_LABELS = {each.key: each.label for each in BUILT_IN}


def recipe_in_words(recipe: AnyRecipe) -> list[str]:
    """Return some lines: what was made of what, how it was saved, and by which means."""
    if isinstance(recipe, StyleRecipe):
        return _stylized_of(recipe)
    return [*_made_of(recipe), *_output(recipe), _model_facts(recipe)]


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


def _made_of(recipe: Recipe) -> list[str]:
    """Return what was made, and below it how each point is changed where it is only one."""
    if recipe.kind == "picture":
        return [point_in_words(recipe.points[0]), *_changes(recipe.points[0])]
    seeds = [_parts(point, "+") for point in recipe.places[:_SEEDS_SHOWN]]
    if len(recipe.places) > _SEEDS_SHOWN:
        seeds.append("…")
    has_seeds = any(point.seeds for point in recipe.places)
    if recipe.kind == "sheet":
        count = words.count(len(recipe.points))
        text = QCoreApplication.translate("recipe", "Sheet of {count} pictures: seeds {seeds}")
        if not has_seeds:
            text = QCoreApplication.translate("recipe", "Sheet of {count} pictures without seeds")
        return [text.format(count=count, seeds=", ".join(seeds)), *_common_changes(recipe)]
    duration = words.decimal(recipe.frames / recipe.fps)
    text = QCoreApplication.translate("recipe", "Loop of {duration} s through the seeds {seeds}")
    if not has_seeds:
        text = QCoreApplication.translate(
            "recipe", "Loop of {duration} s through places of their own"
        )
    made = text.format(duration=duration, seeds=" → ".join(seeds))
    return [made, _course(recipe), *_common_changes(recipe)]


def point_in_words(point: Point) -> str:
    """Return one line: where a point lies, and how much it is drawn to the most common picture."""
    parts = point.parts
    if len(parts) > 1:
        text = QCoreApplication.translate("recipe", "Mix of {seed}")
        total = sum(each.weight for each in parts)
        names = [
            QCoreApplication.translate("recipe", "{percent} % {part}").format(
                percent=words.decimal(100 * each.weight / total), part=_part_in_words(each)
            )
            for each in parts[:_SEEDS_SHOWN]
        ]
        if len(parts) > _SEEDS_SHOWN:
            names.append("…")
        text = text.format(seed=" + ".join(names))
    elif parts[0].seed is None:
        text = QCoreApplication.translate(
            "recipe", "A place of its own, such as a child's or a photo's"
        )
    else:
        text = QCoreApplication.translate("recipe", "Seed {seed}").format(seed=parts[0].seed)
    percent = words.decimal(100 * point.diversity)
    diversity = QCoreApplication.translate("recipe", "diversity {percent} %")
    return text + _DOT + diversity.format(percent=percent)


def _part_in_words(part: Part) -> str:
    if part.seed is None:
        return QCoreApplication.translate("recipe", "numbers of its own")
    return QCoreApplication.translate("recipe", "seed {seed}").format(seed=part.seed)


def _parts(point: Point, joint: str) -> str:
    return joint.join(map(str, point.seeds)) or "…"


def _changes(point: Point) -> list[str]:
    """Return a line each for genes and for styles of a point that has such."""
    lines = []
    if point.genes:
        text = QCoreApplication.translate("recipe", "Genes: {genes}")
        genes = [f"{gene.name} {_signed(gene.amount)}" for gene in point.genes[:_SEEDS_SHOWN]]
        if len(point.genes) > _SEEDS_SHOWN:
            genes.append("…")
        lines.append(text.format(genes=", ".join(genes)))
    for style in point.styles[:_STYLES_SHOWN]:
        if style.last == LAYER_MAX:
            text = QCoreApplication.translate(
                "recipe", "Layers from {first} on in the style of {part}"
            )
        else:
            text = QCoreApplication.translate(
                "recipe", "Layers {first} to {last} in the style of {part}"
            )
        lines.append(
            text.format(first=style.first + 1, last=style.last + 1, part=_part_in_words(style.part))
        )
    if not point.noise:
        lines.append(QCoreApplication.translate("recipe", "Without the details left to chance"))
    return lines


def _signed(amount: float) -> str:
    return ("+" if amount > 0 else "") + words.decimal(amount, 2)


def _common_changes(recipe: Recipe) -> list[str]:
    """Return the names of the genes that a loop changes anywhere."""
    genes = dict.fromkeys(gene.name for point in recipe.places for gene in point.genes)
    if not genes:
        return []
    text = QCoreApplication.translate("recipe", "Genes: {genes}")
    return [text.format(genes=", ".join([*genes][:_SEEDS_SHOWN]))]


def _course(recipe: Recipe) -> str:
    """Return how a loop goes from one keyframe to the next."""
    composition = recipe.composition
    if composition is None:
        return ""
    text = QCoreApplication.translate("recipe", "Pictures: {count}")
    parts = [text.format(count=words.count(len(composition.keyframes)))]
    if composition.path == "circle":
        parts.append(QCoreApplication.translate("recipe", "on a circle"))
    elif composition.path == "spline":
        parts.append(QCoreApplication.translate("recipe", "on a smooth curve"))
    if composition.is_ping_pong:
        parts.append(QCoreApplication.translate("recipe", "there and back"))
    text = QCoreApplication.translate("recipe", "{frames} frames, {fps} a second")
    parts.append(text.format(frames=words.count(recipe.frames), fps=words.decimal(recipe.fps)))
    return _DOT.join(parts)


def _output(recipe: Recipe) -> list[str]:
    """Return how it was saved, where that is more than as the model draws it."""
    values = recipe.output
    parts = []
    if "width_cm" in values and "height_cm" in values:
        text = QCoreApplication.translate("recipe", "Print of {width} × {height} cm")
        width, height = (_value(values[name]) for name in ("width_cm", "height_cm"))
        parts.append(text.format(width=width, height=height))
    elif values.get("size"):
        text = QCoreApplication.translate("recipe", "Longer side: {size} px")
        parts.append(text.format(size=_value(values["size"])))
    if values.get("edition"):
        text = QCoreApplication.translate("recipe", "Edition: {number} of {count}")
        number = _value(values.get("edition_number", "–"))
        parts.append(text.format(number=number, count=_value(values["edition"])))
    if values.get("sign"):
        text = QCoreApplication.translate("recipe", "Signed: {text}")
        parts.append(text.format(text=values["sign"]))
    return [_DOT.join(parts)] if parts else []


def _value(value: Value) -> str:
    return value if isinstance(value, str) else words.number(float(value))


def _model_facts(recipe: Recipe) -> str:
    labels = {each.key: each.label for each in PRESETS}
    label = labels.get(recipe.preset, recipe.preset)
    text = QCoreApplication.translate("recipe", "Model: {preset}, {size}, pictures shown: {count}")
    return text.format(
        preset=QCoreApplication.translate("presets", label),
        size=words.pixels(recipe.width, recipe.height),
        count=words.count(recipe.pictures),
    )
