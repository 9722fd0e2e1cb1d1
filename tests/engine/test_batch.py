import os
import shutil
import sqlite3
import threading
import zipfile
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from PIL import Image

from ganart import files
from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption
from ganart.engine.style import batch
from ganart.engine.style.batch_journal import DOCUMENT, Journal
from ganart.engine.style.batch_records import BadBatch, BatchInUse, NothingToStylize
from ganart.engine.style.events import (
    BatchFinished,
    BatchStarted,
    ItemEnded,
    ItemState,
    StyleTrouble,
)
from ganart.engine.style.looks import Ingredient, Look
from ganart.engine.style.watch import Watch
from ganart.errors import DiskFull, FolderNotWritable
from ganart.media.metadata import read_recipe
from tests.engine.toy_batch import LOOKS, toy_plan, toy_stylize

REAL = batch.load_stylizers


@pytest.fixture(autouse=True)
def _toy(monkeypatch):
    monkeypatch.setattr(batch, "load_stylizers", lambda plan: toy_stylize)


@pytest.fixture
def real(monkeypatch):
    """Use the real networks after all."""
    monkeypatch.setattr(batch, "load_stylizers", REAL)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "batches"


@pytest.fixture
def three(pictures_folder):
    """Return a folder of three photos."""
    for path in sorted(pictures_folder.iterdir())[3:]:
        path.unlink()
    return pictures_folder


def nothing():
    return None


def run(plan, folder, poll=nothing):
    return list(batch.start(plan, folder, poll))


def ended(events):
    return [event for event in events if isinstance(event, ItemEnded)]


def after(number):
    """Return a poll that asks to stop once it was asked so often."""
    calls = count()
    return lambda: Ask.STOP if next(calls) >= number else None


def test_every_photo_is_made_under_every_look(three, out, folder):
    started, *items, finished = run(toy_plan(three, out), folder)
    assert isinstance(started, BatchStarted)
    assert (started.total, started.done) == (6, 0)
    assert [(item.look, item.state) for item in items] == [
        (0, ItemState.DONE), (1, ItemState.DONE),
    ] * 3  # fmt: skip
    assert [(item.done, item.total) for item in items] == [(n, 6) for n in range(1, 7)]
    assert items[-1].time_left_s == 0
    assert finished == BatchFinished(started.folder, 6, 0, 0, False)
    photos = sorted(three.iterdir())
    assert {path.name for path in out.iterdir()} == {
        f"{photo.stem}_{key}.png" for photo in photos for key in ("charcoal", "starry")
    }
    with Image.open(photos[0]) as photo, Image.open(items[0].result) as result:
        expected = 255 - np.asarray(photo.convert("RGBA"))[..., :3]
        visible = np.asarray(photo.convert("RGBA"))[..., 3] > 0
        assert np.array_equal(np.asarray(result.convert("RGB"))[visible], expected[visible])
    recipe = read_recipe(items[1].result)
    assert recipe.photo.name == photos[0].name
    assert [each.name for each in recipe.styles] == ["starry"]


def test_results_of_the_same_name_are_told_apart(three, out, folder):
    names = sorted(path.name for path in three.iterdir())
    for letter in "ab":
        (three / letter).mkdir()
        for name in names:
            shutil.copy(three / name, three / letter / name.upper())
    run(toy_plan(three, out), folder)
    assert len({path.name.lower() for path in out.iterdir()}) == 18


def test_folders_are_mirrored_where_wanted(three, out, folder):
    deep = three / "2024" / "May"
    deep.mkdir(parents=True)
    shutil.copy(min(three.glob("*.png")), deep / "boat.png")
    run(toy_plan(three, out, pattern="{look}/{folder}/{name}"), folder)
    assert (out / "starry" / "2024" / "May" / "boat.png").is_file()


