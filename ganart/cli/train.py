"""`ganart train`: folders of pictures in, a trained model out; or a run resumed."""

import argparse
import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ganart.cli.arguments import size
from ganart.cli.option_flags import add_option_flags, given_options
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import (
    add_pictures,
    check_there,
    choose_model,
    choose_moment,
    choose_run,
    open_or_create,
)
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.sizes import fitting_shape
from ganart.datasets.whole import aspect_of, framing_of
from ganart.engine.asks import Poll
from ganart.engine.errors import BadOption
from ganart.engine.gan import distributed, run
from ganart.engine.gan.config import NETWORK, TrainConfig, shape_of_size
from ganart.engine.gan.events import (
    CheckpointSaved,
    End,
    Finished,
    Mark,
    Marked,
    PhaseChanged,
    RunStarted,
    Samples,
    Stats,
    TrainEvent,
    Trouble,
)
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.presets import DEFAULT_PRESET, PRESETS, preset
from ganart.engine.gan.team import Team, join
from ganart.engine.polite import Manners, Resting, awake
from ganart.project.store import Project, open_project, project_folder


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command; the flags of the options come from `TrainConfig`."""
    parser = commands.add_parser(
        "train",
        parents=[common],
        help="train a model on folders of pictures",
        description="Train a model on folders of pictures, or go on with an earlier run. "
        "Ctrl-C stops and keeps everything. Under torchrun all processes, on one computer or "
        "several, train the same run, each with its share of every batch: torchrun "
        "--nproc-per-node 2 -m ganart train --project NAME.ganart ...",
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="folders of pictures to add"
    )
    parser.add_argument(
        "--project", required=True, type=Path, metavar="NAME.ganart", help="made if not there"
    )
    parser.add_argument(
        "--preset",
        default=DEFAULT_PRESET.key,
        choices=[each.key for each in PRESETS],
        help="options to start from (%(default)s)",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--resume",
        metavar="RUN",
        help="go on with this run, or with 'last'; --minutes and --pictures then add to it",
    )
    way.add_argument(
        "--branch",
        metavar="RUN@STEP",
        help="begin a new run at a kept checkpoint of a run, or of 'last'; --minutes and "
        "--pictures then add to what it had",
    )
    way.add_argument(
        "--from",
        dest="origin",
        metavar="MODEL",
        help="start from a model in place of random weights: a file, or as 'ganart sample' names "
        "one; its network options count then",
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--size",
        type=size,
        metavar="WIDTHxHEIGHT",
        help="such as 96x64: in place of --side and --shape",
    )
    shape.add_argument(
        "--like-pictures",
        action="store_true",
        help="give a training that begins from nothing the shape that suits the pictures best; "
        "it has about as many pixels",
    )
    manners = parser.add_argument_group("manners")
    manners.add_argument(
        "--rest-on-battery", action="store_true", help="pause while the computer runs on battery"
    )
    manners.add_argument(
        "--rest-hours", type=_hours, metavar="FROM-UNTIL", help="pause at these hours, such as 9-18"
    )
    group = parser.add_argument_group("options of the training, instead of the preset's")
    add_option_flags(group, TrainConfig)
    parser.set_defaults(run=train)


def train(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    _take_size(arguments)
    config = _config(arguments)
    team = join()
    if team and not team.leads:
        return _follow(team)
    check_there(arguments.folders)  # before a project is made for nothing
    manners = Manners(arguments.rest_on_battery, arguments.rest_hours)
    goes_on = bool(arguments.resume or arguments.branch)
    with (
        distributed.leading(team),
        _opened(arguments.project, may_create=not goes_on) as project,
        stop_on_interrupt(insist=team is None) as asks,
        awake(),
    ):
        if arguments.folders:
            add_pictures(project, arguments.folders, output, asks)
        if asks:
            return STOPPED
        is_new = not (arguments.resume or arguments.branch or arguments.origin)
        if arguments.like_pictures and is_new:
            config = _like_pictures(project, config)
            output.say(f"Pictures of {config.size[0]} × {config.size[1]} pixels.")
        poll = Resting(lambda: asks[0] if asks else None, manners)
        events = _events(project, arguments, config, poll, team)
        outcome = follow(events, output)
        if outcome.started is None or outcome.last is None:
            return STOPPED
        output.result(
            f"Run {outcome.started.run_id}: {outcome.last.pictures} pictures in "
            f"{outcome.last.elapsed_s:.0f} s. Model: {outcome.checkpoint}. "
            f"Samples: {outcome.grid}.",
            {
                "run": outcome.started.run_id,
                "folder": outcome.started.folder,
                "checkpoint": outcome.checkpoint,
                "grid": outcome.grid,
                "ended": outcome.end and outcome.end.value,
                **asdict(outcome.last),
            },
        )
        return STOPPED if asks else DONE


def _opened(folder: Path, *, may_create: bool) -> Project:
    """Open the project; a training that goes on can only be in one that is there."""
    return open_or_create(folder) if may_create else open_project(project_folder(folder))


def _follow(team: Team) -> int:
    """Compute along with the leader, which alone hears Ctrl-C, until it says that all is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    distributed.follow(team)
    return DONE


