"""Which files others keep their models in."""

from pathlib import Path

_SUFFIXES = {".safetensors", ".pkl", ".pickle", ".pt", ".pth", ".ckpt"}
"""All but the first are pickles, which importing refuses, saying why."""


def is_model(path: Path) -> bool:
    """Whether a file is a model, going by its name."""
    return path.suffix.lower() in _SUFFIXES and not path.is_dir()
