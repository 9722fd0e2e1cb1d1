"""How the artist goes through the issues of a dataset: own thresholds, and what was looked at."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Check:
    """What is kept about one issue."""

    threshold: float | None = None
    """The artist's own, 0 to 1; None for the usual one."""
    fine: str = ""
    """`fingerprint` of the pictures that were looked through and found fine; empty for none."""


Checks = Mapping[str, Check]
"""By the key of the issue; one that is missing is a `Check()`."""


def own_threshold(checks: Checks, key: str) -> float | None:
    """Return the artist's own threshold of an issue, None where the usual one holds."""
    return checks.get(key, Check()).threshold


def fingerprint(picture_ids: npt.ArrayLike) -> str:
    """Return a short text that is another one for another set of pictures; never empty."""
    ids = np.sort(np.asarray(picture_ids, np.int64))
    return f"{len(ids)}-{zlib.crc32(ids.tobytes()):08x}"


def to_json(checks: Checks) -> str:
    """Return the checks as text; those that say nothing are left out."""
    return json.dumps(
        {
            key: {"threshold": check.threshold, "fine": check.fine}
            for key, check in sorted(checks.items())
            if check != Check()
        }
    )


def from_json(text: str) -> dict[str, Check]:
    """Read what `to_json` wrote; what makes no sense is passed over."""
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {key: _read(value) for key, value in values.items() if isinstance(value, dict)}


def _read(value: Mapping[str, object]) -> Check:
    threshold, fine = value.get("threshold"), value.get("fine")
    if not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
        threshold = None
    return Check(threshold, fine if isinstance(fine, str) else "")
