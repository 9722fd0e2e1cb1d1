"""Gets the pack: fetches it, installs it, and throws away what was fetched for that."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.pack.contents import Contents
from ganart.engine.pack.fetch import Fetched, Fetching, fetch
from ganart.engine.pack.install import Installed, Installing, install
from ganart.settings.paths import cache_folder


def wheels_folder() -> Path:
    """Return where wheels lie until they are installed."""
    return cache_folder() / "gpu-pack"


def get(offered: Contents, poll: Poll) -> Iterator[Fetching | Fetched | Installing | Installed]:
    """Fetch and install the pack; asked to stop it ends without `Installed`.

    Raises what `fetch` and `install` do. What was fetched is kept until it is installed.
    """
    for event in fetch(offered, wheels_folder(), poll):
        yield event
        if isinstance(event, Fetched):
            for step in install(event.wheels, poll):
                if isinstance(step, Installed):
                    shutil.rmtree(wheels_folder(), ignore_errors=True)
                yield step