@pytest.mark.parametrize(("format_name", "kind"), [("jpeg", "JPEG"), ("tiff", "TIFF")])
def test_formats_and_sizes(three, out, folder, format_name, kind):
    *items, _ = run(toy_plan(three, out, format=format_name, long_side=33), folder)[1:]
    for item in items:
        with Image.open(item.result) as result:
            assert (result.format, max(result.size)) == (kind, 33)


@pytest.mark.parametrize(
    ("existing", "state", "names"),
    [("skip", ItemState.SKIPPED, 6), ("number", ItemState.DONE, 7), ("overwrite", "done", 6)],
)
def test_what_becomes_of_taken_names(three, out, folder, existing, state, names):
    out.mkdir()
    taken = out / f"{min(three.iterdir()).stem}_charcoal.png"
    taken.write_bytes(b"mine")
    os.utime(taken, (10**9, 10**9))
    events = run(toy_plan(three, out, existing=existing), folder)
    assert ended(events)[0].state == ItemState(state)
    assert len(list(out.iterdir())) == names
    assert (taken.read_bytes() == b"mine") == (existing != "overwrite")


def test_overwriting_leaves_what_came_after_the_start(three, out, folder):
    plan = toy_plan(three, out, existing="overwrite")
    late = batch.start(plan, folder, nothing)
    next(late)
    first, second = run(plan, folder), list(late)
    assert not {each.result for each in ended(first)} & {each.result for each in ended(second)}


def test_photos_are_never_written_over(three, tmp_path, folder):
    photos = {path: path.read_bytes() for path in three.iterdir()}
    for path in photos:
        os.utime(path, (10**9, 10**9))
    (tmp_path / "link").symlink_to(three)
    run(toy_plan(three, tmp_path / "link", existing="overwrite", pattern="{name}"), folder)
    assert {path: path.read_bytes() for path in photos} == photos
    assert len(list(three.iterdir())) == 3 + 6


@pytest.mark.parametrize("existing", ["skip", "number", "overwrite"])
def test_two_batches_into_one_folder_at_once(three, out, folder, existing):
    plan = toy_plan(three, out, existing=existing)
    one, two = (batch.start(plan, folder, nothing) for _ in range(2))
    events = []
    for pair in zip(one, two, strict=True):
        events += pair
    results = [event.result for event in ended(events) if event.state is ItemState.DONE]
    assert len(results) == len(set(results)) == len(list(out.iterdir()))
    assert len(results) == (6 if existing == "skip" else 12)


def test_two_batches_at_once_in_two_threads(pictures_folder, out, folder):
    plan = toy_plan(pictures_folder, out, existing="number")
    results = []

    def work():
        results.extend(each.result for each in ended(run(plan, folder)))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(set(results)) == len(list(out.iterdir())) == 96


def test_a_stop_keeps_what_is_made_and_resume_does_the_rest(pictures_folder, out, folder):
    asks = []
    events = []
    for event in batch.start(toy_plan(pictures_folder, out), folder, lambda: asks and asks[0]):
        events.append(event)
        if len(events) == 6:
            asks.append(Ask.STOP)
    finished = events[-1]
    assert (finished.stopped, finished.done) == (True, 5)
    made = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert len(made) == 5
    started, *items, finished = batch.resume(finished.folder, nothing)
    assert (started.total, started.done, len(items)) == (48, 5, 43)
    assert (finished.stopped, finished.done) == (False, 48)
    assert all(path.stat().st_mtime_ns == written for path, written in made.items())


