import json
from pathlib import Path

import pytest

from ganart.errors import DiskFull, FolderNotWritable
from ganart.settings import files
from ganart.settings.files import NotKept
from ganart.settings.paths import settings_file
from ganart.settings.schema import SETTINGS, setting
from ganart.settings.store import Settings


def test_every_setting_has_texts_and_a_default_that_fits():
    assert len({each.key for each in SETTINGS}) == len(SETTINGS)
    for each in SETTINGS:
        assert each.accepts(each.default)
        assert each.label
        assert each.help


def test_only_what_differs_is_stored_and_found_again():
    settings = Settings()
    assert settings.get("theme") == "system"
    settings.set("theme", "dark")
    settings.set("reduce_motion", True)
    settings.set("reduce_motion", False)
    assert json.loads(settings_file().read_bytes()) == {"version": 1, "theme": "dark"}
    assert Settings().get("theme") == "dark"


def test_values_out_of_range_are_refused():
    settings = Settings()
    for key, value in (
        ("theme", "pink"),
        ("recent_limit", 31),
        ("recent_limit", True),
        ("notify", 1),
        ("theme", None),
    ):
        with pytest.raises(ValueError):
            settings.set(key, value)
    with pytest.raises(KeyError):
        settings.get("unknown")
    assert not settings_file().exists()


def test_odd_values_in_the_file_count_as_not_set_and_unknown_ones_survive():
    settings_file().parent.mkdir(parents=True)
    stored = {"version": 7, "theme": 3, "notify": False, "of_a_newer_studio": [1]}
    settings_file().write_text(json.dumps(stored))
    settings = Settings()
    assert settings.get("theme") == "system"
    assert settings.get("notify") is False
    settings.set("language", "en")
    assert json.loads(settings_file().read_bytes())["of_a_newer_studio"] == [1]


def test_two_windows_do_not_undo_each_other():
    one, other = Settings(), Settings()
    one.set("theme", "dark")
    other.set("notify", False)
    assert (Settings().get("theme"), Settings().get("notify")) == ("dark", False)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff" * 9, b"[" * 100_000, b"[]", b" " * 2**21])
def test_a_damaged_file_is_set_aside_with_a_notice(damage):
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(damage)
    settings = Settings()
    assert settings.get("theme") == "system"
    assert "damaged" in str(settings.notice)
    (aside,) = settings_file().parent.glob("settings-damaged-*.json")
    assert aside.read_bytes() == damage
    settings.set("theme", "dark")
    assert Settings().get("theme") == "dark"
    assert Settings().notice is None


def test_a_home_that_cannot_be_written_is_told_and_the_change_holds(read_only_folder):
    settings = Settings(read_only_folder / "config" / "settings.json")
    with pytest.raises(NotKept) as caught:
        settings.set("theme", "dark")
    assert settings.get("theme") == "dark"
    assert "settings.json cannot be written" in str(caught.value)
    assert "will not remember" in str(caught.value)


def test_a_full_disk_is_told_and_the_change_holds(monkeypatch):
    def refuse(_path, _content):
        raise DiskFull(folder="/art", needed="some more", free="0 B")

    monkeypatch.setattr("ganart.settings.files.write_atomic", refuse)
    settings = Settings()
    with pytest.raises(NotKept, match="the disk is full"):
        settings.set("theme", "dark")
    assert settings.get("theme") == "dark"


def test_a_folder_in_place_of_the_file_is_set_aside():
    (settings_file() / "inside").mkdir(parents=True)
    settings = Settings()
    assert "cannot be read, so defaults are used" in str(settings.notice)
    settings.set("theme", "dark")
    assert Settings().get("theme") == "dark"
    (aside,) = settings_file().parent.glob("settings-damaged-*.json")
    assert (aside / "inside").is_dir()


def test_values_that_cannot_be_used_are_told_once_and_kept():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('{"theme": 3, "recent_limit": "x", "notify": false}')
    told = str(Settings().notice)
    assert "defaults hold: theme, recent_limit." in told
    (aside,) = settings_file().parent.glob("settings-damaged-*.json")
    assert str(aside) in told
    assert json.loads(aside.read_bytes())["recent_limit"] == "x"
    assert Settings().notice is None
    assert Settings().get("notify") is False


def test_a_file_that_is_damaged_meanwhile_takes_no_setting_along():
    settings = Settings()
    settings.set("theme", "dark")
    settings_file().write_bytes(b"{")
    settings.set("notify", False)
    assert (Settings().get("theme"), Settings().get("notify")) == ("dark", False)


def test_a_file_that_another_window_has_in_its_hands_is_asked_for_again(monkeypatch):
    """As on Windows, where nobody else can open or replace it for that moment."""
    Settings().set("theme", "dark")
    busy = iter([PermissionError(13, "in use")] * 2)
    read, write = Path.read_bytes, files.write_atomic

    def act(how):
        def acting(*given):
            for error in busy:
                raise error
            return how(*given)

        return acting

    monkeypatch.setattr(files, "_TRIES", 3)
    monkeypatch.setattr(Path, "read_bytes", act(read))
    settings = Settings()
    assert (settings.get("theme"), settings.notice) == ("dark", None)
    busy = iter([FolderNotWritable(folder="config", reason="in use")] * 2)
    monkeypatch.setattr(files, "write_atomic", act(write))
    monkeypatch.setattr(Path, "read_bytes", read)
    settings.set("notify", False)
    assert Settings().get("notify") is False
    assert list(settings_file().parent.iterdir()) == [settings_file()]


def test_a_setting_is_found_by_its_key():
    assert setting("theme").default == "system"
