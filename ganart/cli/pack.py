"""`ganart pack`: the pack that lets NVIDIA's graphics cards compute."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ganart import runtime
from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt
from ganart.engine.asks import Poll
from ganart.engine.pack.card import find_card
from ganart.engine.pack.contents import Contents, contents
from ganart.engine.pack.errors import NoPack
from ganart.engine.pack.fetch import Fetching
from ganart.engine.pack.getting import get
from ganart.engine.pack.install import Installed, Installing, install, wheels_in
from ganart.files import human_size
from ganart.settings.paths import program_folder


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "pack",
        parents=[common],
        help="tell about the pack for NVIDIA's graphics cards, get it or remove it",
        description="Tell about the pack that lets NVIDIA's graphics cards compute, get it or "
        "remove it. What was changed counts from the next start on. A studio that runs from its "
        "sources takes torch from its environment and uses no pack.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--get", action="store_true", help="fetch it from the network and install it")
    what.add_argument(
        "--from",
        type=Path,
        dest="folder",
        metavar="FOLDER",
        help="install it from a folder of files that end in .whl, without a network",
    )
    what.add_argument("--remove", action="store_true", help="compute on the processor again")
    parser.set_defaults(run=pack)


def pack(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    if arguments.remove:
        runtime.use_pack(None)
        runtime.sweep_packs()
        output.result("No pack is used any more", {"installed": None})
        return DONE
    if arguments.get or arguments.folder:
        return _install(arguments.folder, output)
    _tell(output)
    return DONE


def _tell(output: Output) -> None:
    card, offered, installed = find_card(), contents(), runtime.pack_folder()
    used = installed if program_folder() else None
    lines = [
        f"Card: {f'{card.name}, driver {card.driver}' if card else 'none of NVIDIA was found'}",
        f"Offered: {_described(offered) if card else 'nothing, without a card'}",
        f"Installed: {installed or 'none'}",
    ]
    if installed and not used:
        lines.append("This studio runs from its sources and uses no pack")
    values = {
        "card": card.name if card else None,
        "offered": offered.torch if offered else None,
        "why_not": offered.why_not(card) if offered and card else "",
        "download_bytes": offered.download_bytes if offered else 0,
        "installed": installed,
        "used": used,
    }
    output.result("\n".join(lines), values)


def _described(offered: Contents | None) -> str:
    if offered is None:
        return "none was tried out for this system"
    size, space = human_size(offered.download_bytes), human_size(offered.installed_bytes)
    return f"torch {offered.torch}, {size} to fetch, {space} on the disk"


def _install(folder: Path | None, output: Output) -> int:
    with stop_on_interrupt() as asks, output.bar(0, "B") as bar:
        device = None
        for event in _events(folder, lambda: asks[0] if asks else None):
            if isinstance(event, Fetching | Installing):
                bar.total = event.total
                bar.update(event.done - bar.n)
            elif isinstance(event, Installed):
                device = event.device
    if device is None:
        return STOPPED
    where = "on the card" if device == "cuda" else "on the processor, for it finds no card"
    installed = runtime.pack_folder()
    output.result(
        f"Installed in {installed}; it computes {where}",
        {"installed": installed, "device": device},
    )
    return DONE


def _events(folder: Path | None, poll: Poll) -> Iterable[object]:
    """Return the events of installing a folder of wheels, or what is offered where that is None."""
    offered = contents()
    if folder is not None:
        return install(wheels_in(folder, offered), poll)
    if offered is None:
        raise NoPack(reason="none was tried out for this system")
    card = find_card()
    if card is None:
        raise NoPack(reason="no graphics card of NVIDIA was found")
    if reason := offered.why_not(card):
        raise NoPack(reason=reason)
    return get(offered, poll)
