"""Numbers, times and lengths of time as people say them, in the language of the window."""

import math
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, QTime

_SMALL = 5
"""Largest of the whole numbers that a proportion is told in."""
_SAME = 0.01
"""By which share those may be off."""
_LONG = 1e5
"""Numbers from here on are long ones."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def count(number: float) -> str:
    """Return a whole number with the separators of the language: '41,000'."""
    return QLocale().toString(round(number))


def left_to_right(path: str) -> str:
    """Return a path that reads from left to right in a text of any direction."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{path}\N{POP DIRECTIONAL ISOLATE}"


def rounded_count(number: float) -> str:
    """Return a number with its two leading digits: '41,000' for 41 237."""
    if number < 100:
        return count(number)
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return count(round(number / step) * step)


def decimal(number: float, digits: int = 3) -> str:
    """Return a number with at most `digits` digits that count; '–' for what is not finite."""
    if not math.isfinite(number):
        return "–"
    if abs(number) >= 10**digits:
        return count(number)  # "g" would write it with an exponent
    return QLocale().toString(float(number), "g", digits)


def number(value: float) -> str:
    """Return a whole number without decimals, and any other with a few."""
    return count(value) if math.isfinite(value) and value.is_integer() else decimal(value)


def short(number: float) -> str:
    """Return a number in few characters, large ones as powers of ten: '41,000', '4.1·10⁷'."""
    if not math.isfinite(number) or abs(number) < _LONG:
        return decimal(number)
    digits, exponent = f"{number:.1e}".split("e")
    return f"{decimal(float(digits))}·10{str(int(exponent)).translate(_RAISED)}"


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units: '3 h 20 min', '4 min 10 s', '12 s'."""
    if not math.isfinite(seconds):
        return "–"
    whole = max(0, round(seconds))
    minutes, rest_s = divmod(whole, 60)
    hours, rest_min = divmod(minutes, 60)
    days, rest_h = divmod(hours, 24)
    parts = (
        (days, QCoreApplication.translate("words", "{number} d")),
        (rest_h, QCoreApplication.translate("words", "{number} h")),
        (rest_min, QCoreApplication.translate("words", "{number} min")),
        (rest_s, QCoreApplication.translate("words", "{number} s")),
    )
    largest = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    shown = parts[largest : largest + 2]
    texts = [text.format(number=count(number)) for number, text in shown]
    return " ".join(texts if len(shown) == 1 or shown[1][0] else texts[:1])


def minutes(number: float) -> str:
    """Return a round length of time: '3 min', '2 h'."""
    if number >= 60 and number % 60 == 0:
        return QCoreApplication.translate("words", "{hours} h").format(hours=count(number / 60))
    return QCoreApplication.translate("words", "{minutes} min").format(minutes=decimal(number))


def time_left(seconds: float) -> str:
    """Return a guessed length of time, rounded so that it does not flicker: 'about 6 min'."""
    if not math.isfinite(seconds):
        return "–"
    if seconds < 50:
        rounded = max(5, 10 * round(seconds / 10))
    elif seconds < 600:
        rounded = 30 * round(seconds / 30)
    else:
        rounded = 60 * round(seconds / 60)
    return QCoreApplication.translate("words", "about {duration}").format(
        duration=duration(rounded)
    )


def clock_after(seconds: float) -> str:
    """Return the time of day `seconds` from now, with the date if that is not today."""
    then = QDateTime.currentDateTime().addSecs(round(seconds))
    short = QLocale.FormatType.ShortFormat
    if then.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(QTime(then.time().hour(), then.time().minute()), short)
    return QLocale().toString(then, short)


def pixels(width: int, height: int) -> str:
    """Return the size of a picture: '512 × 512 px'."""
    text = QCoreApplication.translate("words", "{width} × {height} px")
    return text.format(width=width, height=height)


def proportion(aspect: float) -> str:
    """Return width to height, above 0, in small whole numbers if they say it: "3:2", "1.46:1"."""
    longer, is_upright = max(aspect, 1 / aspect), aspect < 1
    simple = Fraction(longer).limit_denominator(_SMALL)
    if simple.numerator <= _SMALL and abs(simple / longer - 1) < _SAME:
        parts = str(simple.numerator), str(simple.denominator)
    else:
        parts = decimal(longer), "1"
    return ":".join(reversed(parts) if is_upright else parts)


def data_size(size_bytes: int) -> str:
    """Return the size of files or of a disk in units of 1000, as disks are sold: '1.4 MB'."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def memory_size(size_bytes: int) -> str:
    """Return an amount of memory in units of 1024, as computers and cards are sold: '24.0 GB'."""
    return QLocale().formattedDataSize(
        size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def moment(iso: str) -> str:
    """Return an ISO 8601 date and time as the language writes it, in this computer's time zone."""
    when = QDateTime.fromString(iso, Qt.DateFormat.ISODate)
    if not when.isValid():
        return iso
    return QLocale().toString(when.toLocalTime(), QLocale.FormatType.ShortFormat)
