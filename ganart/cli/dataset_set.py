"""`ganart dataset add`, `move`, `prepare` and `export`: sources in, prepared sets out."""

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ganart.cli.arguments import number_from, size, whole_from
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.cli.projects import add_pictures, open_or_create
from ganart.datasets.captions import import_tags
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.colour import Colour
from ganart.datasets.errors import printable
from ganart.datasets.filters import Filter
from ganart.datasets.framing import Fill
from ganart.datasets.manifests import import_notes
from ganart.datasets.prepare import Prepared, Preparing, prepare
from ganart.datasets.proposals import Proposed, propose_all
from ganart.datasets.records import MAX_STARS, Mark
from ganart.datasets.repoint import Repointed, repoint
from ganart.datasets.scan import Refused
from ganart.engine.asks import Ask
from ganart.engine.set_export import CURATED, Exported, Exporting, SetPlan, export_set
from ganart.engine.sources.archives import unpack
from ganart.engine.sources.frame_choice import MOST_FRAMES, SCENES, SOME, FrameChoice
from ganart.engine.sources.frames import take_frames
from ganart.engine.sources.gathering import (
    FOLDER,
    Gathered,
    GatherEvent,
    Gathering,
    LeftOut,
    follow_project,
)
from ganart.media.suffixes import ARCHIVE_SUFFIXES, FILM_SUFFIXES, STILL_SUFFIXES
from ganart.project.store import Project, open_project, project_folder


def add_add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare `ganart dataset add`."""
    parser = commands.add_parser(
        "add",
        parents=[common],
        help="add folders, pictures, ZIP files and films to the dataset",
        description="Add sources to the dataset and scan it. ZIP files and frames of films are "
        "unpacked into the project; the originals are only read. Captions beside pictures become "
        "tags.",
    )
    _add_project(parser)
    parser.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    frames = parser.add_argument_group("frames of films, animated GIF and WebP")
    frames.add_argument("--every", type=whole_from(1, MOST_FRAMES), help="take every so many")
    frames.add_argument(
        "--scenes",
        type=number_from(0, 1),
        nargs="?",
        const=SCENES.difference,
        metavar="DIFFERENCE",
        help="take only what differs so much in colour from the frame before (%(const)s)",
    )
    frames.add_argument("--most", type=whole_from(1, MOST_FRAMES), default=SOME.most)
    parser.set_defaults(run=add)


def add_move(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart dataset move`."""
    parser = commands.add_parser(
        "move",
        parents=[common],
        help="tell where a folder of the dataset lies now",
        description="Tell where a folder or picture of the dataset lies now that was moved or "
        "renamed. Its pictures keep their marks, stars, tags and crops.",
    )
    _add_project(parser)
    parser.add_argument("old", type=Path, metavar="OLD", help="as 'ganart dataset add' names it")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.set_defaults(run=move)


