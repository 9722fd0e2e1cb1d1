"""What can go wrong in the engine, each with what to do next."""

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP


class EngineError(StudioError):
    """Parent of every expected error of the engine."""


class TooFewPictures(EngineError):
    """Details: `count`, `needed`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Training needs at least {needed} readable pictures, and there are {count}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Add more pictures to the dataset, then start again.")


class BadOption(EngineError):
    """Details: `option`, `value`, `allowed`."""

    happened = QT_TRANSLATE_NOOP("errors", "{option} cannot be {value}.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose {allowed}.")


class OutOfMemory(EngineError):
    """Details: `device`."""

    happened = QT_TRANSLATE_NOOP("errors", "The memory of {device} is too small for this training.")
    safe = QT_TRANSLATE_NOOP("errors", "The last checkpoint is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Close other programs, or choose a smaller batch or a smaller picture size."
    )


class BadCheckpoint(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The model file {path} cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose an older checkpoint of this run, or another model."
    )


class TrainingDiverged(EngineError):
    """Details: `steps`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Training went astray: {steps} steps in a row gave numbers that are not finite."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The last good checkpoint is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Resume from it with a lower learning rate or a stronger gradient penalty."
    )


class NothingToResume(EngineError):
    """Details: `run`."""

    happened = QT_TRANSLATE_NOOP("errors", "The run {run} has no checkpoint that can be used.")
    safe = QT_TRANSLATE_NOOP("errors", "Its curves and samples are still there.")
    remedy = QT_TRANSLATE_NOOP("errors", "Start a new run with the same options.")


class BudgetSpent(EngineError):
    """A finished run was asked to go on without more time."""

    happened = QT_TRANSLATE_NOOP("errors", "This run has used all its time.")
    safe = QT_TRANSLATE_NOOP("errors", "All it made is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Give it more minutes to go on.")
