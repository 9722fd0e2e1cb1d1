import errno
import json
import os
import subprocess
import sys

import pytest

from ganart.errors import DiskFull, FolderNotWritable
from ganart.project.errors import (
    NoSuchProject,
    NotAProject,
    ProjectExists,
    ProjectInUse,
    ProjectRebuilt,
    ProjectRestored,
    ProjectTooNew,
)
from ganart.project.runs import Runs
from ganart.project.store import create_project, open_project

HOLD = """
import sys
from pathlib import Path
from ganart.project.runs import Runs
from ganart.project.store import open_project
project = open_project(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_project_is_found_again_with_its_choices(odd_folder):
    with create_project(odd_folder / "my art") as project:
        project.choices["preset"] = "sketch-32"
        project.choices["folder"] = str(odd_folder)
        project.save()
        folder = project.folder
    assert folder.name == "my art.ganart"
    with open_project(folder) as again:
        assert again.name == "my art"
        assert again.choices == {"preset": "sketch-32", "folder": str(odd_folder)}
        assert again.created == project.created
        assert again.notices == ()
        assert again.runs_folder.is_dir()
        assert again.models_folder.is_dir()


def test_a_name_with_dots_keeps_them_and_the_suffix_comes_once(tmp_path):
    with create_project(tmp_path / "v1.5") as one, create_project(tmp_path / "x.ganart") as other:
        assert (one.folder.name, other.folder.name) == ("v1.5.ganart", "x.ganart")


def test_nothing_is_overwritten_by_a_new_project(tmp_path):
    create_project(tmp_path / "art").close()
    (tmp_path / "file.ganart").write_text("mine")
    for name in ("art", "file"):
        with pytest.raises(ProjectExists):
            create_project(tmp_path / name)
    assert (tmp_path / "file.ganart").read_text() == "mine"


def test_what_is_no_project_is_told_and_left_alone(tmp_path):
    foreign = tmp_path / "web"
    foreign.mkdir()
    (foreign / "project.json").write_text('{"name": "another program"}')
    (tmp_path / "file").touch()
    for folder in (tmp_path, foreign, tmp_path / "file"):
        with pytest.raises(NotAProject):
            open_project(folder)
    assert (foreign / "project.json").read_text() == '{"name": "another program"}'


def test_where_there_is_nothing_it_is_told_what_there_is(tmp_path):
    gone = tmp_path / "pictures" / "new" / "art.ganart"
    (tmp_path / "pictures").mkdir()
    with pytest.raises(NoSuchProject) as caught:
        open_project(gone)
    told = f"nothing at {gone}. The nearest folder above that exists is {gone.parents[1]}."
    assert told in str(caught.value)
    assert list((tmp_path / "pictures").iterdir()) == []


def test_a_second_window_is_turned_away_until_the_first_closes(tmp_path):
    with create_project(tmp_path / "art") as project:
        with pytest.raises(ProjectInUse) as caught:
            open_project(project.folder)
        assert "another window" in str(caught.value)
    open_project(project.folder).close()


def test_another_program_holds_the_lock_until_it_is_killed(tmp_path):
    project = create_project(tmp_path / "art")
    project.close()
    project.close()  # harmless
    command = [sys.executable, "-c", HOLD, os.fspath(project.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(ProjectInUse):
            open_project(project.folder)
        other.kill()
    open_project(project.folder).close()


def test_a_project_that_cannot_be_opened_is_not_left_locked(tmp_path):
    project = create_project(tmp_path / "art")
    project.close()
    path = project.folder / "project.json"
    good = path.read_text()
    path.write_text(good.replace('"schema": 1', '"schema": 99'))
    newer = path.read_bytes()
    with pytest.raises(ProjectTooNew):
        open_project(project.folder)
    assert path.read_bytes() == newer
    path.write_text(good)
    open_project(project.folder).close()


@pytest.mark.parametrize(
    "damage", [b"", b'{"schema": 1', b"\0" * 300, b"[]", b'{"schema": 1}', None]
)
def test_a_damaged_project_file_is_restored_and_kept_aside(tmp_path, damage):
    with create_project(tmp_path / "art") as project:
        project.choices["minutes"] = 5
        project.save()
    path = project.folder / "project.json"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    with open_project(project.folder) as again:
        assert again.choices == {"minutes": 5}
        assert [type(notice) for notice in again.notices] == [ProjectRestored]
        assert "backup" in str(again.notices[0])
    kept = [aside.read_bytes() for aside in project.folder.glob("project-damaged-*.json")]
    assert kept == ([] if damage is None else [damage])
    with open_project(project.folder) as third:
        assert third.notices == ()


def test_an_older_backup_serves_where_the_newest_is_damaged_too(tmp_path):
    with create_project(tmp_path / "art") as project:
        for minutes in range(6):
            project.choices["minutes"] = minutes
            project.save()
    backups = sorted((project.folder / "backups").iterdir())
    assert len(backups) == 3
    for path in (project.folder / "project.json", backups[0]):
        path.write_bytes(b"{")
    with open_project(project.folder) as again:
        assert again.choices == {"minutes": 4}


def test_a_run_that_cannot_be_read_is_told_on_opening(tmp_path):
    with create_project(tmp_path / "art") as project:
        run = Runs(project.runs_folder).create({}, "sketch-32")
        (project.runs_folder / run.id / "run.json").write_bytes(b"{")
    with open_project(project.folder) as again:
        assert run.id in str(again.notices[0])


def test_without_any_good_backup_the_project_still_opens(tmp_path):
    with create_project(tmp_path / "art") as project:
        (project.artworks_folder / "art.png").write_bytes(b"art")
    for path in (project.folder / "project.json", *(project.folder / "backups").iterdir()):
        path.write_bytes(b"garbage")
    with open_project(project.folder) as again:
        assert again.choices == {}
        assert [type(notice) for notice in again.notices] == [ProjectRebuilt]
        assert (again.artworks_folder / "art.png").read_bytes() == b"art"


def test_saving_the_same_again_keeps_older_backups(tmp_path):
    with create_project(tmp_path / "art") as project:
        project.choices["a"] = 1
        project.save()
        for _ in range(5):
            project.save()
        contents = [json.loads(each.read_text()) for each in (project.folder / "backups").iterdir()]
    assert sorted(len(each["choices"]) for each in contents) == [0, 1]


def test_a_folder_that_cannot_be_written_is_told(read_only_folder):
    with pytest.raises(FolderNotWritable):
        create_project(read_only_folder / "art")


def test_a_project_on_a_read_only_disk_is_told(tmp_path, monkeypatch):
    project = create_project(tmp_path / "art")
    project.close()

    def refuse(*_args, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FolderNotWritable, match="Read-only"):
        open_project(project.folder)


def test_a_full_disk_leaves_the_last_save(tmp_path, request):
    with create_project(tmp_path / "art") as project:
        before = (project.folder / "project.json").read_bytes()
        request.getfixturevalue("full_disk")
        project.choices["a"] = 1
        with pytest.raises(DiskFull):
            project.save()
        assert (project.folder / "project.json").read_bytes() == before


@pytest.mark.usefixtures("full_disk")
def test_a_project_that_cannot_be_made_leaves_its_name_free(tmp_path):
    for _ in range(2):
        with pytest.raises(DiskFull):
            create_project(tmp_path / "art")
        assert list(tmp_path.iterdir()) == []
