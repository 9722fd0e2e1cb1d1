"""`ganart export`: gives a model away."""

import argparse
from pathlib import Path
from typing import Any

from ganart.cli.lineage import MODEL
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import choose_model
from ganart.engine.gan.model_out import LICENCE_MAX, PARTS, GivenAway, OutPlan, give_away
from ganart.project.store import open_project, project_folder


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "export",
        parents=[common],
        help="give a model away: weights, a card, samples, and ONNX if wanted",
        description="Write a folder with the averaged weights, a card that says in counts what the "
        "model learnt from, and a sheet of samples. It holds no picture that the model learnt "
        "from, and no name or path of one.",
    )
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
    parser.add_argument("--model", default="best", help=f"{MODEL} (%(default)s)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="a new folder is made inside"
    )
    parser.add_argument("--name", default="", help="of the folder and its files")
    parser.add_argument(
        "--licence", type=_licence, default="", metavar="TEXT", help="who may use it for what"
    )
    parser.add_argument(
        "--onnx", action="store_true", help="also as ONNX, checked against the model's pictures"
    )
    parser.add_argument("--zip", action="store_true", help="one archive in place of a folder")
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart export`."""
    plan = OutPlan(arguments.name, arguments.licence, arguments.onnx, arguments.zip)
    given = None
    with (
        open_project(project_folder(arguments.project)) as project,
        stop_on_interrupt() as asks,
        output.bar(len(PARTS), "parts") as bar,
    ):
        path = choose_model(project, arguments.model).path
        for event in give_away(
            project, path, plan, arguments.out, lambda: asks[0] if asks else None
        ):
            if isinstance(event, GivenAway):
                given = event
            else:
                bar.update(PARTS.index(event.part) - bar.n)
    if given is None:
        return STOPPED
    values = {"model": given.model_hash, "path": given.path, "files": given.files}
    if given.onnx_difference is not None:
        values["onnx_difference"] = given.onnx_difference
    output.result(str(given.path), values)
    return DONE


def _licence(text: str) -> str:
    if len(text) > LICENCE_MAX:
        raise argparse.ArgumentTypeError(f"at most {LICENCE_MAX} characters")
    return text
