"""What the networks are; fixed once a run has begun. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP

ARCHITECTURES = ("r3", "style", "fast", "progressive", "msg", "dcgan", "fc", "vae")


@dataclass(frozen=True)
class NetworkOptions:
    """What the networks are; fixed once a run has begun."""

    architecture: str = option(
        "r3",
        QT_TRANSLATE_NOOP("options", "Architecture"),
        QT_TRANSLATE_NOOP(
            "options",
            "r3: small networks without normalisation, the stable choice. style: StyleGAN's way, "
            "with a style for every layer. fast: FastGAN's way, for few and large pictures. "
            "progressive: grows from coarse to fine. msg: learns all sizes at once. dcgan and fc: "
            "the networks of the GAN lesson. vae: no GAN but its older sister, to compare with.",
        ),
        Group.NETWORK,
        choices=ARCHITECTURES,
    )
    latent_size: int = option(
        64,
        QT_TRANSLATE_NOOP("options", "Latent size"),
        QT_TRANSLATE_NOOP(
            "options",
            "How many random numbers a picture is made from. 32 to 128 suits small folders.",
        ),
        Group.NETWORK,
        low=2,
        high=1024,
    )
    width: int = option(
        64,
        QT_TRANSLATE_NOOP("options", "Network width"),
        QT_TRANSLATE_NOOP(
            "options",
            "Channels of the finest stage of the networks; lower stages have more. Wider networks "
            "learn finer detail, are slower and need more memory.",
        ),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "channels"),
        low=4,
        high=256,
    )
    width_cap: int = option(
        192,
        QT_TRANSLATE_NOOP("options", "Widest stage"),
        QT_TRANSLATE_NOOP("options", "Upper limit of the channels in the lowest stages."),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "channels"),
        low=8,
        high=1024,
    )
    blocks: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Residual blocks"),
        QT_TRANSLATE_NOOP(
            "options",
            "More layers in every stage of an r3 network. 0 is quickest; 1 or 2 pay in long "
            "runs with many pictures.",
        ),
        Group.NETWORK,
        unit=QT_TRANSLATE_NOOP("options", "per stage"),
        low=0,
        high=8,
    )
    mapping_layers: int = option(
        2,
        QT_TRANSLATE_NOOP("options", "Mapping layers"),
        QT_TRANSLATE_NOOP(
            "options",
            "Layers that turn the latent into the style that the other layers follow. Only "
            "in style networks.",
        ),
        Group.NETWORK,
        low=1,
        high=8,
    )
