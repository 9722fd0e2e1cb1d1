"""`ganart demo`: the whole main job on the bundled sample pictures, with no window."""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from ganart.cli.output import DONE, FAILED, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import add_pictures, choose_model
from ganart.cli.train import follow
from ganart.engine.gan import run
from ganart.engine.gan.curves import read_curves
from ganart.engine.gan.presets import DEFAULT_PRESET
from ganart.engine.latent.exports import Exported, LoopPlan, save_sheet
from ganart.engine.latent.loops import save_loop
from ganart.engine.latent.output import LoopOutput
from ganart.files import atomic_path
from ganart.media.composition import evenly
from ganart.media.names import free_name
from ganart.media.plots import loss_chart
from ganart.media.point import Point
from ganart.project.store import Project, create_project
from ganart.resources import resource
from ganart.settings import paths

SAMPLE_PICTURES = "sample/pixel-avatars"


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "demo",
        parents=[common],
        help="train on the bundled sample pictures and save what comes of it",
        description="Train shortly on the bundled sample pictures; save a sheet of samples, the "
        "curves and a loop into a new project.",
    )
    parser.add_argument("--minutes", type=float, default=3.0, help="of training (%(default)s)")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to make the project; else with the others"
    )
    parser.set_defaults(run=demo)


def demo(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    config = replace(DEFAULT_PRESET.config, minutes=arguments.minutes)
    parent = arguments.out or paths.projects_folder()
    with (
        create_project(free_name(parent, "Demo", ".ganart")) as project,
        stop_on_interrupt() as asks,
    ):
        add_pictures(project, [resource(SAMPLE_PICTURES)], output, asks)
        if asks:
            return STOPPED
        events = run.start(project, config, DEFAULT_PRESET.key, lambda: asks[0] if asks else None)
        outcome = follow(events, output)
        if outcome.started is None or outcome.grid is None:
            return STOPPED if asks else FAILED
        files = {
            "samples": _copy(outcome.grid, project.folder / "samples.png"),
            "curves": _draw_curves(outcome.started.folder, project.folder / "curves.png"),
            **_make_art(project),
        }
    output.result(
        "\n".join(
            [f"All of it is in {project.folder}:", *(f"  {path}" for path in files.values())]
        ),
        {"project": project.folder, "run": outcome.started.run_id, **files},
    )
    return STOPPED if asks else DONE


def _copy(source: Path, target: Path) -> Path:
    with atomic_path(target) as temporary:
        shutil.copyfile(source, temporary)
    return target


def _draw_curves(run_folder: Path, target: Path) -> Path:
    curves = read_curves(run_folder)
    losses = {"generator loss": curves["loss_g"], "discriminator loss": curves["loss_d"]}
    chart = loss_chart(losses, curves["pictures"], x_label="pictures shown")
    with atomic_path(target) as temporary:
        chart.save(temporary)
    return target


def _make_art(project: Project) -> dict[str, Path]:
    """Save a contact sheet and a loop of the newest model."""
    model = choose_model(project, "last").path
    points = [Point.at(seed) for seed in range(1, 25)]
    composition = evenly(tuple(points[:6]), seconds=6.0)
    plan = LoopPlan(composition, LoopOutput(format="gif", scale=6))
    jobs = {
        "sheet": save_sheet(project, model, points, _never),
        "loop": save_loop(project, model, plan, _never),
    }
    return {
        name: event.path
        for name, job in jobs.items()
        for event in job
        if isinstance(event, Exported)
    }


def _never() -> None:
    """Answer that nothing is asked."""
