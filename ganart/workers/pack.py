"""The GPU pack, as jobs of the window."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart import runtime
from ganart.engine.asks import Poll
from ganart.engine.pack.card import Card, find_card
from ganart.engine.pack.contents import Contents, contents
from ganart.engine.pack.getting import get, wheels_folder
from ganart.engine.pack.install import install, wheels_in
from ganart.settings.paths import program_folder
from ganart.workers.run import Job


@dataclass(frozen=True, slots=True)
class PackState:
    """How things stand."""

    card: Card | None
    contents: Contents | None
    """What would be fetched; None where no pack was tried out for this system."""
    why_not: str
    """Why the pack does not run on the card, as a part of a sentence; empty if it does."""
    installed: Path | None
    """The pack that is used from the next start on."""
    fetched_bytes: int
    """How much of a pack lies there from a fetch that was ended."""
    can_change: bool
    """Whether this is an installed program, which takes torch from a pack."""

    def is_offered(self) -> bool:
        """Whether there is a card, and a pack for it that can be fetched and is not there yet."""
        runs = self.card is not None and self.contents is not None and not self.why_not
        return runs and self.can_change and self.installed is None


def look_job(_poll: Poll) -> Iterator[object]:
    """Find out how things stand; yields one `PackState`."""
    card, offered = find_card(), contents()
    files = [path.stat().st_size for path in wheels_folder().glob("*.whl")]
    yield PackState(
        card=card,
        contents=offered,
        why_not=offered.why_not(card) if offered and card else "",
        installed=runtime.pack_folder(),
        fetched_bytes=sum(files),
        can_change=program_folder() is not None,
    )


def get_job(offered: Contents) -> Job:
    """Fetch and install the pack; yields `Fetching`, `Fetched`, `Installing`, `Installed`."""

    def job(poll: Poll) -> Iterator[object]:
        yield from get(offered, poll)

    return job


def install_job(folder: Path) -> Job:
    """Install the pack from a folder of wheels; yields `Installing` and `Installed`."""

    def job(poll: Poll) -> Iterator[object]:
        yield from install(wheels_in(folder, contents()), poll)

    return job


def remove_pack() -> None:
    """Have torch be the one that came with the studio from the next start on."""
    runtime.use_pack(None)


def sweep_job(_poll: Poll) -> Iterator[object]:
    """Delete packs that nobody uses any more; yields nothing."""
    runtime.sweep_packs()
    yield from ()
