"""What a model is called in lists."""

from PySide6.QtCore import QCoreApplication

from ganart.ui.pages.train_runs import run_title
from ganart.ui.widgets import words
from ganart.workers.history import ModelEntry


def model_title(entry: ModelEntry, is_newest: bool = False) -> str:
    """Return the name of a model, what it has seen, and where it stands in its run.

    `is_newest` tells that a checkpoint is the newest of its run.
    """
    kinds = {
        "live": QCoreApplication.translate("models", "newest"),
        "best": QCoreApplication.translate("models", "closest to your pictures"),
        "checkpoint": QCoreApplication.translate("models", "checkpoint"),
        "kept": QCoreApplication.translate("models", "kept in the project"),
    }
    parts = [run_title(entry.label)]
    if entry.pictures:  # what was imported was shown none here
        shown = QCoreApplication.translate("models", "pictures shown: {count}")
        parts.append(shown.format(count=words.count(entry.pictures)))
    kind = "live" if is_newest and entry.kind.value == "checkpoint" else entry.kind.value
    return "   ·   ".join([*parts, kinds[kind]])
