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


class AllAlike(EngineError):
    """Details: `count`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "All {count} pictures are the same, and a model learns from what tells pictures apart.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Add other pictures to the dataset, then start again.")


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


class DeviceLost(EngineError):
    """Details: `device`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The graphics card ({device}) answers no more, as after a fault of its driver."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The last checkpoint is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Restart the studio and resume the run; if it happens again, choose the processor as the "
        "device, or update the card's driver.",
    )


class TeamNotMet(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The processes that are to train together did not find each other: {reason}."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Start them with torchrun, all with the same --rdzv-endpoint, an address and port that all "
        "computers reach.",
    )


class TeamBroken(EngineError):
    """One of the processes that train together is gone."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "One of the processes that train together ended or cannot be reached any more."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The last checkpoint is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Start all of them again with --resume last, or go on in one process or the window.",
    )


class BadCheckpoint(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The model file {path} cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose an older checkpoint of this run, or another model."
    )


class ForeignModel(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be imported: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was only read.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Import a model that the studio made, or safetensors of a generator that is built alike.",
    )


class PickledModel(EngineError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "{path} is a pickle, and opening one would run whatever program is hidden in it.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "It was not opened.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Ask whoever made it for the weights as safetensors, and import those."
    )


class TooFewMoments(EngineError):
    """Details: `run`, `count`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The run {run} has kept {count} moments, too few for a time-lapse."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Let it train longer, or choose another run.")


class NotRelated(EngineError):
    """Details: `first`, `second`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "{first} and {second} have no ancestor in common, so what lies between them is noise.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Blend two moments of one run, its branches, or a model with one that started from it.",
    )


class TrainingDiverged(EngineError):
    """Details: `steps`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Training went astray: {steps} steps in a row gave numbers that are not finite."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Its curves and samples are kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Start again with a lower learning rate or a stronger gradient penalty."
    )


class DivergedAfter(TrainingDiverged):
    """Details: `steps`, `checkpoint`."""

    safe = QT_TRANSLATE_NOOP("errors", "The checkpoint of step {checkpoint} is kept.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Go back to it with a lower learning rate or a stronger gradient penalty."
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


class OnnxMissing(EngineError):
    """Details: `package`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Writing ONNX needs the package {package}, which is not installed."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Give the model away without ONNX: the studio itself needs none. Where the studio was set "
        "up with pip it can be had: python -m pip install onnx onnxscript",
    )


class OnnxFailed(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The model could not be written as ONNX: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was written; the model itself is unharmed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Give the model away without ONNX.")
