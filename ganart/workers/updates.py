"""Looking for a newer version, as jobs."""

from collections.abc import Iterator

from ganart.engine.asks import Ask, Poll
from ganart.updates.question import Question
from ganart.workers.run import Job


def ask_job(question: Question) -> Job:
    """Ask; yields an `Answer`, or nothing if it was stopped."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.updates.asking import ask  # brings HTTP and TLS

        answer = ask(question, lambda: poll() is Ask.STOP)
        if answer is not None:
            yield answer

    return job


def look_job(question: Question, now_s: float) -> Job:
    """Ask if a week has passed; yields a `Newer` that the person does not know of, or nothing."""

    def job(poll: Poll) -> Iterator[object]:
        from ganart.updates.weekly import look

        newer = look(question, now_s, lambda: poll() is Ask.STOP)
        if newer is not None:
            yield newer

    return job