def test_a_stop_does_not_wait_for_the_network(three, out, folder, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def stylize(pixels, look):
        begun.set()
        go_on.wait()
        return pixels

    monkeypatch.setattr(batch, "load_stylizers", lambda plan: stylize)
    events = run(toy_plan(three, out), folder, lambda: Ask.STOP if begun.is_set() else None)
    assert (events[-1].stopped, events[-1].done) == (True, 0)
    go_on.set()
    assert list(out.iterdir()) == []


def test_other_asks_do_not_stop(three, out, folder):
    assert run(toy_plan(three, out), folder, lambda: Ask.SAMPLE)[-1].done == 6


def test_a_stop_while_listing_leaves_no_batch(three, out, folder):
    assert run(toy_plan(three, out), folder, after(0)) == []
    assert batch.batches(folder) == []


def test_bad_photos_are_told_and_the_rest_goes_on(three, out, folder):
    (three / "empty.jpg").touch()
    (three / "page.jpg").write_bytes(b"<html>")
    (three / "half.png").write_bytes(min(three.glob("*.png")).read_bytes()[:99])
    (three / "away.png").symlink_to(three / "nowhere")
    (three / "folder.png").mkdir()
    (three / "raw.dng").write_bytes(b"x")
    events = run(toy_plan(three, out), folder)
    failed = {each.photo.name: str(each.error) for each in ended(events) if each.error}
    assert failed.keys() == {"empty.jpg", "page.jpg", "half.png", "away.png", "raw.dng"}
    assert "it is empty" in failed["empty.jpg"]
    assert (events[-1].done, events[-1].failed) == (6, 10)
    with Journal(events[-1].folder) as journal:
        assert {item.message for item in journal.items() if item.message} == set(failed.values())


def test_failed_ones_are_retried_when_asked(three, out, folder):
    bad = three / "zebra.png"
    bad.touch()
    last = run(toy_plan(three, out), folder)[-1]
    assert last.failed == 2
    shutil.copy(min(three.glob("*.png")), bad)
    assert list(batch.resume(last.folder, nothing))[-1].failed == 2
    _, *items, finished = batch.retry(last.folder, nothing)
    assert [item.photo for item in items] == [bad, bad]
    assert (finished.done, finished.failed) == (8, 0)


def test_a_zip_among_the_sources(three, out, folder, tmp_path):
    path = tmp_path / "more.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("May/boat.png", min(three.iterdir()).read_bytes())
        archive.writestr("May/bad.png", b"x")
    plan = replace(toy_plan(three, out), sources=(path, tmp_path / "gone", three))
    trouble, _, *items, finished = run(plan, folder)
    assert isinstance(trouble, StyleTrouble)
    assert "gone" in str(trouble.error)
    assert (finished.done, finished.failed) == (8, 2)
    assert items[2].photo == path / "May" / "boat.png"
    assert read_recipe(items[2].result).photo.name == "boat.png"


def test_nothing_to_stylize_is_told(tmp_path, out, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToStylize):
        run(toy_plan(tmp_path / "empty", out), folder)


def test_a_bad_plan_is_told_before_anything_is_made(three, out, folder):
    with pytest.raises(BadOption):
        run(toy_plan(three, out, pattern="{x}"), folder)
    assert not out.exists()


def test_a_fault_on_one_photo_does_not_cost_the_others(three, out, folder, monkeypatch):
    calls = count()

    def stylize(pixels, look):
        number = next(calls)
        if number == 1:
            raise MemoryError
        if number == 4:
            raise ZeroDivisionError("odd")
        return toy_stylize(pixels, look)

    monkeypatch.setattr(batch, "load_stylizers", lambda plan: stylize)
    events = run(toy_plan(three, out), folder)
    assert (events[-1].done, events[-1].failed) == (4, 2)
    told = [str(each.error) for each in ended(events) if each.error]
    assert any("not enough memory" in text for text in told)
    assert any("ZeroDivisionError" in text for text in told)


def test_a_full_disk_ends_the_batch_and_resume_goes_on(three, out, folder, monkeypatch):
    def full(where, needed):
        if len(list(out.iterdir())) >= 2:
            raise DiskFull(folder=where, needed="1 MB", free="0 B")

    with monkeypatch.context() as patch:
        patch.setattr("ganart.engine.style.batch_results.require_space", full)
        with pytest.raises(DiskFull):
            run(toy_plan(three, out), folder)
    assert len(list(out.iterdir())) == 2
    (record,) = batch.batches(folder)
    assert (record.counts.done, record.counts.waiting, record.counts.failed) == (2, 4, 0)
    assert list(batch.resume(record.folder, nothing))[-1].done == 6


def test_space_is_asked_for_before_anything_is_made(three, out, folder, monkeypatch):
    monkeypatch.setattr(files, "DISK_RESERVE_BYTES", 2**60)
    with pytest.raises(DiskFull):
        run(toy_plan(three, out), folder)
    assert batch.batches(folder) == []


def test_an_output_folder_that_goes_away_ends_the_batch(pictures_folder, out, folder):
    events = batch.start(toy_plan(pictures_folder, out), folder, nothing)
    next(events), next(events)
    shutil.rmtree(out)
    with pytest.raises(FolderNotWritable):
        list(events)
    assert not out.exists()
    (record,) = batch.batches(folder)
    assert record.counts.failed == 0
    assert record.counts.waiting >= 46


def test_one_name_that_cannot_be_written_fails_alone(three, out, folder):
    out.mkdir()
    blocked = min(three.iterdir()).stem
    (out / blocked).write_bytes(b"in the way")
    events = run(toy_plan(three, out, pattern="{name}/{look}"), folder)
    assert (events[-1].done, events[-1].failed) == (4, 2)


def test_one_program_at_a_time_runs_a_batch(three, out, folder):
    events = batch.start(toy_plan(three, out), folder, nothing)
    started = next(events)
    with pytest.raises(BatchInUse):
        list(batch.resume(started.folder, nothing))
    events.close()
    assert list(batch.resume(started.folder, nothing))[-1].done == 6


def test_the_order_changes_while_it_runs(pictures_folder, out, folder):
    events = batch.start(toy_plan(pictures_folder, out), folder, nothing)
    started = next(events)
    with Journal(started.folder) as journal:
        wanted = [item.id for item in journal.items()[-3:]][::-1]
        journal.reorder(wanted)
    assert [item.item for item in ended(events)][:3] == wanted
    assert len(list(out.iterdir())) == 48


def test_the_contact_sheet_is_written_once(three, out, folder):
    (out / "contact sheet.jpg").parent.mkdir()
    (out / "contact sheet.jpg").write_bytes(b"mine")
    last = run(toy_plan(three, out, sheet=True), folder)[-1]
    assert last.sheet == out / "contact sheet 2.jpg"
    with Image.open(last.sheet) as sheet:
        assert sheet.width > 500
    assert list(batch.resume(last.folder, nothing))[-1].sheet == last.sheet
    assert len(list(out.iterdir())) == 8


def test_photos_that_arrive_are_taken(three, out, folder, monkeypatch):
    monkeypatch.setattr(Watch, "interval_s", 0.0)
    plan = replace(toy_plan(three, three), watch=True)
    asks = []
    seen = []
    for event in batch.start(plan, folder, lambda: asks and asks[0]):
        if not isinstance(event, ItemEnded):
            continue
        seen.append(event.photo.name)
        if len(seen) == 6:
            shutil.copy(three / seen[0], three / "late.png")
        if len(seen) == 8:
            asks.append(Ask.STOP)
    assert seen[6:] == ["late.png"] * 2
    assert len(list(three.iterdir())) == 4 + 8


def test_a_photo_that_still_grows_waits(three, out, folder, monkeypatch):
    monkeypatch.setattr(Watch, "interval_s", 0.0)
    plan = replace(toy_plan(three, out), watch=True)
    with Journal.create(folder, plan) as journal:
        looker = Watch(journal, lambda: False)
        assert looker.look() == 0
        grown = max(three.iterdir())
        grown.write_bytes(grown.read_bytes() + b"more")
        assert looker.look() == 4
        assert looker.look() == 2
        assert looker.look() == 0


def test_batches_are_listed_newest_first(three, out, folder):
    for _ in range(2):
        run(toy_plan(three, out), folder)
    (folder / "no batch").mkdir()
    damaged = folder / "damaged"
    damaged.mkdir()
    (damaged / DOCUMENT).write_bytes(b"no database" * 100)
    records = batch.batches(folder)
    assert len(records) == 2
    assert records[0].folder > records[1].folder
    assert records[1].counts.done == 6
    assert records[0].counts.skipped == 6
    assert records[0].plan.output.folder == out


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE batch SET plan = '{}'",
        "DELETE FROM batch",
        "UPDATE items SET look = look + 7",
        "UPDATE items SET target = '../../evil'",
        "UPDATE items SET target = '/evil'",
        "UPDATE items SET target = '..\\..\\evil'",
        "UPDATE items SET target = 'C:evil'",
        "UPDATE items SET state = 'odd'",
        "UPDATE items SET result = CAST('/evil.png' AS BLOB), hash = ''",
        "UPDATE batch SET sheet = CAST('/evil.jpg' AS BLOB)",
        "UPDATE batch SET id = '../../evil'",
        "UPDATE batch SET created = 'odd'",
        "UPDATE batch SET created = '0001-01-01'",
        "UPDATE batch SET plan = replace(plan, '\"threads\": 1', '\"threads\": -5')",
        "DROP TABLE items",
        "PRAGMA user_version = 9",
    ],
)
def test_a_journal_that_makes_no_sense_is_told(three, out, folder, change):
    last = run(toy_plan(three, out, sheet=True), folder)[-1]
    with sqlite3.connect(last.folder / DOCUMENT) as database:
        database.execute("UPDATE items SET state = 'waiting'")
        database.execute(change)
    database.close()
    with pytest.raises(BadBatch):
        list(batch.resume(last.folder, nothing))


