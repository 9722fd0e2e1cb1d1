"""torchvision's weights of VGG-19, as an alternative: trained anew, they give another look.

They are no part of the program: `fetch_torchvision_weights` downloads them when a person asks for
it, checks them, and keeps the part that is needed as safetensors in the studio's data folder.
"""

import hashlib
import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from ganart.engine.asks import Ask, Poll
from ganart.engine.errors import EngineError
from ganart.engine.style.vgg import (
    CHANNELS,
    LAYERS,
    VGG19,
    Convolution,
    Network,
    Normal,
    Pooling,
    network,
)
from ganart.files import as_studio_error, atomic_path, make_folder, require_space
from ganart.settings.paths import models_folder
from ganart.text import QT_TRANSLATE_NOOP

URL = "https://download.pytorch.org/models/vgg19-dcbb9e9d.pth"
SHA256_BEGINS = "dcbb9e9d"
"""First digits of the download's SHA-256, which torch's hub carries in the name and checks too."""
SIZE_BYTES = 575_000_000
FILE = "vgg19_torchvision.safetensors"
NORMAL = Normal(
    mean=(255 * 0.485, 255 * 0.456, 255 * 0.406), deviation=(255 * 0.229, 255 * 0.224, 255 * 0.225)
)
_POSITIONS = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28)
"""Places of the convolutions in torchvision's `features`."""
_CHUNK = 2**18
_TIMEOUT_S = 15.0


class NotFetched(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The network could not be downloaded ({reason}).")
    safe = QT_TRANSLATE_NOOP(
        "errors",
        "Nothing was changed. The network that came with the program works without a connection.",
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Try again when this computer is online.")


class WeightsMissing(EngineError):
    """torchvision's weights were asked for and are not there, or cannot be read."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The network of torchvision is not on this computer yet, or its file is damaged."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors",
        "Choose the network that came with the program, or download this one (575 MB) with the "
        "command: ganart fetch-network",
    )


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far the download is."""

    done_bytes: int
    total_bytes: int


def kept_file() -> Path:
    """Return where the weights are kept."""
    return models_folder() / FILE


def fetch_torchvision_weights(poll: Poll) -> Iterator[Fetching]:
    """Download, check and keep the weights; STOP leaves nothing behind.

    Raises `NotFetched`, `DiskFull` and `FolderNotWritable`.
    """
    folder = make_folder(models_folder())
    require_space(folder, SIZE_BYTES + 60_000_000)
    digest = hashlib.sha256()
    with tempfile.TemporaryFile(dir=folder) as stream:
        done = 0
        for chunk, total in _download():
            try:
                stream.write(chunk)
            except OSError as error:
                raise as_studio_error(error, folder) from error
            digest.update(chunk)
            done += len(chunk)
            yield Fetching(done, max(done, total))
            if poll() is Ask.STOP:
                return
        if not digest.hexdigest().startswith(SHA256_BEGINS):
            raise NotFetched(reason="what arrived is damaged")
        weights = _convolutions(stream)
    with atomic_path(kept_file()) as temporary:
        save_file(weights, temporary)


def load_torchvision_vgg(device: torch.device | str = "cpu", pooling: Pooling = "max") -> VGG19:
    """Return the network with torchvision's weights. Raises `WeightsMissing`."""
    device = torch.device(device)
    path = kept_file()
    try:
        changed_ns = path.stat().st_mtime_ns
    except OSError as error:
        raise WeightsMissing from error
    return VGG19(_read(str(path), changed_ns, device), device, pooling, NORMAL)


@cache
def _read(path: str, _changed_ns: int, device: torch.device) -> Network:
    try:
        stored = load_file(path)
    except (OSError, SafetensorError) as error:
        raise WeightsMissing from error
    wide = 3
    for layer in LAYERS:
        weight, bias = stored.get(f"{layer}.weight"), stored.get(f"{layer}.bias")
        shapes = (weight is not None and weight.shape, bias is not None and bias.shape)
        if shapes != ((CHANNELS[layer], wide, 3, 3), (CHANNELS[layer],)):
            raise WeightsMissing
        wide = CHANNELS[layer]

    def convolution(layer: str) -> Convolution:
        weight, bias = stored[f"{layer}.weight"], stored[f"{layer}.bias"]
        return Convolution(layer, weight.float().to(device), bias.float().to(device))

    return network(convolution)


def _download() -> Iterator[tuple[bytes, int]]:
    """Yield the pieces of the file, each with the size of the whole (0 if unknown)."""
    try:
        with urlopen(URL, timeout=_TIMEOUT_S) as response:
            total = int(response.headers.get("Content-Length") or 0)
            while chunk := response.read(_CHUNK):
                yield chunk, total
    except (OSError, HTTPException, ValueError) as error:
        raise NotFetched(reason=error) from error


def _convolutions(stream: IO[bytes]) -> dict[str, Tensor]:
    """Return weight and bias by layer, out of a file that was checked to be torchvision's."""
    stream.seek(0)
    try:
        stored = torch.load(stream, map_location="cpu", weights_only=True)
        return {
            f"{layer}.{part}": stored[f"features.{position}.{part}"].contiguous()
            for layer, position in zip(LAYERS, _POSITIONS, strict=True)
            for part in ("weight", "bias")
        }
    except (RuntimeError, KeyError, AttributeError, pickle.UnpicklingError, EOFError) as error:
        raise NotFetched(reason="what arrived is no VGG-19") from error
