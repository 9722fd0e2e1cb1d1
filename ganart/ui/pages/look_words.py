"""A look in a few words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.ui.widgets import words

_LABELS = {each.key: each.label for each in BUILT_IN}


def look_in_words(look: Look) -> str:
    """Return 'great-wave + starry-night, 80 %'."""
    text = " + ".join(_ingredient(look, each) for each in look.ingredients)
    if look.strength < 1:
        text += QCoreApplication.translate("looks", ", {percent} %").format(
            percent=words.count(100 * look.strength)
        )
    return text


def looks_in_words(looks: Sequence[Look]) -> str:
    """Return several looks in one line."""
    return "   ·   ".join(look_in_words(look) for look in looks)


def _ingredient(look: Look, each: Ingredient) -> str:
    if look.kind == "built-in":
        return QCoreApplication.translate("looks", _LABELS.get(each.source, each.source))
    return each.name
