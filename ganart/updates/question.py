"""The question after a newer version, word for word, and whom a release asks it.

Where to ask only whoever makes a release knows: `packaging/build.py --releases URL` writes it into
the program. What runs from its sources has no such file.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from ganart.resources import resource

RELEASES = "releases.json"
"""The resource that tells where to ask."""
_PRINTABLE = re.compile(r"[!-\[\]-~]{1,2000}")
"""ASCII without spaces and backslashes, over which browsers and libraries disagree."""
_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Question:
    """A GET request. It names neither the version that asks nor anything of the person."""

    url: str
    """Such as 'https://api.github.com/repos/OWNER/NAME/releases/latest'; see `is_askable`."""

    @property
    def host(self) -> str:
        """Who is asked, with the port if the address names one."""
        return urlsplit(self.url).netloc

    def headers(self) -> dict[str, str]:
        """Return all headers that are sent, in their order. Some servers want a name to be told."""
        return {
            "Host": self.host,
            "User-Agent": "GanArt-Studio",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }

    def text(self) -> str:
        """Return what is sent, a line each."""
        parts = urlsplit(self.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = (f"{name}: {value}" for name, value in self.headers().items())
        return "\n".join([f"GET {path} HTTP/1.1", *headers])


def is_askable(url: str) -> bool:
    """Whether an address can be asked: over https, or on this very computer."""
    parts = split(url)
    if parts is None or not parts.path.startswith("/") or parts.fragment or "@" in parts.netloc:
        return False
    is_here = parts.scheme == "http" and parts.hostname in _THIS_COMPUTER
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)


def split(url: str) -> SplitResult | None:
    """Return the parts of an address, None for what is none or holds odd characters."""
    try:
        return urlsplit(url) if _PRINTABLE.fullmatch(url) else None
    except ValueError:
        return None


def known_question() -> Question | None:
    """Return the question that this release can ask; None where it knows nobody to ask."""
    try:
        url = json.loads(resource(RELEASES).read_bytes())["url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Question(url) if isinstance(url, str) and is_askable(url) else None


def releases_document(url: str) -> bytes:
    """Return the content of the resource that tells to ask at `url`."""
    return json.dumps({"url": url}).encode()
