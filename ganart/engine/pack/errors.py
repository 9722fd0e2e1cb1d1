"""What can go wrong with the pack."""

from ganart.engine.errors import EngineError
from ganart.text import QT_TRANSLATE_NOOP


class NotFetched(EngineError):
    """Details: `file`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{file} could not be fetched: {reason}.")
    safe = QT_TRANSLATE_NOOP(
        "errors", "What was fetched is kept, and the studio works on as before."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Check the connection, then try again: it goes on where it ended."
    )


class WheelDamaged(EngineError):
    """Details: `file`."""

    happened = QT_TRANSLATE_NOOP("errors", "{file} is damaged, or is another file than it says.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing of it was installed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Fetch it again.")


class NoWheels(EngineError):
    """Details: `folder`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{folder} holds no torch for this system and this version of the studio."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose the folder with the files whose names end in .whl."
    )


class NoPack(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "There is no pack for this computer: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "If you have another torch, as files whose names end in .whl, name their folder with "
        "--from.",
    )


class NotInstalled(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The pack could not be installed: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The studio works on as before.")
    remedy = QT_TRANSLATE_NOOP("errors", "Try again, or fetch the pack again.")


class DoesNotRun(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The pack does not run on this computer: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "It was removed, and the studio works on as before.")
    remedy = QT_TRANSLATE_NOOP("errors", "Update the driver of your graphics card, then try again.")
