"""Driving runs of a project from their first event to the last."""

from collections.abc import Iterable, Iterator
from typing import Any

from ganart.engine.asks import Ask, Poll
from ganart.engine.gan import run
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import RunStarted
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project
from tests.engine.toys import Asks, tiny


def start(project: Project, config: TrainConfig | None = None, poll: Poll | None = None) -> Any:
    """Return the events of a new run, none taken yet."""
    return run.start(project, config or tiny(), "sketch-32", poll or Asks())


def follow(events: Iterable[Any], poll: Asks, asks: Iterable[Ask | None]) -> list[Any]:
    """Take all events; `asks` are answered one a step, from the first step on."""
    taken = []
    for event in events:
        if isinstance(event, RunStarted):
            poll.queue = list(asks)
        taken.append(event)
    return taken


def train(project: Project, config: TrainConfig | None = None, *asks: Ask | None) -> list[Any]:
    """Train to the end and return the events."""
    poll = Asks()
    return follow(start(project, config, poll), poll, asks)


def resume(project: Project, run_id: str, *asks: Ask | None, **budget: Any) -> list[Any]:
    """Resume to the end and return the events."""
    poll = Asks()
    return follow(run.resume(project, run_id, poll, **budget), poll, asks)


def after(steps: int, ask: Ask) -> tuple[Ask | None, ...]:
    """Return asks of which the last one comes after so many steps."""
    return (*[None] * (steps - 1), ask)


def record_of(project: Project) -> RunRecord:
    """Return the record of the project's only run."""
    (record,) = Runs(project.runs_folder).list()
    return record


def until(events: Iterator[Any], kind: type) -> Any:
    """Take events up to the first of a kind and return that."""
    return next(event for event in events if isinstance(event, kind))
