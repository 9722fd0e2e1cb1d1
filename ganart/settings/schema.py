"""Every setting of the studio, declared once; the settings window is built from `SETTINGS`."""

from dataclasses import dataclass

from ganart.text import QT_TRANSLATE_NOOP

Value = bool | int | str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a setting and how people see it; `label` is marked in context "settings"."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The declaration of one setting; its texts are marked for translation in "settings".

    The type of `default` is the type of the setting: bool, int within `low` ... `high`, or str out
    of `choices`.
    """

    key: str
    group: str
    label: str
    help: str
    default: Value
    choices: tuple[Choice, ...] = ()
    low: int = 0
    high: int = 0
    needs: str = ""
    """The key of a switch; while that is off this setting does nothing."""

    def accepts(self, value: object) -> bool:
        """Say whether `value` has the right type and range."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str):
            return value in {choice.value for choice in self.choices}
        return isinstance(value, bool) or (
            isinstance(value, int) and self.low <= value <= self.high
        )


_LOOK = QT_TRANSLATE_NOOP("settings", "Appearance")
_START = QT_TRANSLATE_NOOP("settings", "Start")
_WORK = QT_TRANSLATE_NOOP("settings", "Work")
_TRAINING = QT_TRANSLATE_NOOP("settings", "Training")

SETTINGS = (
    Setting(
        "theme",
        _LOOK,
        QT_TRANSLATE_NOOP("settings", "Theme"),
        QT_TRANSLATE_NOOP("settings", "Colours of the window. Pictures are shown unchanged."),
        "system",
        (
            Choice("system", QT_TRANSLATE_NOOP("settings", "As the system")),
            Choice("light", QT_TRANSLATE_NOOP("settings", "Light")),
            Choice("dark", QT_TRANSLATE_NOOP("settings", "Dark")),
        ),
    ),
    Setting(
        "language",
        _LOOK,
        QT_TRANSLATE_NOOP("settings", "Language"),
        QT_TRANSLATE_NOOP("settings", "Language of the window, used from the next start on."),
        "system",
        (
            Choice("system", QT_TRANSLATE_NOOP("settings", "As the system")),
            Choice("en", "English"),
        ),
    ),
    Setting(
        "reduce_motion",
        _LOOK,
        QT_TRANSLATE_NOOP("settings", "Reduce motion"),
        QT_TRANSLATE_NOOP("settings", "Show loops as still pictures until you play them."),
        False,
    ),
    Setting(
        "offer_pack",
        _START,
        QT_TRANSLATE_NOOP("settings", "Offer what a graphics card needs"),
        QT_TRANSLATE_NOOP(
            "settings",
            "Tell at the start if there is an NVIDIA card that the studio does not use yet. "
            "Nothing is fetched without being asked.",
        ),
        True,
    ),
    Setting(
        "ask_for_updates",
        _START,
        QT_TRANSLATE_NOOP("settings", "Ask at the start for a newer version"),
        QT_TRANSLATE_NOOP(
            "settings",
            "At most once a week, and only what Help ▸ Look for a newer version shows. "
            "Nothing is fetched or installed.",
        ),
        False,
    ),
    Setting(
        "recent_limit",
        _START,
        QT_TRANSLATE_NOOP("settings", "Recent projects"),
        QT_TRANSLATE_NOOP("settings", "How many projects the welcome page remembers."),
        8,
        low=0,
        high=30,
    ),
    Setting(
        "notify",
        _WORK,
        QT_TRANSLATE_NOOP("settings", "Tell me when a long job ends"),
        QT_TRANSLATE_NOOP("settings", "Marks the window when training ends in the background."),
        True,
    ),
    Setting(
        "keep_awake",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Stay awake while training"),
        QT_TRANSLATE_NOOP(
            "settings",
            "The computer does not fall asleep while a training runs. The screen may turn off.",
        ),
        True,
    ),
    Setting(
        "rest_on_battery",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Rest on battery"),
        QT_TRANSLATE_NOOP(
            "settings", "Training pauses while the computer runs on battery, then goes on."
        ),
        False,
    ),
    Setting(
        "rest_by_hours",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Rest at certain hours"),
        QT_TRANSLATE_NOOP(
            "settings", "Training pauses between the two hours below, then goes on by itself."
        ),
        False,
    ),
    Setting(
        "rest_from",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Rest from, full hour"),
        QT_TRANSLATE_NOOP("settings", "When the rest begins, 0 to 23."),
        9,
        low=0,
        high=23,
        needs="rest_by_hours",
    ),
    Setting(
        "rest_until",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Rest until, full hour"),
        QT_TRANSLATE_NOOP(
            "settings", "When the training goes on, 0 to 23. The same hour as above: no rest."
        ),
        18,
        low=0,
        high=23,
        needs="rest_by_hours",
    ),
    Setting(
        "priority",
        _TRAINING,
        QT_TRANSLATE_NOOP("settings", "Priority of long jobs"),
        QT_TRANSLATE_NOOP(
            "settings",
            "How much of the processor long jobs leave to other programs. Used from the next job "
            "on; on Linux only, other systems choose by themselves.",
        ),
        "low",
        (
            Choice("normal", QT_TRANSLATE_NOOP("settings", "As other programs")),
            Choice("low", QT_TRANSLATE_NOOP("settings", "Low")),
            Choice("lowest", QT_TRANSLATE_NOOP("settings", "Lowest")),
        ),
    ),
    Setting(
        "auto_advance",
        _WORK,
        QT_TRANSLATE_NOOP("settings", "Go on to the next picture after a verdict"),
        QT_TRANSLATE_NOOP(
            "settings",
            "On the Dataset page, after a picture was picked, rejected or given stars. "
            "Hold Shift with the key for the opposite.",
        ),
        True,
    ),
    Setting(
        "leave_recipes_out",
        _WORK,
        QT_TRANSLATE_NOOP("settings", "Leave recipes out of exported files"),
        QT_TRANSLATE_NOOP(
            "settings",
            "For publishing: nobody can read from a file how it was made, and the studio cannot "
            "open it again either. It can also be chosen for a single export.",
        ),
        False,
    ),
)


_BY_KEY = {each.key: each for each in SETTINGS}


def setting(key: str) -> Setting:
    """Return the declaration of `key`. Raises `KeyError`."""
    return _BY_KEY[key]
