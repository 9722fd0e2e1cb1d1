"""`ganart runs`, `blend`, `import` and `timelapse`: what became of trainings and of models."""

import argparse
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.make import seed_numbers
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model, choose_moment, choose_run
from ganart.engine.errors import BadOption
from ganart.engine.gan.blend import Blender
from ganart.engine.gan.imports import import_model
from ganart.engine.gan.mix import Mix
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import checkpoints
from ganart.engine.gan.timelapse import TimelapsePlan, save_timelapse
from ganart.engine.latent.exports import Exported
from ganart.project.runs import RunRecord, Runs
from ganart.project.stars import set_star, starred
from ganart.project.store import open_project, project_folder

MODEL = "RUN@STEP, 'best' or 'last' of the newest run, a run, or the start of a model's hash"


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the commands."""
    _add_runs(commands, common)
    _add_blend(commands, common)
    _add_import(commands, common)
    _add_timelapse(commands, common)


def _add_runs(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "runs",
        parents=[common],
        help="list the runs of a project, star moments of them",
        description="List the runs of a project, newest first, with the steps of their kept "
        "checkpoints. Starred ones are kept for good.",
    )
    _add_project(parser)
    star = parser.add_mutually_exclusive_group()
    star.add_argument("--star", metavar="RUN@STEP", help="keep this checkpoint for good")
    star.add_argument("--unstar", metavar="RUN@STEP", help="let it be thinned out again")
    parser.set_defaults(run=runs)


def _add_blend(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "blend",
        parents=[common],
        help="make a model that lies between two related ones",
        description="Make a model that lies between two moments of a run, its branches, or a model "
        "and one that started from it. With --fine and --split its coarse and its fine stages "
        "are mixed apart.",
    )
    _add_project(parser)
    parser.add_argument("first", metavar="FIRST", help=MODEL)
    parser.add_argument("second", metavar="SECOND", help="as FIRST")
    share = number_from(0, 1)
    parser.add_argument("--share", type=share, default=0.5, help="of SECOND, 0 to 1 (%(default)s)")
    parser.add_argument("--fine", type=share, help="share of SECOND in stages finer than --split")
    parser.add_argument("--split", type=whole_from(0, 512), help="side in px up to which is coarse")
    parser.add_argument("--name", default="", help="what to call the model")
    parser.set_defaults(run=blend)


def _add_import(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "import",
        parents=[common],
        help="take a model from elsewhere into a project",
        description="Take a model of another project, or safetensors whose weights fit one of the "
        "studio's architectures. Pickles are refused: opening one can run any program.",
    )
    _add_project(parser)
    parser.add_argument("file", type=Path, metavar="FILE.safetensors")
    parser.set_defaults(run=import_)


def _add_timelapse(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    parser = commands.add_parser(
        "timelapse",
        parents=[common],
        help="save a film of how a run came to be",
        description="Save the sample grids of a run as a film, or some seeds gliding from one "
        "kept checkpoint to the next.",
    )
    _add_project(parser)
    parser.add_argument("--run", dest="wanted", default="last", help="id of a run (%(default)s)")
    parser.add_argument(
        "--seeds", type=seed_numbers, default=[], metavar="1,5,9-12", help="in place of the grids"
    )
    parser.add_argument("--seconds", type=number_from(0.1, 600), default=10.0, help="(%(default)s)")
    parser.add_argument("--fps", type=number_from(1, 60), default=24.0, help="(%(default)s)")
    parser.add_argument("--format", choices=("gif", "webp", "mp4"), default="mp4")
    parser.add_argument("--scale", type=whole_from(1, 64), default=1, help="(%(default)s)")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="instead of the project's artworks"
    )
    parser.set_defaults(run=timelapse)


def runs(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart runs`."""
    with open_project(project_folder(arguments.project)) as project:
        store = Runs(project.runs_folder)
        moment = arguments.star or arguments.unstar
        if moment:
            run_id, step = choose_moment(project, moment)
            set_star(store.folder(run_id), step, on=bool(arguments.star))
        for trouble in store.damaged():
            output.warn(str(trouble))
        rows = [_as_row(record, store.folder(record.id)) for record in store.list()]
    text = "\n".join(map(_as_text, rows)) or "This project has no training run yet."
    output.result(text, {"runs": rows})
    return DONE


def _as_row(record: RunRecord, folder: Path) -> dict[str, object]:
    return {
        "run": record.id,
        "name": record.name,
        "status": record.status,
        "step": record.steps,
        "pictures": record.pictures,
        "elapsed_s": record.elapsed_s,
        "parent": record.parent,
        "parent_step": record.parent_step,
        "origin": record.origin,
        "checkpoints": [each.step for each in checkpoints(folder)],
        "starred": sorted(starred(folder)),
    }


def _as_text(row: dict[str, Any]) -> str:
    stars = set(row["starred"])
    steps = " ".join(f"{step}{'*' if step in stars else ''}" for step in row["checkpoints"])
    ancestor = f", branched off {row['parent']}@{row['parent_step']}" if row["parent"] else ""
    if row["origin"]:
        ancestor += f", started from model {row['origin']}"
    return (
        f"{row['run']} ({row['name']}): {row['status']}, {row['pictures']} pictures in "
        f"{row['elapsed_s']:.0f} s{ancestor}. Checkpoints: {steps or 'none'}"
    )


def blend(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart blend`."""
    if (arguments.fine is None) != (arguments.split is None):
        alone, value = (
            ("split", arguments.split) if arguments.fine is None else ("fine", arguments.fine)
        )
        raise BadOption(option=alone, value=value, allowed="--fine and --split together, or none")
    with open_project(project_folder(arguments.project)) as project:
        first, second = (
            choose_model(project, each).path for each in (arguments.first, arguments.second)
        )
        blender = Blender(first, second)
        if arguments.split is not None and arguments.split not in blender.splits:
            allowed = ", ".join(map(str, blender.splits)) or "no split: this network has no stages"
            raise BadOption(option="split", value=arguments.split, allowed=allowed)
        mix = Mix(arguments.share, arguments.fine, arguments.split or 0)
        path = blender.keep(project, mix, arguments.name)
        info = read_info(path)
    output.result(
        f"{info.label}: {path}",
        {"model": info.model_hash, "file": path, "name": info.label},
    )
    return DONE


def import_(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart import`."""
    with open_project(project_folder(arguments.project)) as project:
        path = import_model(project, arguments.file)
        info = read_info(path)
    output.result(
        f"A model of {info.config.architecture}, "
        f"{info.drawn.width} × {info.drawn.height} px: {path}",
        {
            "model": info.model_hash,
            "file": path,
            "architecture": info.config.architecture,
            "width": info.drawn.width,
            "height": info.drawn.height,
        },
    )
    return DONE


def timelapse(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart timelapse`."""
    plan = TimelapsePlan(
        seeds=tuple(arguments.seeds),
        seconds=arguments.seconds,
        fps=arguments.fps,
        suffix=f".{arguments.format}",
        scale=arguments.scale,
    )
    path = None
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
        output.bar(0, "frames") as bar,
    ):
        record = choose_run(project, arguments.wanted)
        for event in save_timelapse(
            project, record.id, plan, lambda: asks[0] if asks else None, arguments.out
        ):
            if isinstance(event, Exported):
                path = event.path
            else:
                bar.total = event.total
                bar.update(event.done - bar.n)
    if path is None:
        return STOPPED
    output.result(str(path), {"run": record.id, "file": path})
    return DONE


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
