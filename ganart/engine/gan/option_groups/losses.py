"""What the networks strive for. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class LossOptions:
    """What the networks strive for."""

    loss: str = option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Loss"),
        QT_TRANSLATE_NOOP(
            "options",
            "What the two networks argue about. auto takes the one that the architecture "
            "was made for: bce for dcgan and fc, hinge for fast, non-saturating for style, "
            "wasserstein for progressive and msg, relativistic for r3.",
        ),
        Group.LOSSES,
        choices=("auto", "relativistic", "non-saturating", "hinge", "wasserstein", "bce"),
    )
    penalty: str = option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Gradient penalty on"),
        QT_TRANSLATE_NOOP(
            "options",
            "Where the discriminator is kept from becoming too steep: on real pictures "
            "(r1), on real and generated ones (r1+r2), or between them (between, as "
            "Wasserstein losses need it). auto takes what the loss was made for.",
        ),
        Group.LOSSES,
        choices=("auto", "none", "r1", "r1+r2", "between"),
    )
    gamma: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Gradient penalty"),
        QT_TRANSLATE_NOOP(
            "options",
            "Strength of the R1 and R2 penalties that keep the discriminator calm. Too low: "
            "oscillation. Too high: bland, average pictures. About four times as much per doubled "
            "side. Not used by the lesson's networks.",
        ),
        Group.LOSSES,
        low=0.0,
        high=10_000.0,
    )
    gamma_end: float = option(
        0.5,
        QT_TRANSLATE_NOOP("options", "Gradient penalty at the end"),
        QT_TRANSLATE_NOOP(
            "options", "The penalty glides to this value along a cosine over the run."
        ),
        Group.LOSSES,
        low=0.0,
        high=10_000.0,
    )
    penalty_interval: int = option(
        4,
        QT_TRANSLATE_NOOP("options", "Penalty every"),
        QT_TRANSLATE_NOOP(
            "options",
            "The penalties are computed at every n-th step with n times the strength, which saves "
            "time. 1 is the paper's way.",
        ),
        Group.LOSSES,
        unit=QT_TRANSLATE_NOOP("options", "steps"),
        low=1,
        high=64,
    )
    path_length: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Path length penalty"),
        QT_TRANSLATE_NOOP(
            "options",
            "Makes equal steps through the styles change the picture equally, for calmer "
            "walks. 0 is off, 2 the usual weight. Only in style networks; it costs time.",
        ),
        Group.LOSSES,
        low=0.0,
        high=100.0,
    )
    reconstruction: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Reconstruction"),
        QT_TRANSLATE_NOOP(
            "options",
            "How much the discriminator of fast networks is trained to redraw the pictures "
            "it sees, which keeps it from learning them by heart. In vae: how much likeness "
            "counts against tidiness of the latent space.",
        ),
        Group.LOSSES,
        low=0.0,
        high=100.0,
    )
    discriminator_rate: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Discriminator speed"),
        QT_TRANSLATE_NOOP(
            "options",
            "Learning rate of the discriminator as a multiple of the one above. Below 1 it "
            "gives the generator time when it wins too easily.",
        ),
        Group.BALANCE,
        low=0.01,
        high=100.0,
    )
    discriminator_steps: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Discriminator steps"),
        QT_TRANSLATE_NOOP(
            "options",
            "Steps of the discriminator for every round.",
        ),
        Group.BALANCE,
        low=1,
        high=16,
    )
    generator_steps: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Generator steps"),
        QT_TRANSLATE_NOOP(
            "options",
            "Steps of the generator for every round.",
        ),
        Group.BALANCE,
        low=1,
        high=16,
    )
    skip_below: float = option(
        0.0,
        QT_TRANSLATE_NOOP("options", "Rest the discriminator below"),
        QT_TRANSLATE_NOOP(
            "options",
            "The discriminator rests while its loss is below this value: the lesson's cure "
            "for one that wins. 0 never rests it.",
        ),
        Group.BALANCE,
        low=0.0,
        high=10.0,
    )
