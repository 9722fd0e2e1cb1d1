"""`ganart project`: a photo is looked for in a model."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from, whole_from
from ganart.cli.make import add_model_flags, chosen
from ganart.cli.option_flags import add_option_flags
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model
from ganart.engine.latent.exports import Exported, save_picture
from ganart.engine.latent.output import StillOutput
from ganart.engine.latent.projection_plan import (
    EFFORTS,
    STEPS_MAX,
    Looking,
    Projected,
    Projecting,
    ProjectionPlan,
)
from ganart.media.point import SEED_MAX
from ganart.project.store import open_project, project_folder


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "project",
        parents=[common],
        help="look for a photo in a model",
        description="Find the picture of a model that is nearest to a photo and save it with its "
        "recipe; tells how near it is. Ctrl-C stops and keeps the best so far.",
    )
    add_model_flags(parser)
    parser.add_argument("--photo", required=True, type=Path, metavar="FILE")
    parser.add_argument(
        "--effort", choices=tuple(EFFORTS), default="quick", help="how hard to look (%(default)s)"
    )
    parser.add_argument(
        "--steps", type=whole_from(0, STEPS_MAX), help="instead of those of the effort"
    )
    parser.add_argument(
        "--wplus",
        action="store_true",
        help="let each layer take a style of its own, where the model has styles: nearer to any "
        "photo, and further from what the model would draw by itself",
    )
    parser.add_argument(
        "--focus",
        type=number_from(0, 1),
        default=0.5,
        help="which square of the photo: 0 the left or upper end ... 1 the other (%(default)s)",
    )
    parser.add_argument(
        "--seed", type=whole_from(0, SEED_MAX), default=0, help="of the samples (%(default)s)"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (%(default)s)")
    add_option_flags(parser.add_argument_group("how the picture is saved"), StillOutput)
    parser.set_defaults(run=project, parser=parser)


def project(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    effort = EFFORTS[arguments.effort]
    if arguments.steps is not None:
        effort = replace(effort, steps=arguments.steps)
    plan = ProjectionPlan(
        arguments.photo,
        effort,
        is_closer=arguments.wplus,
        focus=(arguments.focus, arguments.focus),
        seed=arguments.seed,
        device=arguments.device,
    )
    kept = chosen(arguments, StillOutput)
    with (
        open_project(project_folder(arguments.project)) as opened,
        stop_on_interrupt() as asks,
    ):
        entry = choose_model(opened, arguments.model)
        found = _search(entry.path, plan, asks, output)
        if found is None:
            return STOPPED
        (path,) = (
            event.path
            for event in save_picture(
                opened, entry.path, found.point, lambda: None, kept, arguments.out
            )
            if isinstance(event, Exported)
        )
    percent = f"{100 * found.nearness.share:.0f} % near"
    if found.known != found.nearness:
        percent += f" ({100 * found.known.share:.0f} % before each layer went its own way)"
    output.result(
        f"{path}\n{percent}. {found.known.verdict}",
        {
            "model": entry.model_hash,
            "file": path,
            "near": round(found.nearness.share, 4),
            "known": round(found.known.share, 4),
            "verdict": found.known.verdict,
            "steps": found.steps,
            "stopped": found.is_stopped,
        },
    )
    return STOPPED if found.is_stopped else DONE


def _search(model: Path, plan: ProjectionPlan, asks: list[Any], output: Output) -> Projected | None:
    from ganart.engine.latent.projection import project as search  # loads torch

    found = None
    with output.bar(plan.effort.samples, "pictures") as bar:
        for event in search(model, plan, lambda: asks[0] if asks else None):
            match event:
                case Looking():
                    bar.update(event.done - bar.n)
                case Projecting():
                    bar.unit, bar.total = "steps", event.steps
                    bar.n = event.step
                    bar.set_postfix_str(f"loss {event.loss:.4f}", refresh=True)
                case Projected():
                    found = event
    return found
