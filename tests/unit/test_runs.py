import json
from dataclasses import replace

import pytest

from ganart.errors import DiskFull, FolderNotWritable
from ganart.project.errors import BadRun, CannotDiscard
from ganart.project.runs import Runs

CONFIG = {"side": 32, "minutes": 2.5, "mirror": True}


@pytest.fixture
def runs(tmp_path):
    return Runs(tmp_path / "runs")


def test_a_run_is_found_again(runs):
    record = runs.create(CONFIG, "sketch-32")
    assert record.status == "running"
    later = replace(record, status="stopped", steps=90, pictures=2880, elapsed_s=12.5, message="ok")
    runs.update(later)
    assert runs.load(record.id) == later
    assert runs.list() == (later,)
    assert runs.folder(record.id).is_dir()


def test_runs_of_the_same_second_have_names_and_folders_of_their_own(runs):
    made = [runs.create(CONFIG, preset) for preset in ("sketch-32", "sketch-32", "Örtlich / ../x")]
    assert len({record.id for record in made}) == 3
    assert [record.name for record in made] == ["sketch-32 1", "sketch-32 2", "Örtlich / ../x 1"]
    assert {record.id for record in runs.list()} == {record.id for record in made}


def test_the_newest_run_comes_first(runs):
    old = replace(runs.create(CONFIG, "a"), created="2020-01-01T00:00:00+00:00")
    runs.update(old)
    new = runs.create(CONFIG, "b")
    assert runs.list() == (new, old)


def test_a_run_that_a_crash_ended_is_known(runs):
    crashed = runs.create(CONFIG, "a")
    runs.update(replace(runs.create(CONFIG, "b"), status="finished"))
    assert runs.interrupted() == (crashed,)


def test_discarding_deletes_the_run_alone(runs):
    first, second = runs.create(CONFIG, "a"), runs.create(CONFIG, "b")
    (runs.folder(first.id) / "checkpoints").mkdir()
    (runs.folder(first.id) / "checkpoints" / "1.safetensors").write_bytes(b"x")
    runs.discard(first.id)
    assert runs.list() == (second,)
    assert [path.name for path in runs.folder(second.id).parent.iterdir()] == [second.id]
    with pytest.raises(BadRun):
        runs.discard(first.id)


@pytest.mark.parametrize(
    "run_id", ["", ".", "..", "../art", "/etc", "a/b", "a\\b", "C:", ".going-a"]
)
def test_no_id_leads_out_of_the_folder(runs, run_id):
    runs.create(CONFIG, "a")
    for act in (runs.folder, runs.load, runs.discard):
        with pytest.raises(BadRun):
            act(run_id)


def test_a_removal_cut_short_is_told_and_finished_later(runs, monkeypatch):
    record = runs.create(CONFIG, "a")

    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refuse)
        with pytest.raises(CannotDiscard, match="Permission denied"):
            runs.discard(record.id)
    assert runs.list() == ()
    other = runs.create(CONFIG, "b")
    assert [path.name for path in runs.folder(other.id).parent.iterdir()] == [other.id]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": 2}',
        {"status": "asleep"},
        {"steps": "many"},
        {"steps": True},
        {"config": None},
        {"elapsed_s": None},
    ],
)
def test_a_damaged_run_is_told_and_hides_no_other(runs, damage):
    good, bad = runs.create(CONFIG, "a"), runs.create(CONFIG, "b")
    path = runs.folder(bad.id) / "run.json"
    if isinstance(damage, dict):
        damage = json.dumps(json.loads(path.read_bytes()) | damage).encode()
    path.write_bytes(damage)
    assert runs.list() == (good,)
    assert [trouble.details["path"] for trouble in runs.damaged()] == [runs.folder(bad.id)]
    with pytest.raises(BadRun):
        runs.load(bad.id)
    assert path.read_bytes() == damage


def test_a_run_that_cannot_be_brought_up_to_date_is_told(runs, monkeypatch):
    record = runs.create(CONFIG, "a")
    monkeypatch.setattr("ganart.project.runs.RUN_STEPS", {2: lambda document: document["gone"]})
    assert runs.list() == ()
    with pytest.raises(BadRun, match="gone"):
        runs.load(record.id)


def test_a_folder_without_runs_lists_none(runs, tmp_path):
    assert runs.list() == runs.damaged() == runs.interrupted() == ()
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / ".DS_Store").touch()
    (tmp_path / "runs" / "notes.txt").touch()
    assert runs.list() == runs.damaged() == ()


def test_a_copied_run_is_a_run_of_its_own(runs):
    record = runs.create(CONFIG, "a")
    copy = runs.folder("copy")
    copy.mkdir()
    (copy / "run.json").write_bytes((runs.folder(record.id) / "run.json").read_bytes())
    assert {each.id for each in runs.list()} == {record.id, "copy"}


def test_a_folder_that_cannot_be_written_is_told(read_only_folder):
    with pytest.raises(FolderNotWritable):
        Runs(read_only_folder / "runs").create(CONFIG, "a")


def test_a_full_disk_leaves_the_record_as_it_was(runs, request):
    record = runs.create(CONFIG, "a")
    request.getfixturevalue("full_disk")
    with pytest.raises(DiskFull):
        runs.update(replace(record, steps=9))
    assert runs.load(record.id) == record