def add_prepare(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart dataset prepare`."""
    parser = commands.add_parser(
        "prepare",
        parents=[common],
        help="prepare the pictures at a size, as training takes them",
        description="Prepare the pictures at a size, as training takes them; what is prepared "
        "already is used again. --fill, --background and --salient are kept with the dataset.",
    )
    _add_project(parser)
    parser.add_argument("--size", type=size, required=True, metavar="SIDE|WIDTHxHEIGHT")
    parser.add_argument(
        "--fill",
        choices=[each.value for each in Fill],
        help="what is done with pictures of another shape, unless they have their own way",
    )
    parser.add_argument(
        "--background", type=_colour, metavar="#RRGGBB", help="behind clear parts and beside"
    )
    parser.add_argument(
        "--salient",
        action="store_true",
        help="crop pictures without a crop of their own where most stands out",
    )
    parser.set_defaults(run=prepare_pictures)


def add_export(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401
    """Declare `ganart dataset export`."""
    parser = commands.add_parser(
        "export",
        parents=[common],
        help="write the curated pictures as a folder or ZIP file",
        description="Write the pictures that are not rejected, with manifest.csv, manifest.json "
        "and metadata.jsonl, as a folder, or as a ZIP file where the name ends in .zip.",
    )
    _add_project(parser)
    parser.add_argument("target", type=Path, metavar="FOLDER|NAME.zip")
    parser.add_argument(
        "--prepared",
        type=size,
        metavar="SIDE|WIDTHxHEIGHT",
        help="framed at this size instead of copies of the originals",
    )
    parser.add_argument(
        "--unstretch", action="store_true", help="pull stretched pictures back to their shape"
    )
    parser.add_argument("--stars", type=whole_from(0, MAX_STARS), default=0, help="at least")
    parser.add_argument("--picked", action="store_true", help="only pictures marked as picked")
    parser.set_defaults(run=export)


def add(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset add`."""
    choice = _choice(arguments)
    with open_or_create(arguments.project) as project, stop_on_interrupt() as asks:
        with _catalogue(project) as catalogue:
            newest = catalogue.newest()
        folders = []
        for source in arguments.sources:
            events = _gathering(source, project.folder / FOLDER, asks, choice)
            folders.append(source if events is None else _gather(source, events, output))
            if asks:
                return STOPPED
        add_pictures(project, folders, output, asks)
        with Catalogue(project.catalogue_path) as catalogue:
            import_notes(catalogue, newest)
            tagged = len(import_tags(catalogue))
            counts = catalogue.counts()
            sources = catalogue.sources()
    output.result(
        f"{counts.readable} pictures, {counts.refused} files left out, {tagged} with new tags.",
        {
            "readable": counts.readable,
            "refused": counts.refused,
            "tagged": tagged,
            "sources": sources,
        },
    )
    return STOPPED if asks else DONE


def move(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset move`."""
    with (
        open_project(project_folder(arguments.project)) as project,
        _catalogue(project) as catalogue,
        stop_on_interrupt() as asks,
        output.bar(0, "pictures") as bar,
    ):
        old = Path(os.path.abspath(arguments.old))  # noqa: PTH100 - a link that is gone must not be followed
        for event in repoint(catalogue, old, arguments.new, lambda: bool(asks)):
            if isinstance(event, Repointed):
                output.result(
                    f"{event.found} of {event.total} pictures found in {printable(event.new)}.",
                    {"found": event.found, "total": event.total, "path": event.new},
                )
                return DONE
            bar.total = event.total
            bar.update(event.done - bar.n)
    return STOPPED


def prepare_pictures(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset prepare`."""
    with (
        open_project(project_folder(arguments.project)) as project,
        _catalogue(project) as catalogue,
        stop_on_interrupt() as asks,
        output.bar(0, "pictures") as bar,
    ):
        _set_usual(catalogue, arguments)
        if arguments.salient:
            _accept_proposals(catalogue, arguments.size, asks, output)
        folder = project.prepared_folder
        for event in prepare(catalogue, folder, arguments.size, lambda: bool(asks)):
            if isinstance(event, Preparing):
                bar.total = event.total
                bar.update(event.done - bar.n)
                continue
            _tell_prepared(event, output)
            return DONE
    return STOPPED


def export(arguments: argparse.Namespace, output: Output) -> int:
    """Run `ganart dataset export`."""
    marks = frozenset({Mark.PICKED}) if arguments.picked else CURATED.marks
    wanted = Filter(marks=marks, least_stars=arguments.stars)
    plan = SetPlan(arguments.target, arguments.prepared, arguments.unstretch, wanted)
    with (
        open_project(project_folder(arguments.project)) as project,
        _catalogue(project) as catalogue,
        stop_on_interrupt() as asks,
        output.bar(0, "pictures") as bar,
    ):
        for event in export_set(catalogue, plan, lambda: bool(asks)):
            match event:
                case Exporting():
                    bar.total = event.total
                    bar.update(event.done - bar.n)
                case Refused():
                    output.warn(f"Left out {printable(event.path)}: {event.reason}.")
                case Exported():
                    output.result(
                        f"{event.count} pictures: {printable(event.path)}",
                        {"count": event.count, "path": event.path},
                    )
                    return DONE
    return STOPPED


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", required=True, type=Path, metavar="NAME.ganart")


def _catalogue(project: Project) -> Catalogue:
    """Open the catalogue; what lies in the project itself is found after that was moved."""
    catalogue = Catalogue(project.catalogue_path)
    follow_project(catalogue, project.folder)
    return catalogue


def _choice(arguments: argparse.Namespace) -> FrameChoice | None:
    """Return which frames were asked for, None where nothing was said of frames."""
    if arguments.every is None and arguments.scenes is None:
        return None
    usual = SOME if arguments.scenes is None else SCENES
    return FrameChoice(
        every=arguments.every or usual.every,
        difference=arguments.scenes or 0.0,
        most=arguments.most,
    )


def _gathering(
    source: Path, folder: Path, asks: Sequence[Ask], choice: FrameChoice | None
) -> Iterator[GatherEvent] | None:
    """Return what unpacks a source into the project; None for what is a source as it is."""
    suffix = source.suffix.lower()
    if source.is_dir():
        return None
    if suffix in ARCHIVE_SUFFIXES:
        return unpack(source, folder, lambda: bool(asks))
    # Films that may be single pictures as well: their frames are taken only where that is asked.
    still = suffix in STILL_SUFFIXES and choice is None
    if suffix in FILM_SUFFIXES and not still:
        return take_frames(source, folder, lambda: bool(asks), choice or SOME)
    return None


def _gather(source: Path, events: Iterator[GatherEvent], output: Output) -> Path:
    """Unpack a source; return the folder that it was put into."""
    with output.bar(0, "pictures") as bar:
        for event in events:
            match event:
                case Gathering():
                    bar.total = event.total
                    bar.update(event.done - bar.n)
                case LeftOut():
                    output.warn(f"Left out {printable(Path(event.name))}: {event.why}.")
                case Gathered():
                    name = printable(source)
                    output.say(f"{name}: {event.added} new pictures, {event.count} in all.")
                    return event.folder
    raise AssertionError("the last event says where the pictures are")


def _set_usual(catalogue: Catalogue, arguments: argparse.Namespace) -> None:
    usual = catalogue.usual_framing()
    if arguments.fill is not None:
        usual = replace(usual, fill=Fill(arguments.fill))
    if arguments.background is not None:
        usual = replace(usual, background=arguments.background)
    if usual != catalogue.usual_framing():
        catalogue.set_usual_framing(usual)


def _accept_proposals(
    catalogue: Catalogue, size: tuple[int, int], asks: Sequence[Ask], output: Output
) -> None:
    for event in propose_all(catalogue, size, lambda: bool(asks)):
        if isinstance(event, Proposed):
            framings = {path: framing.to_json() for path, framing in event.framings.items()}
            catalogue.set_framing(framings)
            output.say(f"{len(framings)} of {event.looked_at} pictures leave their middle.")


def _tell_prepared(prepared: Prepared, output: Output) -> None:
    output.result(
        f"{prepared.count} pictures of {prepared.width} × {prepared.height}: "
        f"{printable(prepared.path)}",
        {
            "count": prepared.count,
            "width": prepared.width,
            "height": prepared.height,
            "path": prepared.path,
            "fingerprint": prepared.fingerprint,
        },
    )


def _colour(text: str) -> Colour:
    """Read "#ff8000". Raises `ArgumentTypeError`."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no colour such as #ff8000")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