def test_a_batch_that_was_killed_at_its_beginning_is_none(three, out, folder, monkeypatch):
    def die(journal, photos):
        raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "add", die)
    with pytest.raises(KeyboardInterrupt):
        run(toy_plan(three, out), folder)
    assert batch.batches(folder) == []


def test_no_batch_is_told(tmp_path):
    with pytest.raises(BadBatch):
        list(batch.resume(tmp_path, nothing))


def test_a_look_whose_file_is_gone_fails_alone(three, out, folder, tmp_path, real):
    gone = Look("picture", (Ingredient(str(tmp_path / "gone.jpg")),))
    plan = replace(toy_plan(three, out), looks=(LOOKS[0], gone))
    events = run(plan, folder)
    assert (events[-1].done, events[-1].failed) == (3, 3)
    assert all("gone.jpg" in str(each.error) for each in ended(events) if each.error)
    assert {each.name for each in out.iterdir()} == {
        f"{path.stem}_charcoal.png" for path in three.iterdir()
    }


def test_odd_photos_go_through_the_real_networks(tmp_path, out, folder, real):
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (1, 1), "red").save(photos / "one.png")
    Image.new("RGB", (3, 700), "red").save(photos / "line.jpg")
    Image.new("RGBA", (20, 30), (0, 0, 0, 0)).save(photos / "clear.webp", lossless=True)
    Image.new("L", (20, 30), 99).save(photos / "grey.png")
    Image.new("I;16", (20, 30), 40_000).save(photos / "deep.png")
    Image.new("CMYK", (20, 30)).save(photos / "inks.jpg")
    style = Look("picture", (Ingredient(str(photos / "grey.png")),))
    plan = replace(toy_plan(photos, out), looks=(LOOKS[0], style))
    events = run(plan, folder)
    assert [str(each.error) for each in ended(events) if each.error] == []
    for each in ended(events):
        with Image.open(each.photo) as photo, Image.open(each.result) as result:
            assert result.size == photo.size
    with Image.open(out / "clear_charcoal.webp") as result:
        assert result.getchannel("A").getextrema() == (0, 0)
