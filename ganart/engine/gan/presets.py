"""Presets are data: named starting points for a training run, and which one suits whom.

Imports no torch.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from ganart.engine.errors import BadOption
from ganart.engine.gan.config import TrainConfig
from ganart.text import QT_TRANSLATE_NOOP


class PresetGroup(StrEnum):
    """What a preset is for."""

    STUDIO = "studio"
    """Pictures to keep."""
    LESSON = "lesson"
    """Seeing how a kind of network learns, in minutes."""
    COMPARE = "compare"
    """Other kinds of networks, to set beside the studio's."""


@dataclass(frozen=True)
class Preset:
    """A named set of options; label and description are marked in context "presets"."""

    key: str
    label: str
    description: str
    config: TrainConfig
    group: PresetGroup = PresetGroup.STUDIO


_LESSON = TrainConfig(
    side=32,
    latent_size=100,
    width_cap=256,
    batch=64,
    learning_rate=2e-4,
    learning_rate_end=2e-4,
    beta1=0.5,
    beta2=0.999,
    ema_pictures=0,
)
"""The settings of the GAN lesson (AI for Beginners, lesson 10)."""

_FAST = TrainConfig(
    architecture="fast",
    minutes=480.0,
    latent_size=256,
    width=32,
    width_cap=512,
    batch=8,
    learning_rate=2e-4,
    learning_rate_end=2e-4,
    beta1=0.5,
    beta2=0.999,
    augment=0.6,
)
"""As FastGAN's authors train (Liu et al. 2021, section 4): every picture counts, batches of 8."""

_STYLE = TrainConfig(
    architecture="style",
    learning_rate=2.5e-3,
    learning_rate_end=2.5e-3,
    penalty_interval=16,
    augment_target=0.6,
)
"""As StyleGAN2-ADA does (Karras et al. 2020); gamma is their 0.0002 * side**2 / batch."""

_GROWING = TrainConfig(learning_rate_end=1e-3, gamma_end=1.0, penalty_interval=1)
"""As progressive growing and its multi-scale sister do: WGAN-GP, steady rates."""

