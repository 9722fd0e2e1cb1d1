"""Asks by itself, for whoever wants that: at most once a week, and never with a word of trouble."""

import logging
from collections.abc import Callable

from ganart.errors import StudioError
from ganart.updates.answer import Answer, Newer
from ganart.updates.asking import ask
from ganart.updates.errors import NotReached
from ganart.updates.memory import UpdateMemory, is_due
from ganart.updates.question import Question

_log = logging.getLogger(__name__)


def look(question: Question, now_s: float, is_stopped: Callable[[], bool]) -> Newer | None:
    """Return the newer version, if it is time to ask, there is one, and it was not passed over.

    Troubles go to the log alone.
    """
    memory = UpdateMemory()
    before_s = memory.asked_s()
    if not is_due(before_s, now_s):
        return None
    try:
        memory.note_asked(now_s)  # first: who cannot remember it would ask at every start
        answer = _asked(question, memory, before_s, is_stopped)
    except StudioError as error:
        _log.info("no news of a newer version: %s", error)
        return None
    if isinstance(answer, Newer) and answer.version != memory.passed_over():
        return answer
    return None


def _asked(
    question: Question, memory: UpdateMemory, before_s: float, is_stopped: Callable[[], bool]
) -> Answer | None:
    try:
        return ask(question, is_stopped)
    except NotReached:
        memory.note_asked(before_s)  # nobody was asked
        raise
