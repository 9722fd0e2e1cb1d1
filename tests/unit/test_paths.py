import sys
from pathlib import Path

from ganart.settings import paths


def test_one_variable_moves_everything(monkeypatch, tmp_path):
    monkeypatch.setenv("GANART_HOME", str(tmp_path))
    everything = (
        paths.settings_file(),
        paths.recent_file(),
        paths.window_file(),
        paths.log_folder(),
        paths.projects_folder(),
    )
    assert all(tmp_path in path.parents for path in everything)
    assert len(set(everything)) == len(everything)


def test_without_it_the_folders_of_the_system_are_used(monkeypatch):
    monkeypatch.delenv("GANART_HOME")
    for path in (paths.settings_file(), paths.log_folder(), paths.projects_folder()):
        assert path.is_absolute()
        assert "ganart" in str(path).lower()
        assert Path.home() in path.parents


def test_a_folder_beside_the_installed_program_makes_it_portable(monkeypatch, tmp_path):
    monkeypatch.delenv("GANART_HOME")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ganart"))
    assert tmp_path not in paths.settings_file().parents
    portable = tmp_path / "portable"
    portable.mkdir()
    for path in (paths.settings_file(), paths.log_folder(), paths.projects_folder()):
        assert portable in path.parents
    monkeypatch.setenv("GANART_HOME", str(tmp_path / "other"))
    assert portable not in paths.settings_file().parents


def test_the_variable_may_begin_at_the_home_folder_or_here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GANART_HOME", "~/studio")
    assert paths.log_folder() == Path.home() / "studio" / "logs"
    monkeypatch.setenv("GANART_HOME", "studio")
    assert paths.log_folder() == tmp_path / "studio" / "logs"
