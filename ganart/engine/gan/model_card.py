"""The README of a model that is given away: what it is and what it learnt from, in counts.

It names no picture, no folder and no person: those are the artist's to tell. In English, as the
command line is, for a card travels further than the window that wrote it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import ganart
from ganart.engine.gan.events import Measured
from ganart.engine.gan.model_file import ModelInfo
from ganart.engine.gan.presets import PRESETS

_MEASURES = (
    ("likeness", "Likeness: sliced Wasserstein distance to the pictures, lower is closer"),
    ("frechet", "Fréchet distance on VGG-19 features, lower is closer; not the usual FID"),
    ("kernel", "Kernel distance on those features, lower is closer"),
    ("density", "Density: around 1 is good"),
    ("coverage", "Coverage: share of the pictures that have one of the model's near by"),
    ("diversity", "Diversity: 1 is as varied as the pictures, 0 all the same"),
    ("copies", "Share of its pictures that are suspiciously near to one it learnt from"),
    ("leak", "How far borders, turns and colour casts differ from the pictures': around 0 is good"),
)
_NO_LICENCE = (
    "Whoever made this model has not said under which conditions it may be used. Ask before you use"
    " it."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a model beside its own description."""

    parameters: int
    learnt: int | None
    """From how many pictures it learnt; None where that is not known any more."""
    measured: Measured | None
    """Its measures when it was saved."""
    device: str
    """What the training was asked to compute with."""


def card(
    name: str, info: ModelInfo, facts: Facts, licence: str, files: Sequence[str], difference: float
) -> str:
    """Return the Markdown text. `files` stand beside it; `difference` is that of the ONNX file."""
    config = info.config
    parts = [
        f"# {_line(name)}",
        "A model that draws pictures out of random numbers, trained with GanArt Studio "
        f"{ganart.__version__}.",
        "![Pictures of the first seeds](samples.png)",
        "## What it is",
        _table(
            [
                ("Architecture", config.architecture),
                ("Pictures", f"{info.drawn.width} × {info.drawn.height} px, RGB"),
                ("Latent", f"{config.latent_size} standard-normal numbers"),
                ("Weights", f"{facts.parameters:,}"),
                ("Preset", _preset(info.preset)),
                ("Hash of the weights", f"`{info.model_hash}`"),
            ]
        ),
        "## What it learnt from",
        _table(_training(info, facts)),
        "The pictures themselves, their names and their folders are not in these files.",
        *_measures(info, facts),
        "## Licence",
        licence.strip() or _NO_LICENCE,
        "## How to draw with it",
        _usage(info, files, difference),
    ]
    return "\n\n".join(parts) + "\n"


def _training(info: ModelInfo, facts: Facts) -> list[tuple[str, str]]:
    learnt = "not known any more" if facts.learnt is None else f"{facts.learnt:,}"
    shape = f"stretched from {info.stretched_from:.4g} : 1, width to height"
    return [
        *([("Their shape", shape)] if info.stretched_from else []),
        ("Training pictures", learnt),
        ("Their fingerprint", f"`{info.data_hash}`" if info.data_hash else "none"),
        ("Pictures shown", f"{info.pictures:,}"),
        ("Steps", f"{info.step:,}"),
        ("Training time", _duration(info.elapsed_s)),
        ("Device", facts.device),
    ]


def _measures(info: ModelInfo, facts: Facts) -> list[str]:
    values = {name: getattr(facts.measured, name, math.nan) for name, _ in _MEASURES}
    if info.likeness is not None and math.isnan(values["likeness"]):
        values["likeness"] = info.likeness
    rows = [
        (label, f"{values[name]:.4g}") for name, label in _MEASURES if math.isfinite(values[name])
    ]
    return ["## How near it comes to them", _table(rows)] if rows else []


def _usage(info: ModelInfo, files: Sequence[str], difference: float) -> str:
    own = next(each for each in files if each.endswith(".safetensors"))
    text = (
        f"- In GanArt Studio: drop `{own}` on the window, or choose Import a model. Every seed "
        "gives the same picture there as it gave its maker.\n"
        f"- Elsewhere: `{own}` holds the averaged weights by name under `ema.`, and in its header "
        "under `ganart` every option of the training as JSON. Opening it runs no code."
    )
    onnx = next((each for each in files if each.endswith(".onnx")), "")
    if not onnx:
        return text
    size = info.config.latent_size
    return text + (
        f"\n- `{onnx}` is for ONNX runtimes. Its pictures differ from the studio's by at most "
        f"{255 * difference:.2g} of 255.\n\n"
        "```python\n"
        "import numpy, onnxruntime\n\n"
        f"session = onnxruntime.InferenceSession({onnx!r})\n"
        f'z = numpy.random.RandomState(1).standard_normal({size}).astype("float32")[None]\n'
        'diversity = numpy.ones(1, "float32")  # 0 the most common picture, 1 as trained\n'
        '(pictures,) = session.run(None, {"z": z, "diversity": diversity})\n'
        "# (1, 3, height, width), sRGB: black is -1, white is 1, to be clamped. This is seed 1.\n"
        "```"
    )


def _preset(key: str) -> str:
    return next((each.label for each in PRESETS if each.key == key), key or "none")


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    lines = ["| | |", "|---|---|", *(f"| {label} | {_cell(value)} |" for label, value in rows)]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    """Return a text as one line: a name may not begin a part of its own."""
    return " ".join(text.split())
