"""How the pictures are shown. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class PictureOptions:
    """How the pictures are shown."""

    augment: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Augmentation"),
        QT_TRANSLATE_NOOP(
            "options",
            "Share of pictures whose colour and place are jittered before the discriminator sees "
            "them. Helps folders under about 1000 pictures; fades to 0 at the end of the run.",
        ),
        Group.PICTURES,
        low=0.0,
        high=0.8,
    )
    augment_target: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Adaptive augmentation"),
        QT_TRANSLATE_NOOP(
            "options",
            "The augmentation grows while the discriminator tells more than this share of "
            "the real pictures apart, and shrinks below. 0.6 is usual. 0 keeps the "
            "augmentation above as it is.",
        ),
        Group.PICTURES,
        low=0.0,
        high=0.95,
    )
    augment_kinds: str = option(
        "colour and place",
        QT_TRANSLATE_NOOP("options", "Augment"),
        QT_TRANSLATE_NOOP(
            "options",
            "What may be jittered.",
        ),
        Group.PICTURES,
        choices=("colour and place", "colour", "place"),
    )
    mirror: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Pictures may be mirrored"),
        QT_TRANSLATE_NOOP(
            "options",
            "Show each picture also mirrored left to right, which doubles a small folder. Leave it "
            "off for lettering, signatures or anything with a left and a right.",
        ),
        Group.PICTURES,
    )
    turn: bool = option(
        False,
        QT_TRANSLATE_NOOP("options", "Pictures may be turned"),
        QT_TRANSLATE_NOOP(
            "options",
            "Show each picture also turned by quarters, where it is not square upside down. Only "
            "for pictures without an up and a down, such as textures.",
        ),
        Group.PICTURES,
    )
