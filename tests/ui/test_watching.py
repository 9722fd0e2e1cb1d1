"""Sources that are watched: what changes in them is scanned, once it has come to rest."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.workers import watching
from ganart.workers.session import Session


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SETTLE_MS", 30)


@pytest.fixture
def session(qtbot: QtBot, _hurry: None) -> Session:
    session = Session()
    yield session
    assert session.shutdown(20)


def picture(path: Path, colour: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (colour, 0, 0)).save(path)
    return path


@pytest.fixture
def art(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "art"
    picture(folder / "one.png", 1)
    picture(folder / "deep" / "two.png", 2)
    return folder


def names(session: Session) -> list[str]:
    return sorted(row.path.name for row in session.pictures.rows)


def add(qtbot: QtBot, session: Session, *sources: Path) -> None:
    session.add_folders(sources)
    qtbot.waitUntil(lambda: not session.is_busy())
    qtbot.waitUntil(lambda: len(session.sources.are_there()) == len(sources))


def watch(qtbot: QtBot, session: Session, source: Path) -> None:
    session.sources.watch([source], True)
    qtbot.waitUntil(at_rest(session, source))


def at_rest(session: Session, source: Path) -> Callable[[], bool]:
    """Return whether a source is watched, scanned and quiet."""
    watcher = session.watcher
    return lambda: source in watcher._latest and not session.is_busy() and not watcher.is_looking()


def test_nothing_is_watched_unless_it_is_asked_for(
    qtbot: QtBot, open_session: Session, art: Path
) -> None:
    add(qtbot, open_session, art)
    assert art not in open_session.watcher._latest
    picture(art / "three.png", 3)
    open_session.watcher.look_again()
    assert not open_session.watcher.is_looking()
    assert names(open_session) == ["one.png", "two.png"]


@pytest.mark.parametrize("place", ["three.png", "deep/three.png", "new/deeper/three.png"])
def test_new_pictures_come_by_themselves(
    qtbot: QtBot, open_session: Session, art: Path, place: str
) -> None:
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    notices: list[str] = []
    open_session.notice.connect(notices.append)
    picture(art / place, 3)
    qtbot.waitUntil(lambda: "three.png" in names(open_session))
    assert notices == ["Pictures added: 1, removed: 0."]
    qtbot.waitUntil(at_rest(open_session, art))
    (art / place).unlink()
    qtbot.waitUntil(lambda: "three.png" not in names(open_session))


def test_a_file_is_not_taken_while_it_grows(qtbot: QtBot, open_session: Session, art: Path) -> None:
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    whole = picture(art.parent / "whole.png", 5).read_bytes()
    target = art / "growing.png"
    looks: list[bool] = []

    def grow() -> None:
        """Write a little more at each look, so that no two find the same."""
        looks.append(open_session.scanning is None)
        if len(looks) < 5:
            with target.open("ab") as stream:
                stream.write(b"\0")
        elif len(looks) == 5:
            target.write_bytes(whole)

    open_session.watcher.looked.connect(grow)
    target.write_bytes(b"\x89PNG")
    qtbot.waitUntil(lambda: "growing.png" in names(open_session))
    assert all(looks[:5])
    assert open_session.pictures.refused == ()


def test_what_came_while_a_scan_ran_is_found_after_it(
    qtbot: QtBot, open_session: Session, art: Path
) -> None:
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    run = open_session.scan()
    assert run is not None
    run.pause()
    picture(art / "three.png", 3)
    open_session.watcher.look_again()
    assert open_session.scanning is run
    run.resume()
    qtbot.waitUntil(lambda: "three.png" in names(open_session))


def test_watching_is_remembered_and_looks_for_what_came_meanwhile(
    qtbot: QtBot, open_session: Session, art: Path
) -> None:
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    project = open_session.project
    assert project is not None
    open_session.close_project()
    assert art not in open_session.watcher._latest
    with Catalogue(project.catalogue_path) as catalogue:
        assert catalogue.watched() == {art}
    picture(art / "three.png", 3)
    assert open_session.open_project(project.folder)
    qtbot.waitUntil(lambda: "three.png" in names(open_session))
    open_session.sources.watch([art], False)
    assert art not in open_session.watcher._latest
    qtbot.waitUntil(lambda: not open_session.is_busy())
    with Catalogue(project.catalogue_path) as catalogue:
        assert catalogue.watched() == frozenset()


def test_too_many_folders_are_looked_at_now_and_then(
    qtbot: QtBot, open_session: Session, art: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_FOLDERS", 1)
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    assert open_session.watcher.is_slow(art)
    picture(art / "deep" / "three.png", 3)
    open_session.watcher.look_again()
    qtbot.waitUntil(lambda: "three.png" in names(open_session))


def test_a_source_that_is_away_keeps_its_pictures_and_comes_back(
    qtbot: QtBot, open_session: Session, art: Path
) -> None:
    add(qtbot, open_session, art)
    failures: list[object] = []
    open_session.failed.connect(failures.append)
    away = art.rename(art.with_name("away"))
    open_session.sources.look()
    qtbot.waitUntil(lambda: open_session.sources.are_there() == [])
    other = picture(art.parent / "other" / "four.png", 4).parent
    open_session.add_folders([other])  # which says nothing of what was away before
    qtbot.waitUntil(lambda: names(open_session) == ["four.png", "one.png", "two.png"])
    picture(away / "three.png", 3)
    away.rename(art)
    qtbot.waitUntil(lambda: not open_session.is_busy())
    open_session.sources.look()
    qtbot.waitUntil(lambda: len(names(open_session)) == 4)
    assert failures == []


def test_a_watched_source_may_vanish(qtbot: QtBot, open_session: Session, art: Path) -> None:
    add(qtbot, open_session, art)
    watch(qtbot, open_session, art)
    shutil.rmtree(art)
    qtbot.waitUntil(lambda: open_session.sources.are_there() == [])
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert names(open_session) == ["one.png", "two.png"]
    assert art not in open_session.watcher._latest
