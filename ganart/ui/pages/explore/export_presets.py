"""Good beginnings for exports: what artists want most often, by kind."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

Preset = tuple[str, Mapping[str, Any]]


def presets(kind: str) -> list[Preset]:
    """Return names and values; what a preset does not say is as usual."""
    found: dict[str, list[Preset]] = {
        "picture": [
            (QCoreApplication.translate("presets", "Screen, clear squares"), {"size": 1024}),
            (
                QCoreApplication.translate("presets", "Web, small file"),
                {
                    "format": "webp",
                    "lossless": False,
                    "quality": 85,
                    "size": 1200,
                    "resample": "lanczos",
                    "dpi": 72,
                },
            ),
            (
                QCoreApplication.translate("presets", "As the model draws it"),
                {"scale": 1, "dpi": 72},
            ),
            (
                QCoreApplication.translate("presets", "For retouching, 16 bit"),
                {"bits": 16, "size": 2048, "resample": "bicubic"},
            ),
            (
                QCoreApplication.translate("presets", "Large print, 40 cm"),
                {"format": "tiff", "size": 4724, "resample": "lanczos"},
            ),
        ],
        "sheet": [
            (QCoreApplication.translate("presets", "Screen"), {}),
            (
                QCoreApplication.translate("presets", "Web, small file"),
                {"format": "jpeg", "quality": 85, "dpi": 72},
            ),
            (
                QCoreApplication.translate("presets", "White, with captions"),
                {"background": "white", "captions": True, "gap": 16, "margin": 48},
            ),
        ],
        "print": [
            (QCoreApplication.translate("presets", "A4, one picture a page"), {}),
            (
                QCoreApplication.translate("presets", "A4, 2 × 3 with captions"),
                {"columns": 2, "rows": 3, "captions": True},
            ),
            (
                QCoreApplication.translate("presets", "A3, one picture a page"),
                {"width_cm": 29.7, "height_cm": 42.0, "margin_mm": 25.0},
            ),
            (
                QCoreApplication.translate("presets", "Square 20 cm, for a print shop"),
                {
                    "width_cm": 20.0,
                    "height_cm": 20.0,
                    "margin_mm": 0.0,
                    "bleed_mm": 3.0,
                    "crop_marks": True,
                },
            ),
            (
                QCoreApplication.translate("presets", "Postcard, for a print shop"),
                {
                    "width_cm": 14.8,
                    "height_cm": 10.5,
                    "margin_mm": 0.0,
                    "bleed_mm": 3.0,
                    "crop_marks": True,
                },
            ),
            (
                QCoreApplication.translate("presets", "Letter, one picture a page"),
                {"width_cm": 21.59, "height_cm": 27.94},
            ),
        ],
        "loop": [
            (QCoreApplication.translate("presets", "Screen, film"), {"size": 1024}),
            (
                QCoreApplication.translate("presets", "Web, film"),
                {"format": "webm", "size": 640, "quality": 75},
            ),
            (
                QCoreApplication.translate("presets", "Message, GIF"),
                {"format": "gif", "size": 384, "fps": 20.0},
            ),
            (
                QCoreApplication.translate("presets", "Exact colours, WebP"),
                {"format": "webp", "size": 512},
            ),
            (
                QCoreApplication.translate("presets", "Film editing, single pictures"),
                {"format": "png", "size": 1080, "fps": 25.0, "resample": "lanczos"},
            ),
        ],
    }
    return found[kind]
