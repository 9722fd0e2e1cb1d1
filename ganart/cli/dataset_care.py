"""`ganart dataset scan`, `doctor` and `duplicates`: what is there, and what is wrong with it."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import add_pictures, open_or_create
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.duplicates import Group, Groups, Keep, find_groups, reject_others
from ganart.datasets.errors import printable
from ganart.datasets.issues import ISSUES, Facet, diagnose
from ganart.engine.asks import Ask
from ganart.project.store import open_project, project_folder

_NAMED = 3
"""Pictures that are named for each issue when no list was asked for."""


def add_scan(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare `ganart dataset scan`."""
    parser = commands.add_parser(
        "scan",
        parents=[common],
        help="look at the pictures that are new or changed",
        description="Look at every picture of the dataset that is new or changed, and measure it. "
        "Folders that are named are added to the dataset first.",
    )
    _add_project(parser)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.set_defaults(run=scan)


def add_doctor(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart dataset doctor`; the issues come from their declaration."""
    parser = commands.add_parser(
        "doctor",
        parents=[common],
        help="tell which pictures may spoil a training",
        description="Scan the dataset and count the pictures that may spoil a training. Each issue "
        "has a score from 0, nothing wrong, to 1; pictures above its threshold are counted, the "
        "worst first. Issues: " + " ".join(f"{each.key}: {each.help}" for each in ISSUES),
    )
    _add_project(parser)
    parser.add_argument(
        "--list",
        dest="listed",
        action="append",
        default=[],
        choices=[each.key for each in ISSUES],
        help="name all pictures with this issue, and tell of no other",
    )
    parser.add_argument(
        "--threshold",
        action="append",
        default=[],
        type=_threshold,
        metavar="ISSUE=SCORE",
        help="count from another score on",
    )
    parser.set_defaults(run=doctor)


def add_duplicates(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart dataset duplicates`."""
    parser = commands.add_parser(
        "duplicates",
        parents=[common],
        help="find pictures that are in the dataset several times",
        description="Scan the dataset and find pictures that are in it several times: exact "
        "copies, and versions in another size, compression or colour, mirrored or slightly "
        "cropped. Of each group the one to keep is named first. Groups that were told apart in the "
        "window are left out.",
    )
    _add_project(parser)
    parser.add_argument("--exact", action="store_true", help="only pictures with equal pixels")
    parser.add_argument(
        "--keep",
        type=Keep,
        choices=list(Keep),
        default=Keep.LARGEST,
        help="which of a group to keep; what was picked always comes first (default: %(default)s)",
    )
    parser.add_argument(
        "--reject",
        action="store_true",
        help="reject all but the first of each group; the files are left alone",
    )
    parser.set_defaults(run=duplicates)


def scan(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset scan`."""
    with open_or_create(arguments.project) as project, stop_on_interrupt() as asks:
        add_pictures(project, arguments.folders, output, asks)
        with Catalogue(project.catalogue_path) as catalogue:
            counts = catalogue.counts()
            refused = {printable(row.path): row.reason for row in catalogue.refused()}
    output.result(
        f"{counts.readable} pictures ({counts.excluded} rejected), {counts.refused} files left "
        "out.",
        {**asdict(counts), "left_out": refused},
    )
    return STOPPED if asks else DONE


def doctor(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset doctor`."""
    with open_project(project_folder(arguments.project)) as project, stop_on_interrupt() as asks:
        add_pictures(project, [], output, asks)
        if asks:
            return STOPPED
        with Catalogue(project.catalogue_path) as catalogue:
            diagnosis = diagnose(catalogue)
            refused = {printable(row.path): row.reason for row in catalogue.refused()}
    thresholds = dict(arguments.threshold)
    listed: list[str] = arguments.listed
    told = [issue for issue in ISSUES if not listed or issue.key in listed]
    facets = [diagnosis.facet(issue, thresholds.get(issue.key)) for issue in told]
    paths = [printable(row.path) for row in diagnosis.pictures]
    lines = []
    if not listed:
        lines = [f"{len(refused):6}  Unreadable", *(f"        {path}" for path in refused)]
    for facet in facets:
        issue = facet.issue
        named = facet.rows if listed else facet.rows[:_NAMED]
        scores = diagnosis.scores[issue.key]
        lines.append(f"{len(facet.rows):6}  {issue.label} (score above {facet.threshold:g})")
        lines.extend(f"        {scores[row]:.2f}  {paths[row]}" for row in named)
    output.result(
        "\n".join(lines),
        {
            "pictures": len(paths),
            "left_out": refused,
            "issues": {
                facet.issue.key: _told(facet, paths, diagnosis.scores[facet.issue.key].tolist())
                for facet in facets
            },
        },
    )
    return DONE


def duplicates(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset duplicates`."""
    with open_project(project_folder(arguments.project)) as project, stop_on_interrupt() as asks:
        add_pictures(project, [], output, asks)
        with Catalogue(project.catalogue_path) as catalogue:
            groups = _groups(catalogue, arguments, output, asks)
            if groups is None:
                return STOPPED
            rejected = reject_others(catalogue, groups) if arguments.reject else {}
    lines = []
    for group in groups:
        first, *rest = (printable(row.path) for row in group.pictures)
        lines.append(
            f"Keep {first}" + (", of which these are exact copies:" if group.exact else ":")
        )
        lines.extend(f"    {path}" for path in rest)
    others = sum(len(group.pictures) - 1 for group in groups)
    lines.append(
        f"Groups: {len(groups)}; {others} pictures more than needed, {len(rejected)} rejected."
    )
    output.result(
        "\n".join(lines),
        {
            "groups": [
                {
                    "keep": printable(group.best.path),
                    "others": [printable(row.path) for row in group.pictures[1:]],
                    "exact": group.exact,
                }
                for group in groups
            ],
            "rejected": [printable(path) for path in rejected],
        },
    )
    return DONE


def _groups(
    catalogue: Catalogue, arguments: argparse.Namespace, output: Output, asks: list[Ask]
) -> tuple[Group, ...] | None:
    with output.bar(0, "pictures") as bar:
        search = find_groups(
            catalogue, lambda: bool(asks), near=not arguments.exact, keep=arguments.keep
        )
        for event in search:
            if isinstance(event, Groups):
                return event.groups
            bar.total = event.total
            bar.update(event.done - bar.n)
    return None


def _told(facet: Facet, paths: list[str], scores: list[float]) -> Mapping[str, object]:
    return {
        "label": facet.issue.label,
        "threshold": facet.threshold,
        "count": len(facet.rows),
        "pictures": [{"path": paths[row], "score": scores[row]} for row in facet.rows],
    }


def _threshold(text: str) -> tuple[str, float]:
    """Read "blurred=0.5". Raises `ArgumentTypeError`."""
    key, _, score = text.partition("=")
    try:
        value = float(score)
    except ValueError:
        value = -1.0
    if key not in _KEYS or not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an issue with a score from 0 to 1, such as blurred=0.5"
        )
    return key, value


_KEYS = frozenset(issue.key for issue in ISSUES)


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")
