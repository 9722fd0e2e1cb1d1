"""Which version is newer, by the rules of PEP 440 as far as the studio's own numbers need them."""

import re

_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,5})(.*)", re.ASCII)
_BEFORE = re.compile(r"[-_.]?(a|b|c|rc|pre|dev)", re.IGNORECASE)
"""How what follows the numbers begins where a version comes before the finished one: alpha, beta,
release candidate, preview, development."""


def finished(name: str) -> str | None:
    """Return the version that a tag such as 'v1.2.0' names; None unless it is a finished one."""
    match = _VERSION.fullmatch(name)
    return match[1] if match and not match[2] else None


def is_newer(offered: str, own: str) -> bool:
    """Whether a finished version comes after our own, which may be one before its finished one."""
    ours = _VERSION.fullmatch(own)
    assert ours is not None, f"{own} is no version"
    if _numbers(offered) == _numbers(ours[1]):
        return _BEFORE.match(ours[2]) is not None
    return _numbers(offered) > _numbers(ours[1])


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers, without zeros at the end: 1.2 and 1.2.0 are the same."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
