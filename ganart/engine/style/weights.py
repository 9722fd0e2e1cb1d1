"""The weights that come with the program, checked before they are used."""

import hashlib
from functools import cache

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from ganart.engine.errors import EngineError
from ganart.resources import resource
from ganart.text import QT_TRANSLATE_NOOP


class BadWeights(EngineError):
    """Details: `file`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The program's file {file} cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Your pictures and your work are untouched.")
    remedy = QT_TRANSLATE_NOOP("errors", "Install the program again.")


@cache
@torch.inference_mode(mode=False)  # they stay usable for learning, whoever reads them first
def bundled(file: str, sha256: str) -> dict[str, Tensor]:
    """Return the tensors of `file` in the program's resources, read once, as stored.

    `sha256` is what the file was when the program was made. Raises `BadWeights`.
    """
    try:
        content = resource(file).read_bytes()
    except OSError as error:
        raise BadWeights(file=file, reason="it is missing or cannot be read") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadWeights(file=file, reason="it is damaged")
    try:
        return load(content)
    except SafetensorError as error:
        raise BadWeights(file=file, reason="it is damaged") from error
