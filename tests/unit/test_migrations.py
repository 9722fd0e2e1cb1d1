import json

import pytest

from ganart.project import migrations, recovery
from ganart.project.errors import MigrationFailed
from ganart.project.migrations import current_version, migrate
from ganart.project.store import create_project, open_project

STEPS = {
    1: lambda document: document | {"choices": {"minutes": document["choices"].pop("time")}},
    2: lambda document: document | {"palette": []},
}


def test_steps_run_one_after_the_other(tmp_path):
    old = {"schema": 1, "choices": {"time": 5}}
    new = migrate(old, STEPS, tmp_path)
    assert new == {"schema": 3, "choices": {"minutes": 5}, "palette": []}
    assert old == {"schema": 1, "choices": {"time": 5}}
    assert current_version(STEPS) == 3
    assert current_version({}) == 1


def test_a_document_enters_at_its_own_version(tmp_path):
    assert migrate({"schema": 2}, STEPS, tmp_path) == {"schema": 3, "palette": []}
    assert migrate({"schema": 3}, STEPS, tmp_path) == {"schema": 3}


def test_a_step_that_fails_changes_nothing(tmp_path):
    old = {"schema": 1, "choices": {"other": 5}}
    with pytest.raises(MigrationFailed) as caught:
        migrate(old, STEPS, tmp_path / "project.json")
    assert old == {"schema": 1, "choices": {"other": 5}}
    assert "format 1" in str(caught.value)


@pytest.fixture
def new_steps(monkeypatch):
    for module in (migrations, recovery):
        monkeypatch.setattr(module, "PROJECT_STEPS", STEPS)
    monkeypatch.setattr("ganart.project.store.PROJECT_STEPS", STEPS)


def test_an_old_project_is_brought_up_to_date_and_its_old_file_kept(tmp_path, request):
    with create_project(tmp_path / "art") as project:
        project.choices["time"] = 5
        project.save()
    path = project.folder / "project.json"
    old = path.read_bytes()
    request.getfixturevalue("new_steps")
    with open_project(project.folder) as again:
        assert again.choices == {"minutes": 5}
        assert again.notices == ()
    assert json.loads(path.read_bytes())["schema"] == 3
    assert (project.folder / "backups" / "project-format-1.json").read_bytes() == old


def test_an_old_project_that_cannot_be_brought_up_to_date_is_left_as_it_is(tmp_path, request):
    create_project(tmp_path / "art").close()
    folder = tmp_path / "art.ganart"
    before = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    request.getfixturevalue("new_steps")
    with pytest.raises(MigrationFailed):
        open_project(folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*.json")} == before
