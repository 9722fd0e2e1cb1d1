"""Options that paintings and brushes share, each declared once. Imports no torch."""

from typing import Any

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP


def style_scale_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare the size of the style picture."""
    return option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Style scale"),
        QT_TRANSLATE_NOOP(
            "options",
            "How large the style picture is beside the photo. Above 1 gives broad strokes, below "
            "1 fine ones.",
        ),
        Group.STYLE,
        low=0.1,
        high=4.0,
    )


def content_weight_option(default: float) -> Any:  # noqa: ANN401
    """Declare the weight of the content loss."""
    return option(
        default,
        QT_TRANSLATE_NOOP("options", "Content weight"),
        QT_TRANSLATE_NOOP("options", "How strongly the shapes of the photo are held."),
        Group.LOSSES,
        low=0.0,
        high=1e9,
    )


def style_weight_option(default: float) -> Any:  # noqa: ANN401
    """Declare the weight of the style loss."""
    return option(
        default,
        QT_TRANSLATE_NOOP("options", "Style weight"),
        QT_TRANSLATE_NOOP("options", "How strongly the style is followed."),
        Group.LOSSES,
        low=0.0,
        high=1e12,
    )


def variation_weight_option(default: float) -> Any:  # noqa: ANN401
    """Declare the weight of the total variation."""
    return option(
        default,
        QT_TRANSLATE_NOOP("options", "Total variation weight"),
        QT_TRANSLATE_NOOP(
            "options", "How strongly neighbouring pixels are kept alike, against grain."
        ),
        Group.LOSSES,
        low=0.0,
        high=1e9,
    )
