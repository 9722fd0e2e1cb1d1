"""The state of a training in words: at work, held, being stopped, or at rest."""

from PySide6.QtCore import QCoreApplication

from ganart.engine.gan.events import Phase, PhaseChanged, Stats
from ganart.engine.polite import Rest
from ganart.project.runs import RunRecord
from ganart.ui.widgets import words
from ganart.ui.widgets.status_line import StatusLine


class TrainStatus(StatusLine):
    """A bar with the state of one training and its facts."""

    def clear(self) -> None:
        """Forget a run."""
        self.set_progress(0.0)
        self.set_state("")
        self.set_facts([])

    def show_start(self) -> None:
        """Say that a training begins."""
        self.set_state(self.tr("Starting …"))
        self.set_progress(None)

    def show_phase(self, record: PhaseChanged) -> None:
        """Say what kind of work is done, and how much of it."""
        text = QCoreApplication.translate("phases", record.phase.value)
        if record.phase is Phase.TRAINING:
            self.set_state(text)
            return
        if record.phase is not Phase.SAVING:
            self.set_progress(record.done / record.total if record.total else None)
        if record.total:
            text += f"   {words.count(record.done)} / {words.count(record.total)}"
        self.set_state(text)

    def show_pause(self, reason: Rest | None) -> None:
        """Say that the training is held, and why if it rests by itself."""
        if reason is None:
            self.set_state(self.tr("Paused. The time stands still."))
            return
        text = self.tr("{reason}. It goes on by itself, or now with Resume.")
        said = QCoreApplication.translate("polite", reason.value)
        self.set_state(text.format(reason=said))

    def show_time_left(self, stats: Stats) -> None:
        """Say how long it will go on."""
        if stats.progress >= 1 and stats.time_left_s <= 0:
            self.set_state(self.tr("Time is up: measuring and saving once more …"))
            return
        left, end = words.time_left(stats.time_left_s), words.clock_after(stats.time_left_s)
        text = self.tr("Training   ·   {left} left, until {time}")
        self.set_state(text.format(left=left, time=end))

    def show_stop(self) -> None:
        """Say that the training was asked to stop."""
        self.set_state(self.tr("Stopping and saving …"))

    def show_stats(self, stats: Stats) -> None:
        """Show how far the training has come."""
        self.set_progress(stats.progress)
        facts = self._facts(stats.elapsed_s, stats.pictures)
        rate = words.decimal(stats.pictures_per_s)
        facts.append(self.tr("{rate} pictures/s").format(rate=rate))
        if stats.skipped_steps:
            skipped = words.count(stats.skipped_steps)
            facts.append(self.tr("steps skipped: {count}").format(count=skipped))
        self.set_facts(facts)

    def show_rest(self, record: RunRecord) -> None:
        """Show a run as it was left."""
        states = {
            "running": self.tr("Interrupted. It can go on from its last checkpoint."),
            "stopped": self.tr("Stopped and kept."),
            "finished": self.tr("Finished."),
            "failed": self.tr("Failed."),
        }
        self.set_state(states[record.status])
        self.set_progress(1.0 if record.status == "finished" else _share(record))
        whole = record.status in ("stopped", "finished")
        facts = self._facts(record.elapsed_s, record.pictures)
        self.set_facts(facts if whole else [self._last_checkpoint(record)])

    def _last_checkpoint(self, record: RunRecord) -> str:
        """Say how far a run can be taken up; its newest samples may be of a later moment."""
        if not record.steps:
            return self.tr("no checkpoint was saved")
        return self.tr("last checkpoint: after {duration}, pictures shown: {count}").format(
            duration=words.duration(record.elapsed_s), count=words.count(record.pictures)
        )

    def _facts(self, elapsed_s: float, pictures: int) -> list[str]:
        return [
            self.tr("trained for {duration}").format(duration=words.duration(elapsed_s)),
            self.tr("pictures shown: {count}").format(count=words.count(pictures)),
        ]


def _share(record: RunRecord) -> float:
    """Return how much of its budget a run has used, going by the part that is furthest."""
    minutes = record.config.get("minutes") or 0.0
    pictures = record.config.get("pictures") or 0
    of_time = record.elapsed_s / (60 * minutes) if minutes else 0.0
    of_pictures = record.pictures / pictures if pictures else 0.0
    return max(of_time, of_pictures)


def rest(minutes: float, pictures: int, elapsed_s: float, shown: int) -> str:
    """Say what is left of a budget of `minutes` and `pictures`, each 0 for none, after so much;
    nothing where any part of it is used up.
    """
    left_s = 60 * minutes - elapsed_s
    if (minutes and left_s <= 0) or (pictures and shown >= pictures):
        return ""
    if not minutes:
        return QCoreApplication.translate("TrainMonitor", "the rest")
    text = QCoreApplication.translate("TrainMonitor", "the rest, {duration}")
    return text.format(duration=words.duration(left_s))


def rest_of(record: RunRecord) -> str:
    """Say what is left of a run's budget; nothing where any part of it is used up."""
    if record.status == "finished":
        return ""
    minutes = record.config.get("minutes") or 0.0
    pictures = record.config.get("pictures") or 0
    return rest(minutes, pictures, record.elapsed_s, record.pictures)
