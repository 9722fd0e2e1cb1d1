"""What the pack consists of: wheels in the versions that were tried out, by their hashes."""

import json
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from ganart.engine.pack.card import Card
from ganart.resources import resource

_BLOCK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Wheel:
    """One file of the pack."""

    name: str
    version: str
    file: str
    sha256: str
    size_bytes: int
    index: str = ""
    """Address of an index that has it, where the usual one has not."""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of the pack, for one system and one version of Python."""

    torch: str
    """Version with the build, such as "2.15.0+cu132"."""
    least_driver: str
    """Version of NVIDIA's driver from which on it runs."""
    cuda: tuple[int, int]
    """What it was built for."""
    least_capability: tuple[int, int]
    """Of the cards that it has code for."""
    installed_bytes: int
    wheels: tuple[Wheel, ...]

    @property
    def download_bytes(self) -> int:
        """How much is fetched."""
        return sum(wheel.size_bytes for wheel in self.wheels)

    def why_not(self, card: Card) -> str:
        """Return why this pack does not run on a card, as a part of a sentence; empty if it does.

        A driver that does not tell its version, nor what CUDA it runs, is given a try.
        """
        if card.capability < self.least_capability:
            return "the card is too old for it"
        if card.driver and _numbers(card.driver) < _numbers(self.least_driver):
            return f"the driver {card.driver} is too old for it, which needs {self.least_driver}"
        if card.cuda is not None and card.cuda[0] < self.cuda[0]:
            return f"the driver is too old for it, which needs {self.least_driver}"
        return ""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `packaging/pack_list.py` wrote."""
        values = json.loads(text)
        return cls(
            torch=values["torch"],
            least_driver=values["least_driver"],
            cuda=_pair(values["cuda"]),
            least_capability=_pair(values["least_capability"]),
            installed_bytes=values["installed_bytes"],
            wheels=tuple(Wheel(**wheel) for wheel in values["wheels"]),
        )


def contents() -> Contents | None:
    """Return what the pack for this system and Python consists of; None where none was tried."""
    try:
        return Contents.from_json(resource(f"gpu-pack/{list_name()}").read_text("utf-8"))
    except FileNotFoundError:
        return None


def list_name(system: str = "") -> str:
    """Return the name of the list for this Python and a system, such as 'linux-x86_64-cp311.json'.

    The system is this one, unless another is named: 'win32-x86_64'.
    """
    machine = platform.machine().lower().replace("amd64", "x86_64")
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{system or f'{sys.platform}-{machine}'}-{version}.json"


def is_whole(path: Path, wheel: Wheel) -> bool:
    """Tell whether a file is the wheel, by its size and hash."""
    try:
        if path.stat().st_size != wheel.size_bytes:
            return False
        digest = sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError:
        return False
    return digest.hexdigest() == wheel.sha256


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _pair(numbers: Iterable[int]) -> tuple[int, int]:
    first, second = numbers
    return first, second
