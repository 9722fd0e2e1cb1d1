"""What can go wrong with looking for a newer version."""

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP


class NoAddress(StudioError):
    """Nobody can be asked: no address was given to the build, or there was none."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "This copy of the studio does not know where newer ones are announced.",
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Look where you got it from.")


class NoUpdateNews(StudioError):
    """The question brought no answer that can be used. Details: `host`."""

    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Try again later.")


class NotReached(NoUpdateNews):
    """Nothing was asked. Details: `host`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{host} cannot be reached ({reason}).")
    remedy = QT_TRANSLATE_NOOP("errors", "Check the connection, then try again.")


class NoAnswer(NoUpdateNews):
    """Details: `host`."""

    happened = QT_TRANSLATE_NOOP("errors", "{host} does not answer.")


class AskedTooOften(NoUpdateNews):
    """Details: `host`."""

    happened = QT_TRANSLATE_NOOP("errors", "{host} answers no more questions from here for now.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Others may have asked over the same connection. Try again in an hour."
    )


class NothingPublished(NoUpdateNews):
    """Details: `host`."""

    happened = QT_TRANSLATE_NOOP("errors", "{host} knows of no published version.")


class Refused(NoUpdateNews):
    """Details: `host`, `status` (of HTTP)."""

    happened = QT_TRANSLATE_NOOP("errors", "{host} did not answer the question (code {status}).")


class SentElsewhere(NoUpdateNews):
    """Details: `host`, `elsewhere`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "{host} wants the question to be asked of {elsewhere}, which was not done."
    )
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Only what was shown is asked. Look where you got the studio from."
    )


class StrangeAnswer(NoUpdateNews):
    """Details: `host`."""

    happened = QT_TRANSLATE_NOOP("errors", "What {host} answered does not tell of a version.")
