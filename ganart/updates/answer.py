"""Reads what was answered, and believes none of it further than needed.

As GitHub and those that speak like it tell of their latest release: `tag_name`, `html_url`, `body`.
"""

import json
import re
from dataclasses import dataclass

import ganart
from ganart.updates.errors import StrangeAnswer
from ganart.updates.question import Question, split
from ganart.updates.versions import finished, is_newer

MOST_NOTES = 20_000
"""Characters; what is longer is cut off."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""But line ends and tabs: a terminal would obey the others."""


@dataclass(frozen=True, slots=True)
class Newer:
    """There is a newer version."""

    version: str
    page: str
    """Address of the page about it, one that may be opened."""
    notes: str
    """What is new, as plain text."""


@dataclass(frozen=True, slots=True)
class Newest:
    """There is none."""


Answer = Newer | Newest


def read_answer(content: bytes, question: Question, own: str = ganart.__version__) -> Answer:
    """Return what was answered to who has the version `own`. Raises `StrangeAnswer`.

    A version that is not finished, such as a release candidate, is never newer.
    """
    try:
        document = json.loads(content)
        tag, page, notes = document["tag_name"], document["html_url"], document.get("body") or ""
        is_draft = document.get("draft") or document.get("prerelease")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise StrangeAnswer(host=question.host) from error
    if not all(isinstance(each, str) for each in (tag, page, notes)):
        raise StrangeAnswer(host=question.host)
    version = finished(tag)
    if version is None or is_draft or not is_newer(version, own):
        return Newest()
    if not may_be_opened(page, question):
        raise StrangeAnswer(host=question.host)
    return Newer(version, page, _plain(notes)[:MOST_NOTES])


def may_be_opened(page: str, question: Question) -> bool:
    """Whether an address that was answered may go to the browser: only one of those who were asked,
    api.example.org or its example.org, in the same manner (https).
    """
    parts, asked = split(page), split(question.url)
    if parts is None or asked is None or parts.scheme != asked.scheme:
        return False
    return parts.netloc in (asked.netloc, asked.netloc.removeprefix("api."))


def _plain(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode()  # JSON can hold halves of characters
    return _CONTROLS.sub("", whole.replace("\r\n", "\n")).strip()