PRESETS = (
    Preset(
        "sketch-32",
        QT_TRANSLATE_NOOP("presets", "Sketch 32"),
        QT_TRANSLATE_NOOP(
            "presets", "Small pictures, 32 px. First shapes after a minute, good ones after ten."
        ),
        TrainConfig(side=32),
    ),
    Preset(
        "sketch-64",
        QT_TRANSLATE_NOOP("presets", "Sketch 64"),
        QT_TRANSLATE_NOOP(
            "presets", "64 px. First shapes after some minutes; an hour does it good."
        ),
        TrainConfig(side=64, minutes=60.0, width=32),
    ),
    Preset(
        "sketch-128",
        QT_TRANSLATE_NOOP("presets", "Sketch 128"),
        QT_TRANSLATE_NOOP(
            "presets", "128 px. A night without a graphics card, much less with one."
        ),
        TrainConfig(side=128, minutes=480.0, width=16, batch=16),
    ),
    Preset(
        "few-128",
        QT_TRANSLATE_NOOP("presets", "Few pictures 128"),
        QT_TRANSLATE_NOOP(
            "presets",
            "128 px from twenty to some hundred pictures. Made for a graphics card; FastGAN's way.",
        ),
        replace(_FAST, side=128, minutes=240.0),
    ),
    Preset(
        "few-256",
        QT_TRANSLATE_NOOP("presets", "Few pictures 256"),
        QT_TRANSLATE_NOOP(
            "presets",
            "256 px from twenty to some hundred pictures. Needs a graphics card and some hours.",
        ),
        replace(_FAST, side=256),
    ),
    Preset(
        "studio-128",
        QT_TRANSLATE_NOOP("presets", "Studio 128"),
        QT_TRANSLATE_NOOP(
            "presets", "128 px from a thousand pictures or more. A night on a graphics card."
        ),
        TrainConfig(
            side=128,
            minutes=480.0,
            width_cap=384,
            blocks=1,
            learning_rate=5e-4,
            learning_rate_end=1e-4,
            ema_pictures=50_000,
            gamma=16.0,
            gamma_end=3.0,
            augment_target=0.6,
        ),
    ),
    Preset(
        "studio-256",
        QT_TRANSLATE_NOOP("presets", "Studio 256"),
        QT_TRANSLATE_NOOP(
            "presets", "256 px from a thousand pictures or more. Days on a graphics card."
        ),
        TrainConfig(
            side=256,
            minutes=1440.0,
            width_cap=384,
            blocks=1,
            learning_rate=5e-4,
            learning_rate_end=1e-4,
            ema_pictures=50_000,
            gamma=100.0,
            gamma_end=15.0,
            augment_target=0.6,
        ),
    ),
    Preset(
        "style-64",
        QT_TRANSLATE_NOOP("presets", "Styles 64"),
        QT_TRANSLATE_NOOP(
            "presets",
            "64 px with a style for every layer, so that shape and colour of two pictures can be "
            "mixed later. An evening without a graphics card.",
        ),
        replace(
            _STYLE, side=64, minutes=240.0, width=16, width_cap=128, gamma=0.05, gamma_end=0.02
        ),
    ),
    Preset(
        "style-256",
        QT_TRANSLATE_NOOP("presets", "Styles 256"),
        QT_TRANSLATE_NOOP(
            "presets",
            "256 px with a style for every layer, from some thousand pictures. Days on a graphics "
            "card.",
        ),
        replace(
            _STYLE,
            side=256,
            minutes=1440.0,
            latent_size=256,
            width_cap=512,
            ema_pictures=10_000,
            gamma=0.8,
            gamma_end=0.4,
        ),
    ),
    Preset(
        "lesson-fc",
        QT_TRANSLATE_NOOP("presets", "Lesson: simple GAN"),
        QT_TRANSLATE_NOOP(
            "presets", "The lesson's first, fully connected network. Quick, simple and grainy."
        ),
        replace(_LESSON, architecture="fc"),
        PresetGroup.LESSON,
    ),
    Preset(
        "lesson-dcgan",
        QT_TRANSLATE_NOOP("presets", "Lesson: DCGAN"),
        QT_TRANSLATE_NOOP(
            "presets",
            "The convolutional network of the GAN lesson, as it is taught: see it learn, wobble "
            "and sometimes collapse.",
        ),
        replace(_LESSON, architecture="dcgan"),
        PresetGroup.LESSON,
    ),
    Preset(
        "lesson-progressive",
        QT_TRANSLATE_NOOP("presets", "Lesson: growing"),
        QT_TRANSLATE_NOOP(
            "presets", "Begins with 4 px and grows: watch the pictures become finer and finer."
        ),
        replace(_GROWING, architecture="progressive", side=32, width=32, width_cap=128),
        PresetGroup.LESSON,
    ),
    Preset(
        "lesson-style",
        QT_TRANSLATE_NOOP("presets", "Lesson: styles"),
        QT_TRANSLATE_NOOP(
            "presets", "A style for every layer, at 32 px: the lesson's last network in minutes."
        ),
        # Firmer than theirs: likeness 0.36 against 0.41 after 8000 pictures of the sample folder.
        replace(_STYLE, side=32, width=32, width_cap=128, gamma=0.5, gamma_end=0.2),
        PresetGroup.LESSON,
    ),
    Preset(
        "compare-progressive",
        QT_TRANSLATE_NOOP("presets", "Growing 128"),
        QT_TRANSLATE_NOOP(
            "presets", "128 px by progressive growing, coarse to fine. Made for a graphics card."
        ),
        replace(
            _GROWING,
            architecture="progressive",
            side=128,
            minutes=480.0,
            width=32,
            width_cap=256,
            batch=16,
        ),
        PresetGroup.COMPARE,
    ),
    Preset(
        "compare-msg",
        QT_TRANSLATE_NOOP("presets", "All sizes at once"),
        QT_TRANSLATE_NOOP(
            "presets", "64 px by multi-scale gradients: every size of a picture is learnt at once."
        ),
        replace(
            _GROWING, architecture="msg", side=64, minutes=120.0, width=16, width_cap=128, batch=16
        ),
        PresetGroup.COMPARE,
    ),
    Preset(
        "compare-vae",
        QT_TRANSLATE_NOOP("presets", "Autoencoder"),
        QT_TRANSLATE_NOOP(
            "presets",
            "32 px by a variational autoencoder, a GAN's older sister: calm, quick and soft.",
        ),
        # What seeds draw is nearer to the folder the less redrawing counts: likeness 0.59, 0.49 and
        # 0.45 at 1, 0.1 and 0.03 after 12,000 pictures of the sample folder.
        TrainConfig(architecture="vae", side=32, beta1=0.9, beta2=0.999, reconstruction=0.03),
        PresetGroup.COMPARE,
    ),
)
DEFAULT_PRESET = PRESETS[0]

