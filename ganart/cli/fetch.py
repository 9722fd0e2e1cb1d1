"""`ganart fetch-network`: download torchvision's VGG-19, the alternative to the bundled one."""

import argparse
from typing import Any

from ganart.cli.output import DONE, STOPPED, Output, stop_on_interrupt


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "fetch-network",
        parents=[common],
        help="download torchvision's VGG-19 for paintings",
        description="Download torchvision's VGG-19 (575 MB) for paintings with --network "
        "torchvision. Nothing else of the studio needs a connection.",
    )
    parser.set_defaults(run=fetch)


def fetch(_arguments: argparse.Namespace, output: Output) -> int:
    """Run the command."""
    from ganart.engine.style import vgg_torchvision as network  # loads torch

    with stop_on_interrupt() as asks, output.bar(0, "B") as bar:
        for event in network.fetch_torchvision_weights(lambda: asks[0] if asks else None):
            bar.total = event.total_bytes
            bar.update(event.done_bytes - bar.n)
    if asks:
        return STOPPED
    target = network.kept_file()
    output.result(f"Kept in {target}", {"network": target})
    return DONE
