"""The session: one project, its scan, its training, and their ends."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.datasets.scan import Scanned
from ganart.engine.asks import Ask, Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Published, Trouble
from ganart.errors import DiskFull, StudioError
from ganart.project.errors import BadRun, NotAProject, ProjectInUse
from ganart.project.runs import Runs
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import JobStillRuns, Session
from tests.ui.studio import WAIT_MS


def failure(session: Session, qtbot: QtBot, act: Callable[[], object]) -> StudioError:
    """Return the trouble that `act` brings."""
    with qtbot.waitSignal(session.failed) as blocker:
        act()
    report: ErrorReport = blocker.args[0]
    assert report.error is not None
    return report.error


def test_a_created_project_is_open_and_remembered(session: Session, tmp_path: Path) -> None:
    opened = []
    session.project_opened.connect(opened.append)
    assert session.create_project(tmp_path / "کاشی 1")
    assert opened == [session.project]
    assert session.project is not None
    assert session.project.folder.name == "کاشی 1.ganart"
    assert [each.path for each in session.recent.list()] == [session.project.folder]


def test_a_folder_that_is_no_project_leaves_the_open_one_open(
    open_session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    before = open_session.project
    error = failure(open_session, qtbot, lambda: open_session.open_project(tmp_path))
    assert isinstance(error, NotAProject)
    assert open_session.project is before


def test_a_second_session_cannot_open_the_same_project(open_session: Session, qtbot: QtBot) -> None:
    other = Session()
    assert open_session.project is not None
    folder = open_session.project.folder
    assert isinstance(failure(other, qtbot, lambda: other.open_project(folder)), ProjectInUse)
    assert open_session.close_project()
    assert other.open_project(folder)
    assert other.shutdown(5)


def test_a_job_that_hangs_keeps_its_project_open_and_is_told(
    open_session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def job(_poll: Poll) -> Iterator[object]:
        let_go.wait(20)
        yield None

    before = open_session.project
    run = open_session.begin(job, "hanging")
    monkeypatch.setattr(run, "wait", lambda _seconds: False)
    error = failure(open_session, qtbot, lambda: open_session.create_project(tmp_path / "Other"))
    assert isinstance(error, JobStillRuns)
    assert open_session.project is before
    monkeypatch.undo()
    let_go.set()


def test_the_notice_of_a_restored_project_is_passed_on(open_session: Session, qtbot: QtBot) -> None:
    assert open_session.project is not None
    folder = open_session.project.folder
    open_session.project.save()
    open_session.close_project()
    (folder / "project.json").write_bytes(b"{")
    with qtbot.waitSignal(open_session.warned):
        assert open_session.open_project(folder)


def test_added_folders_are_scanned(
    open_session: Session, qtbot: QtBot, pictures_folder: Path
) -> None:
    heard: list[object] = []
    with qtbot.waitSignal(open_session.dataset_changed):
        run = open_session.add_folders([pictures_folder])
        assert run is open_session.scanning
        assert run is not None
        run.reported.connect(heard.extend)
    assert open_session.scanning is None
    assert isinstance(heard[-1], Scanned)
    assert heard[-1].readable == 24


def test_folders_added_during_a_scan_wait_for_its_end(
    open_session: Session, qtbot: QtBot, pictures_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "empty.png").touch()
    with qtbot.waitSignals([open_session.dataset_changed] * 2):
        open_session.add_folders([pictures_folder])
        assert open_session.add_folders([other]) is None
    from ganart.datasets.catalogue import Catalogue

    assert open_session.project is not None
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        assert catalogue.sources() == [pictures_folder, other]
        assert (catalogue.counts().readable, catalogue.counts().refused) == (24, 1)


def test_folders_that_wait_are_not_lost_when_the_scan_is_cancelled(
    open_session: Session, qtbot: QtBot, pictures_folder: Path, tmp_path: Path
) -> None:
    from ganart.datasets.catalogue import Catalogue

    other = tmp_path / "more"
    other.mkdir()
    with qtbot.waitSignals([open_session.dataset_changed] * 2):
        open_session.add_folders([pictures_folder])
        open_session.add_folders([other])
        open_session.cancel_scan()
    assert open_session.project is not None
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        assert other in catalogue.sources()


def test_a_scan_tells_what_it_changed(
    open_session: Session, qtbot: QtBot, pictures_folder: Path
) -> None:
    notices: list[str] = []
    open_session.notice.connect(notices.append)
    with qtbot.waitSignal(open_session.dataset_changed):
        open_session.add_folders([pictures_folder])
    next(pictures_folder.iterdir()).unlink()
    with qtbot.waitSignal(open_session.dataset_changed):
        open_session.scan()
    assert notices == ["Pictures added: 24, removed: 0.", "Pictures added: 0, removed: 1."]


def test_a_removed_folder_takes_its_pictures_along(
    open_session: Session, qtbot: QtBot, pictures_folder: Path
) -> None:
    from ganart.datasets.catalogue import Catalogue

    with qtbot.waitSignal(open_session.dataset_changed):
        open_session.add_folders([pictures_folder])
    with qtbot.waitSignal(open_session.dataset_changed):
        open_session.remove_sources([pictures_folder])
    assert open_session.project is not None
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        assert catalogue.counts().readable == 0
    assert len(list(pictures_folder.iterdir())) == 24


def test_a_missing_folder_is_told(open_session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    from ganart.datasets.errors import FolderGone

    missing = tmp_path / "unplugged"
    error = failure(open_session, qtbot, lambda: open_session.add_folders([missing]))
    assert isinstance(error, FolderGone)
    qtbot.waitUntil(lambda: open_session.scanning is None)


def test_training_is_told_from_start_to_end(
    open_session: Session, qtbot: QtBot, toy_training: None
) -> None:
    changes: list[object] = []
    open_session.training_changed.connect(changes.append)
    run = open_session.start_training(TrainConfig(), "sketch-32")
    assert open_session.training is run
    assert open_session.start_training(TrainConfig(), "sketch-32") is run
    with qtbot.waitSignal(open_session.idle):
        run.stop()
    assert changes == [run, None]
    assert not open_session.is_busy()


def test_models_and_troubles_of_a_training_are_passed_on(
    open_session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(Path("live.safetensors"), "abc", 7)
    error = DiskFull(folder="/art", needed="2 MB", free="1 MB")

    def job(_poll: Poll) -> Iterator[object]:
        yield published
        yield Trouble(error)

    monkeypatch.setattr("ganart.workers.trainings.training_job", lambda *_: job)
    heard: list[object] = []
    open_session.model_published.connect(heard.append)
    open_session.warned.connect(heard.append)
    with qtbot.waitSignal(open_session.idle):
        open_session.start_training(TrainConfig(), "sketch-32")
    assert heard == [published, error]


def test_what_begins_after_the_end_of_a_stopped_job_is_stopped_too(
    open_session: Session, qtbot: QtBot
) -> None:
    def job(poll: Poll) -> Iterator[object]:
        while poll() is not Ask.STOP:
            threading.Event().wait(0.005)
        yield from ()

    later: list[Run] = []
    first = open_session.begin(job, "first")
    first.done.connect(lambda: later.append(open_session.begin(job, "later")))
    with qtbot.waitSignal(open_session.idle, timeout=WAIT_MS):
        open_session.stop_jobs()
    assert len(later) == 1
    later.append(open_session.begin(job, "another"))
    qtbot.waitUntil(lambda: not later[0].is_running())
    assert not later[1].is_stopping()
    open_session.stop_jobs()
    open_session.let_jobs_begin()
    kept = open_session.begin(job, "kept")
    assert not kept.is_stopping()


def test_shutting_down_stops_everything_and_unlocks_the_project(
    open_session: Session, toy_training: None
) -> None:
    assert open_session.project is not None
    folder = open_session.project.folder
    run = open_session.start_training(TrainConfig(), "sketch-32")
    run.pause()
    assert open_session.shutdown(20)
    assert not run.is_running()
    assert open_session.project is None
    other = Session()
    assert other.open_project(folder)
    assert other.shutdown(5)


def test_runs_that_a_crash_ended_are_found(open_session: Session, qtbot: QtBot) -> None:
    assert open_session.project is not None
    record = Runs(open_session.project.runs_folder).create({"side": 32}, "sketch-32")
    assert open_session.interrupted_runs() == [record.id]
    with qtbot.waitSignal(open_session.notice):
        open_session.discard_run(record.id)
    assert open_session.interrupted_runs() == []


def test_a_discarded_run_lies_in_the_wastebasket(open_session: Session, qtbot: QtBot) -> None:
    assert open_session.project is not None
    runs = Runs(open_session.project.runs_folder)
    record = runs.create({"side": 32}, "sketch-32")
    with qtbot.waitSignal(open_session.notice) as told:
        open_session.discard_run(record.id)
    assert "wastebasket" in told.args[0]
    (thrown,) = Path(os.environ["XDG_DATA_HOME"]).glob(f"Trash/files/{record.id}")
    thrown.rename(runs.folder(record.id))
    assert runs.list() == (record,)


def test_a_run_is_deleted_where_there_is_no_wastebasket(
    open_session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_session.project is not None
    runs = Runs(open_session.project.runs_folder)
    record = runs.create({"side": 32}, "sketch-32")
    monkeypatch.setattr("ganart.workers.jobs.to_wastebasket", lambda _path: "none here")
    with qtbot.waitSignal(open_session.notice) as told:
        open_session.discard_run(record.id)
    assert "deleted" in told.args[0]
    assert not runs.folder(record.id).exists()


def test_a_run_that_cannot_be_discarded_is_told(open_session: Session, qtbot: QtBot) -> None:
    assert isinstance(
        failure(open_session, qtbot, lambda: open_session.discard_run("gone")), BadRun
    )


def test_a_computer_that_cannot_be_described_is_told(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def job(_poll: Poll) -> Iterator[object]:
        raise DiskFull(folder="/art", needed="2 MB", free="1 MB")

    monkeypatch.setattr("ganart.workers.session.device_job", job)
    assert isinstance(failure(session, qtbot, session.describe_device), DiskFull)


def test_settings_hold_and_are_told(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.setting_changed, check_params_cb=lambda key: key == "theme"):
        session.change_setting("theme", "dark")
    assert Session().settings.get("theme") == "dark"


def test_settings_that_cannot_be_written_are_told_and_hold_until_the_end(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text(json.dumps({}))
    monkeypatch.setattr(session.settings, "_path", blocked / "settings.json")
    with qtbot.waitSignal(session.warned):
        session.change_setting("theme", "light")
    assert session.settings.get("theme") == "light"
