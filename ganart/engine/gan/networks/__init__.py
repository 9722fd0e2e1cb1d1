"""The architectures, one a file, behind the interface of `interface.py`.

Each module offers `generator(config)` and `discriminator(config)`.
"""

from types import ModuleType

from ganart.engine.gan.config import FIRST_SIDE, TrainConfig
from ganart.engine.gan.networks import dcgan, fast, fc, msg, progressive, r3, style, vae
from ganart.engine.gan.networks.interface import Begin, Discriminator, Generator

ARCHITECTURES: dict[str, ModuleType] = {
    "r3": r3,
    "style": style,
    "fast": fast,
    "progressive": progressive,
    "msg": msg,
    "dcgan": dcgan,
    "fc": fc,
    "vae": vae,
}


def build_generator(config: TrainConfig) -> Generator:
    """Return a freshly initialised generator; draws from torch's global random state."""
    network: Generator = ARCHITECTURES[config.architecture].generator(config)
    return network


def build_discriminator(config: TrainConfig) -> Discriminator:
    """Return a freshly initialised discriminator; draws from torch's global random state."""
    network: Discriminator = ARCHITECTURES[config.architecture].discriminator(config)
    return network


def beginning(config: TrainConfig) -> Begin:
    """Return with how many pixels the networks begin: 4 x 4 for squares, 4 high and 6 wide for 3:2.

    So networks of any shape have the stages of the square of their side, and a stage that is said
    to be at 8, 16, ... px has as many times what it begins with.
    """
    width, height = config.size_at(FIRST_SIDE)
    return height, width


def stage_widths(config: TrainConfig, last_side: int) -> list[int]:
    """Return the channels of the stages at 4, 8, ... `last_side` px (see `beginning`).

    `config.width` at the last stage, doubling towards 4 px, never above `config.width_cap`.
    """
    widths = []
    side, width = last_side, config.width
    while side >= 4:
        widths.append(min(width, max(config.width_cap, config.width)))
        side, width = side // 2, width * 2
    return widths[::-1]
