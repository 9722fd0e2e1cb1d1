"""What is kept and measured while a run goes on. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.options import Group, option
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class KeepingOptions:
    """What is kept and measured while a run goes on."""

    sample_every_s: float = option(
        10.0,
        QT_TRANSLATE_NOOP("options", "Samples every"),
        QT_TRANSLATE_NOOP(
            "options",
            "How often the sample grid is drawn. It becomes rarer by itself in long runs, and "
            "where drawing would cost more than a few percent of the time.",
        ),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "s"),
        low=0.5,
        high=3600.0,
    )
    save_every_s: float = option(
        60.0,
        QT_TRANSLATE_NOOP("options", "Checkpoint every"),
        QT_TRANSLATE_NOOP("options", "How often everything needed to go on is written to disk."),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "s"),
        low=1.0,
        high=36_000.0,
    )
    keep_checkpoints: int = option(
        20,
        QT_TRANSLATE_NOOP("options", "Checkpoints to keep"),
        QT_TRANSLATE_NOOP(
            "options",
            "Older ones are thinned out evenly; the newest and the one most like your pictures are "
            "always kept.",
        ),
        Group.KEEPING,
        low=2,
        high=1000,
    )
    disk_budget_mb: int = option(
        2000,
        QT_TRANSLATE_NOOP("options", "Disk budget of a run"),
        QT_TRANSLATE_NOOP(
            "options",
            "Older checkpoints go when those of a run take more; the newest and best always stay.",
        ),
        Group.KEEPING,
        unit=QT_TRANSLATE_NOOP("options", "MB"),
        low=20,
        high=10_000_000,
    )
    quality_share: float = option(
        0.05,
        QT_TRANSLATE_NOOP("options", "Time for measuring"),
        QT_TRANSLATE_NOOP(
            "options",
            "Share of the time that goes into measuring how good and how varied the "
            "pictures are. 0 measures only at the end.",
        ),
        Group.KEEPING,
        low=0.0,
        high=0.5,
    )
