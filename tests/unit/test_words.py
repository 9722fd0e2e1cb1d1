"""Numbers and times in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from ganart.files import human_memory, human_size
from ganart.ui.widgets import words

PACKAGE = Path(words.__file__).parents[2]


@pytest.fixture(autouse=True)
def _english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (12.4, "12 s"),
        (250, "4 min 10 s"),
        (600, "10 min"),
        (3600 * 3 + 1200, "3 h 20 min"),
        (86400 * 2, "2 d"),
        (float("inf"), "–"),
    ],
)
def test_a_duration_shows_its_two_largest_units(seconds, text):
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("number", "text"), [(7, "7"), (99, "99"), (41_237, "41,000"), (0, "0"), (1_251, "1,300")]
)
def test_an_estimate_is_rounded_to_two_digits(number, text):
    assert words.rounded_count(number) == text


def test_large_numbers_are_never_written_with_an_exponent():
    assert words.decimal(123456.7) == "123,457"
    assert words.decimal(0.01234) == "0.0123"
    assert words.decimal(float("nan")) == "–"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (41_000, "41,000"),
        (5e5, "5·10⁵"),
        (4.13e7, "4.1·10⁷"),
        (9.96e11, "1·10¹²"),
        (-2e6, "-2·10⁶"),
        (float("nan"), "–"),
    ],
)
def test_long_numbers_of_axes_are_powers_of_ten(number: float, text: str) -> None:
    assert words.short(number) == text


def test_numbers_follow_the_language():
    QLocale.setDefault(QLocale("de_DE"))
    assert words.count(41_000) == "41.000"
    assert words.decimal(0.5) == "0,5"


def test_the_time_left_does_not_flicker():
    assert words.time_left(421) == words.time_left(432) == "about 7 min"


def test_a_moment_is_told_in_words_and_nonsense_as_it_is():
    assert "2026" in words.moment("2026-11-23T10:00:00+00:00")
    assert words.moment("yesterday") == "yesterday"


def test_a_size_is_written_in_the_language():
    assert words.data_size(300_000_000) == "300.0 MB"
    QLocale.setDefault(QLocale("de_DE"))
    assert words.data_size(1_400_000) == "1,4 MB"


@pytest.mark.parametrize("size_bytes", [812, 1_400, 16 * 2**30, 25_769_803_776])
def test_sizes_and_memory_are_written_alike_in_the_window_and_in_commands(size_bytes):
    assert words.data_size(size_bytes).replace("bytes", "B") == human_size(size_bytes)
    assert words.memory_size(size_bytes).replace("bytes", "B") == human_memory(size_bytes)


def test_memory_is_told_as_it_is_sold():
    assert words.memory_size(24 * 2**30) == "24.0 GB"


def test_all_amounts_in_the_window_are_written_here():
    others = [
        path.name
        for path in sorted((PACKAGE / "ui").rglob("*.py"))
        if "formattedDataSize" in path.read_text("utf-8") and path.name != "words.py"
    ]
    assert others == []