class Outcome:
    """What a run came to."""

    started: RunStarted | None = None
    last: Stats | None = None
    checkpoint: Path | None = None
    grid: Path | None = None
    end: End | None = None


def follow(events: Iterable[TrainEvent], output: Output) -> Outcome:
    """Drive a run to its end, showing progress."""
    outcome = Outcome()
    phase_shown = None
    with output.bar(1000, "‰") as bar:
        for event in events:
            match event:
                case PhaseChanged(phase):
                    if phase is not phase_shown:
                        phase_shown = phase
                        output.say(f"{phase.value} …")
                case RunStarted():
                    outcome.started = event
                    output.say(f"Run {event.run_id} on {event.picture_count} pictures.")
                case Stats():
                    outcome.last = event
                    bar.update(round(event.progress * 1000) - bar.n)
                    bar.set_postfix_str(
                        f"G {event.loss_g:.2f} D {event.loss_d:.2f} "
                        f"{event.pictures_per_s:.0f} pictures/s {event.time_left_s:.0f} s left"
                    )
                case Samples():
                    outcome.grid = event.path
                case CheckpointSaved():
                    outcome.checkpoint = event.path
                case Marked() | Trouble():
                    _tell(event, output)
                case Finished():
                    outcome.end = event.end
    return outcome


def _tell(event: Marked | Trouble, output: Output) -> None:
    """Say what happened on the way."""
    if isinstance(event, Trouble):
        output.warn(str(event.error))
    elif event.mark is Mark.MEMORY:
        output.say(f"Too little memory: {event.text} pictures are computed at once from here on.")
    else:
        values = {name: _as_number(value) for name, value in event.values}
        output.say(event.text.format_map(values) if values else event.text)


def _as_number(value: float) -> str:
    """Return a number as people read it: 12, 0.08."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _events(
    project: Project,
    arguments: argparse.Namespace,
    config: TrainConfig,
    poll: Poll,
    team: Team | None,
) -> Iterator[TrainEvent]:
    changes = given_options(arguments, TrainConfig)
    minutes, pictures = changes.pop("minutes", 0.0), changes.pop("pictures", 0)
    if arguments.resume:
        run_id = choose_run(project, arguments.resume).id
        return run.resume(project, run_id, poll, minutes, pictures, changes, team)
    if arguments.branch:
        run_id, step = choose_moment(project, arguments.branch)
        return run.branch(project, run_id, step, poll, changes, minutes, pictures, team)
    origin = _origin(project, arguments.origin, changes) if arguments.origin else None
    return run.start(project, config, arguments.preset, poll, origin, team)


def _origin(project: Project, wanted: str, changes: Mapping[str, Any]) -> Path:
    """Return a file, or a model of the project, to start from.

    Raises `BadCheckpoint`, and `BadOption` for given options that its networks do not have.
    """
    path = Path(wanted)
    if not path.is_file():
        path = choose_model(project, wanted).path
    config = read_info(path).config
    for name in NETWORK & changes.keys():
        if changes[name] != getattr(config, name):
            raise BadOption(option=name, value=changes[name], allowed=getattr(config, name))
    return path


def _hours(text: str) -> tuple[int, int]:
    """Read "9-18". Raises `ArgumentTypeError`."""
    begin, _, end = text.partition("-")
    if not (begin.isdecimal() and end.isdecimal() and int(begin) < 24 and int(end) < 24):
        raise argparse.ArgumentTypeError(f"{text!r} is not two full hours such as 9-18 or 22-7")
    return int(begin), int(end)


def _take_size(arguments: argparse.Namespace) -> None:
    """Have --size say what --side and --shape would. Raises `BadOption`."""
    if arguments.like_pictures and arguments.shape is not None:
        raise BadOption(
            option="shape", value=arguments.shape, allowed="it, or --like-pictures, but not both"
        )
    if arguments.size is not None:
        vars(arguments).update(shape_of_size(*arguments.size))


def _like_pictures(project: Project, config: TrainConfig) -> TrainConfig:
    """Return the options with the shape that suits the pictures of the project."""
    with Catalogue(project.catalogue_path) as catalogue:
        usual = catalogue.usual_framing()
        rows = [row for row in catalogue.pictures() if row.weight]
    width, height = fitting_shape(aspect_of(row, framing_of(row, usual)) for row in rows)
    return replace(config, shape=f"{width}:{height}")


def _config(arguments: argparse.Namespace) -> TrainConfig:
    """Return the preset's options with those given instead. Raises `BadOption`."""
    changes = given_options(arguments, TrainConfig)
    if changes.get("pictures") and "minutes" not in changes:
        changes["minutes"] = 0.0
    return replace(preset(arguments.preset).config, **changes)
