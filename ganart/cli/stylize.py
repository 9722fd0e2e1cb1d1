"""`ganart stylize`: photos, folders and ZIP files in, stylized photos out; or a batch resumed."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from ganart.cli.arguments import whole_from
from ganart.cli.look_flags import add_look_flags, looks_of
from ganart.cli.output import DONE, FAILED, STOPPED, Output, stop_on_interrupt
from ganart.datasets.errors import printable
from ganart.engine.asks import Poll
from ganart.engine.style import batch
from ganart.engine.style.batch_plan import (
    FORMAT_SUFFIXES,
    LONG_SIDE_MAX,
    THREADS_MAX,
    BatchPlan,
    Existing,
)
from ganart.engine.style.batch_plan import Output as BatchOutput
from ganart.engine.style.batch_records import BadBatch
from ganart.engine.style.events import (
    BatchFinished,
    BatchStarted,
    ItemEnded,
    ItemState,
    StyleTrouble,
)

BATCHES = ".ganart-batches"
"""Folder in the output folder that holds what is needed to go on."""


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "stylize",
        parents=[common],
        help="stylize photos, folders and ZIP files",
        description="Stylize photos under one or several looks, or go on with an earlier batch. "
        "Ctrl-C stops and keeps everything; what is done is never done again. The exit code is 1 "
        "when a photo failed.",
    )
    parser.add_argument(
        "sources", nargs="*", type=Path, metavar="PHOTO", help="photos, folders and ZIP files"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the results go")
    add_look_flags(parser)
    _add_output(parser)
    parser.add_argument(
        "--watch", action="store_true", help="go on with photos that arrive, until Ctrl-C"
    )
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="FOLDER",
        help="go on with the newest batch into this output folder, or with the batch that lies "
        "there",
    )
    parser.add_argument("--retry", action="store_true", help="with --resume: try failed ones again")
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.add_argument(
        "--threads", type=whole_from(0, THREADS_MAX), default=0, help="0 leaves the choice"
    )
    parser.set_defaults(run=stylize, parser=parser)


def stylize(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    new = (arguments.sources, arguments.look, arguments.out)
    if arguments.resume is None and not all(new):
        arguments.parser.error("photos, --look and --out are needed, or --resume")
    if arguments.resume is not None and any(new):
        arguments.parser.error("--resume goes on with a batch as it was begun, alone")
    if arguments.retry and arguments.resume is None:
        arguments.parser.error("--retry needs --resume")
    with stop_on_interrupt() as asks:
        events = _events(arguments, lambda: asks[0] if asks else None)
        files, finished = _follow(events, output)
    if finished is None:
        return STOPPED
    sheet = "" if finished.sheet is None else f" Contact sheet: {finished.sheet}."
    output.result(
        f"{finished.done} done, {finished.skipped} skipped, {finished.failed} failed.{sheet}",
        {
            "folder": finished.folder,
            "done": finished.done,
            "skipped": finished.skipped,
            "failed": finished.failed,
            "stopped": finished.stopped,
            "files": files,
            "sheet": finished.sheet,
        },
    )
    if asks:
        return STOPPED
    return FAILED if finished.failed else DONE


def _follow(
    events: Iterable[batch.BatchEvent], output: Output
) -> tuple[list[Path], BatchFinished | None]:
    """Drive a batch to its end; return what it wrote and how it ended."""
    files: list[Path] = []
    finished = None
    with output.bar(0, "pictures") as bar:
        for event in events:
            match event:
                case BatchStarted():
                    bar.total = event.total
                    bar.update(event.done)
                case ItemEnded():
                    bar.total = event.total
                    bar.update(event.done - bar.n)
                    bar.set_postfix_str(f"{event.time_left_s:.0f} s left")
                    if event.result is not None:
                        files.append(event.result)
                    if event.state is ItemState.FAILED:
                        output.warn(f"{printable(event.photo)}: {event.error}")
                case StyleTrouble():
                    output.warn(str(event.error))
                case BatchFinished():
                    finished = event
    return files, finished


def _events(arguments: argparse.Namespace, poll: Poll) -> Iterator[batch.BatchEvent]:
    if arguments.resume is not None:
        go_on = batch.retry if arguments.retry else batch.resume
        return go_on(_newest(arguments.resume), poll)
    return batch.start(_plan(arguments), arguments.out / BATCHES, poll)


def _newest(folder: Path) -> Path:
    """Return the folder of the newest batch into `folder`. Raises `BadBatch`."""
    if (folder / batch.DOCUMENT).is_file():
        return folder
    found = batch.batches(folder / BATCHES)
    if not found:
        raise BadBatch(folder=printable(folder), reason="there is none")
    return found[0].folder


def _plan(arguments: argparse.Namespace) -> BatchPlan:
    return BatchPlan(
        sources=tuple(arguments.sources),
        looks=looks_of(arguments),
        output=BatchOutput(
            folder=arguments.out,
            pattern=arguments.pattern,
            format=arguments.format,
            quality=arguments.quality,
            existing=arguments.existing,
            keep_gps=arguments.keep_gps,
            keep_profile=arguments.keep_profile,
            long_side=arguments.long_side,
            sheet=arguments.sheet,
        ),
        watch=arguments.watch,
        device=arguments.device,
        threads=arguments.threads,
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    """Declare how results are written; the defaults are those of `batch_plan.Output`."""
    default = BatchOutput(Path())
    group = parser.add_argument_group("results")
    group.add_argument(
        "--pattern",
        default=default.pattern,
        help="name without suffix, of {name}, {look}, {folder}, {number}; a slash makes a folder "
        "(%(default)s)",
    )
    group.add_argument(
        "--format",
        default=default.format,
        choices=("same", *FORMAT_SUFFIXES),
        help="(%(default)s as the photo)",
    )
    group.add_argument(
        "--quality",
        type=whole_from(1, 100),
        default=default.quality,
        help="of JPEG, WebP (%(default)s)",
    )
    group.add_argument(
        "--existing",
        default=default.existing,
        choices=get_args(Existing),
        help="what to do where a name is taken (%(default)s)",
    )
    group.add_argument("--keep-gps", action="store_true", help="keep the place of the photo")
    group.add_argument(
        "--keep-profile", action="store_true", help="keep the photo's colour profile, not sRGB"
    )
    group.add_argument(
        "--long-side",
        type=whole_from(0, LONG_SIDE_MAX),
        default=default.long_side,
        metavar="PX",
        help="longer side of the results; 0 keeps the size (%(default)s)",
    )
    group.add_argument("--sheet", action="store_true", help="also write a contact sheet")
