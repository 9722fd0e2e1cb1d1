"""What goes wrong while exports wait or run: a sentence says so, and what was made is kept."""

import errno
import itertools
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.latent import exports, orders
from ganart.engine.latent.output import LoopOutput, PrintOutput
from ganart.errors import DiskFull, StudioError
from ganart.media import animations
from ganart.media.composition import evenly
from ganart.media.point import Point
from ganart.ui.pages.explore.export_list import state_words
from ganart.workers.export_queue import Entry, ExportQueue, State
from ganart.workers.exports import LoopPlan, order_loop, order_print
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file

LOOP = evenly(tuple(Point.at(seed) for seed in range(5)), 10.0)
FRAMES = 300
FULL_AT = 200


@pytest.fixture
def model(open_session: Session) -> Path:
    return keep_model_file(open_session.project, seed=1)


@pytest.fixture
def queue(open_session: Session) -> ExportQueue:
    return ExportQueue(open_session, open_session)


def place(queue: ExportQueue, session: Session, model: Path, form: str, **values: object) -> None:
    plan = LoopPlan(LOOP, LoopOutput(format=form, fps=30.0, scale=1, **values))
    queue.place(order_loop(session.project, model, plan))


def failed(queue: ExportQueue, qtbot: QtBot) -> Entry:
    """Wait until the only export has failed, in sentences with a remedy."""
    qtbot.waitUntil(
        lambda: [each.state for each in queue.entries] == [State.FAILED], timeout=WAIT_MS
    )
    (entry,) = queue.entries
    assert isinstance(entry.error, StudioError)
    assert entry.error.remedy
    assert str(entry.error) in state_words(entry)
    return entry


def finished(queue: ExportQueue, entry: Entry, qtbot: QtBot) -> Path:
    queue.resume(entry)
    qtbot.waitUntil(lambda: entry.state is State.DONE, timeout=WAIT_MS)
    return entry.path


def test_a_full_disk_at_frame_200_of_300_keeps_200(queue, open_session, model, qtbot, monkeypatch):
    real, count = Path.write_bytes, itertools.count()

    def write(path: Path, content: bytes) -> int:
        if path.suffix == ".part" and next(count) >= FULL_AT:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    place(queue, open_session, model, "png")
    entry = failed(queue, qtbot)
    assert "full" in state_words(entry)
    (folder,) = (path for path in open_session.project.artworks_folder.glob("loop*"))
    assert len(list(folder.glob("*.png"))) == FULL_AT
    monkeypatch.undo()
    assert finished(queue, entry, qtbot) == folder
    assert len(list(folder.glob("*.png"))) == FRAMES


def test_pages_that_were_made_are_not_made_again(queue, open_session, model, qtbot, monkeypatch):
    points = tuple(Point.at(seed) for seed in range(4))
    output = PrintOutput(format="png", width_cm=5, height_cm=5, dpi=50)
    real, count = exports.save_still, itertools.count()

    def save(*arguments: object) -> object:
        if next(count) == 2:
            raise DiskFull(folder="art", needed="2 MB", free="1 MB")
        return real(*arguments)

    monkeypatch.setattr(exports, "save_still", save)
    queue.place(order_print(open_session.project, model, points, output))
    entry = failed(queue, qtbot)
    finished(queue, entry, qtbot)
    assert len(list(open_session.project.artworks_folder.glob("*.png"))) == 4


@pytest.mark.parametrize("form", ["mp4", "webp", "gif"])
def test_a_disk_that_fills_up_in_a_film_keeps_what_was_drawn(
    queue, open_session, model, qtbot, monkeypatch, form
):
    real, count = animations.Encoder.add, itertools.count()

    def add(encoder: animations.Encoder, *arguments: object) -> None:
        if next(count) >= FULL_AT:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(encoder, *arguments)

    monkeypatch.setattr(animations.Encoder, "add", add)
    place(queue, open_session, model, form)
    entry = failed(queue, qtbot)
    assert "full" in state_words(entry)
    assert not [each for each in open_session.project.artworks_folder.iterdir() if each.is_file()]
    assert (entry.order.folder / "frames").stat().st_size // (8 * 8 * 3 + 4) >= FULL_AT
    monkeypatch.undo()
    assert finished(queue, entry, qtbot).suffix == f".{form}"


@pytest.mark.parametrize("form", ["mp4", "png"])
def test_a_folder_that_is_gone_is_made_again_and_one_that_cannot_be_is_told(
    queue, open_session, model, qtbot, tmp_path, form
):
    folder = tmp_path / "art"
    plan = LoopPlan(LOOP, LoopOutput(format=form, fps=30.0, scale=1))
    order = orders.order_loop(open_session.project, model, plan, folder)
    folder.rmdir()
    folder.write_text("a file")
    queue.place(lambda _poll: iter([order]))
    entry = failed(queue, qtbot)
    assert str(folder) in state_words(entry)
    folder.unlink()
    assert finished(queue, entry, qtbot).parent == folder


def test_a_codec_that_is_not_there_is_told_and_orders_nothing(
    queue, open_session, model, qtbot, monkeypatch
):
    monkeypatch.setattr("ganart.engine.latent.loops.has_codec", lambda codec: "svt" not in codec)
    with qtbot.waitSignal(open_session.failed, timeout=WAIT_MS) as told:
        place(queue, open_session, model, "webm", codec="av1")
    assert "cannot be coded" in told.args[0].text
    assert told.args[0].error.remedy
    assert queue.entries == []
    place(queue, open_session, model, "webm", codec="vp9")
    qtbot.waitUntil(lambda: [each.state for each in queue.entries] == [State.DONE], timeout=WAIT_MS)


def test_a_model_that_is_another_one_now_is_not_drawn_with(queue, open_session, model, qtbot):
    project = open_session.project
    plan = LoopPlan(LOOP, LoopOutput(format="png", fps=30.0, scale=1))
    order = orders.order_loop(project, model, plan)
    (kept,) = project.models_folder.iterdir()
    own, other = kept.read_bytes(), keep_model_file(project, seed=2).read_bytes()
    for content in (other, own[:-8] + bytes(8), own[:500], b""):
        kept.write_bytes(content)
        queue.place(lambda _poll: iter([order]))
        entry = failed(queue, qtbot)
        queue.entries.clear()
    kept.write_bytes(own)
    queue.entries.append(entry)
    assert len(list(finished(queue, entry, qtbot).glob("*.png"))) == FRAMES
