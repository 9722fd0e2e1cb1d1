"""What can go wrong with a project folder, each with what to do next."""

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP


class NotAProject(StudioError):
    """Details: `folder`."""

    happened = QT_TRANSLATE_NOOP("errors", "{folder} is not a project of the studio.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing in it was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose a folder whose name ends in .ganart, or create a new project."
    )


class NoSuchProject(StudioError):
    """Details: `folder`, `parent` (the nearest folder above it that is there)."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "There is nothing at {folder}. The nearest folder above that exists is {parent}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Check the name. If it lies on another drive, connect that, then try again.",
    )


class ProjectExists(StudioError):
    """Details: `folder`."""

    happened = QT_TRANSLATE_NOOP("errors", "There is already something in {folder}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing in it was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another name, or open the project that is there.")


class ProjectInUse(StudioError):
    """Details: `folder`."""

    happened = QT_TRANSLATE_NOOP("errors", "{folder} is open in another window of the studio.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Go on in that window, or close it and try again.")


class ProjectTooNew(StudioError):
    """Details: `folder`, `version`, `known`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "{folder} was saved by a newer studio (format {version}, this one knows up to {known}).",
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Update the studio, then open the project again.")


class MigrationFailed(StudioError):
    """Details: `path`, `version`, `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path} could not be brought up to date from format {version}: {reason}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Open it with the version of the studio that saved it, and report this trouble."
    )


class ProjectRestored(StudioError):
    """A notice. Details: `path`, `source`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path} was damaged or missing, and was restored from the backup {source}."
    )
    safe = QT_TRANSLATE_NOOP(
        "errors",
        "Pictures, training runs and artworks are untouched; a damaged file is kept beside it.",
    )


class ProjectRebuilt(StudioError):
    """A notice. Details: `path`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{path} was damaged, no backup was good, and it was made anew."
    )
    safe = QT_TRANSLATE_NOOP(
        "errors",
        "Pictures, training runs and artworks are untouched; the damaged file is kept beside it.",
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Check the choices on the Train page before training.")


class BadRun(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The training run in {path} cannot be read: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Its files were left as they are.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another run, or start a new one.")


class NoRunYet(StudioError):
    """Details: `path`."""

    happened = QT_TRANSLATE_NOOP("errors", "The project {path} has no training run yet.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Train a model in it first.")


class CannotDiscard(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The training run in {path} cannot be removed ({reason})."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Everything else is untouched.")
    remedy = QT_TRANSLATE_NOOP("errors", "Close programs that use its files, then try again.")