FEW_PICTURES = 1000
"""Below, networks learn pictures by heart unless they are kept from it."""
_GIB = 2**30


def preset(key: str) -> Preset:
    """Return the preset of that key. Raises `BadOption`."""
    for each in PRESETS:
        if each.key == key:
            return each
    raise BadOption(option="preset", value=key, allowed=", ".join(each.key for each in PRESETS))


def suggest(
    pictures: int, side_wish: int, device_kind: str, memory_bytes: int
) -> tuple[Preset, str]:
    """Return the preset that suits an artist, and why, marked in context "presets".

    `pictures` are those of the dataset, `side_wish` the side wanted in pixels or 0 for whatever
    suits, `device_kind` is as in `DeviceInfo`, `memory_bytes` what the device has, or 0 if unknown.
    The preset may have a smaller side than was wished, which the reason then explains.
    """
    if device_kind == "cpu":
        return _for_processor(side_wish, memory_bytes)
    return _for_card(pictures, side_wish, memory_bytes)


def _for_processor(side_wish: int, memory_bytes: int) -> tuple[Preset, str]:
    if side_wish <= 32:
        return preset("sketch-32"), QT_TRANSLATE_NOOP(
            "presets", "Without a graphics card, small pictures become good within minutes."
        )
    if side_wish <= 64:
        return preset("sketch-64"), QT_TRANSLATE_NOOP(
            "presets", "64 px is well within reach without a graphics card, in about an hour."
        )
    if 0 < memory_bytes < 4 * _GIB:
        return preset("sketch-64"), QT_TRANSLATE_NOOP(
            "presets", "This computer has little memory, so 64 px is safer than a larger size."
        )
    if side_wish <= 128:
        return preset("sketch-128"), QT_TRANSLATE_NOOP(
            "presets", "A light network, as 128 px takes a night without a graphics card."
        )
    return preset("sketch-128"), QT_TRANSLATE_NOOP(
        "presets",
        "Larger than 128 px would take weeks without a graphics card. Enlarge the results instead.",
    )


def _for_card(pictures: int, side_wish: int, memory_bytes: int) -> tuple[Preset, str]:
    if 0 < side_wish <= 64:
        return preset("sketch-32" if side_wish <= 32 else "sketch-64"), QT_TRANSLATE_NOOP(
            "presets", "A light network is enough for small pictures, and quick on your card."
        )
    if 0 < memory_bytes < 3 * _GIB:
        return preset("sketch-128"), QT_TRANSLATE_NOOP(
            "presets", "A light network, as your graphics card has little memory."
        )
    roomy = memory_bytes >= 8 * _GIB
    # Without a wish the size that is learnt in one night.
    side = 256 if side_wish > 128 and roomy else 128
    key = f"few-{side}" if pictures < FEW_PICTURES else f"studio-{side}"
    if side < side_wish and not roomy:
        return preset(key), QT_TRANSLATE_NOOP(
            "presets", "Your graphics card has memory for 128 px, but hardly for more."
        )
    if side < side_wish:
        return preset(key), QT_TRANSLATE_NOOP(
            "presets", "256 px is the largest that is learnt within days. Enlarge the results."
        )
    if pictures < FEW_PICTURES:
        return preset(key), QT_TRANSLATE_NOOP(
            "presets", "Made for fewer than a thousand pictures, and your graphics card can do it."
        )
    return preset(key), QT_TRANSLATE_NOOP(
        "presets", "You have enough pictures for a rich network, and a graphics card to train it."
    )
