"""`ganart lesson`: the lesson's trainings one after the other, with the narrator's words."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import add_pictures, open_or_create
from ganart.cli.train import Outcome, follow
from ganart.engine.asks import Ask, Change
from ganart.engine.gan.events import Stats, TrainEvent
from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.narrator import lecture
from ganart.engine.gan.lesson.records import Chapter, Said
from ganart.engine.polite import awake
from ganart.project.store import Project
from ganart.resources import resource

SAMPLE_PICTURES = "sample/pixel-avatars"
CURED_AT = 0.5
"""Share of a chapter after which its cure is applied."""
_TRAINED = [each for each in CHAPTERS if each.preset]
_MOST_MINUTES = 1000.0


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "lesson",
        parents=[common],
        help="a lesson on GANs: trainings to watch, with a narrator",
        description="Train what the chapters of the lesson show, one after the other, and tell "
        "what the curves show meanwhile. Ctrl-C stops and keeps everything.",
        epilog="Chapters: "
        + "; ".join(f"{number} {each.title}" for number, each in enumerate(_TRAINED, 1))
        + ".",
    )
    parser.add_argument(
        "--project",
        required=True,
        type=Path,
        metavar="NAME.ganart",
        help="whose pictures to use; made with the sample pictures if not there",
    )
    parser.add_argument(
        "--chapter", type=whole_from(1, len(_TRAINED)), metavar="N", help="only this chapter"
    )
    parser.add_argument(
        "--minutes",
        type=number_from(0.001, _MOST_MINUTES),
        default=0.0,
        help="of training for every chapter, instead of its own",
    )
    parser.set_defaults(run=lesson)


def lesson(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    chapters = [_TRAINED[arguments.chapter - 1]] if arguments.chapter else _TRAINED
    told: list[dict[str, object]] = []
    with open_or_create(arguments.project) as project, stop_on_interrupt() as asks, awake():
        if not project.catalogue_path.exists():
            add_pictures(project, [resource(SAMPLE_PICTURES)], output, asks)
        for chapter in chapters:
            if asks:
                break
            told.append(_teach(project, chapter, arguments.minutes, output, asks))
    grids = [f"{each['title']}: {each['grid']}" for each in told if each["grid"]]
    output.result("\n".join(["Samples of every chapter:", *grids]), {"chapters": told})
    return STOPPED if asks else DONE


def _teach(
    project: Project, chapter: Chapter, minutes: float, output: Output, asks: list[Ask]
) -> dict[str, object]:
    """Train a chapter and return what came of it, with all that was said."""
    output.say(f"\n{chapter.title}\n")
    for paragraph in chapter.about:
        output.say(paragraph)
    output.say("")
    changes: list[Change] = []
    events = lecture(
        project, chapter, lambda: asks[0] if asks else changes.pop() if changes else None, minutes
    )
    sentences: list[str] = []
    outcome = follow(_heard(_cured(events, chapter, changes), sentences, output), output)
    return {"chapter": chapter.key, "title": chapter.title, "said": sentences, **_facts(outcome)}


def _cured(
    events: Iterator[TrainEvent | Said], chapter: Chapter, changes: list[Change]
) -> Iterator[TrainEvent | Said]:
    """Pass events on, and ask for the chapter's cure when half of its time is over."""
    cure = chapter.experiment(chapter.cure)
    for event in events:
        if cure is not None and isinstance(event, Stats) and event.progress >= CURED_AT:
            changes.append(cure.change(cure.label))
            cure = None
        yield event


def _heard(
    events: Iterator[TrainEvent | Said], sentences: list[str], output: Output
) -> Iterator[TrainEvent]:
    """Tell what the narrator says, and pass on the rest."""
    for event in events:
        if isinstance(event, Said):
            sentences.append(_in_words(event))
            output.say(f"{event.elapsed_s:6.0f} s  {sentences[-1]}")
        else:
            yield event


def _in_words(said: Said) -> str:
    values = {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in said.values
    }
    return said.sentence.format_map(values)


def _facts(outcome: Outcome) -> dict[str, object]:
    return {
        "run": outcome.started and outcome.started.run_id,
        "pictures": outcome.last and outcome.last.pictures,
        "grid": outcome.grid,
        "ended": outcome.end and outcome.end.value,
    }
