"""Help ▸ Graphics card: what is offered when, and getting the pack from there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart import runtime
from ganart.engine.pack.card import Card
from ganart.ui import pack_offer
from ganart.ui.dialogs import graphics_card
from ganart.ui.dialogs.graphics_card import GraphicsCardDialog
from ganart.ui.notice_bar import NoticeBar
from ganart.ui.pack_offer import PackOffer
from ganart.workers import pack as packs
from ganart.workers.pack import PackState
from ganart.workers.session import Session
from tests.engine.wheels import make_contents
from tests.ui.studio import WAIT_MS

CARD = Card("NVIDIA GeForce RTX 4070", 12 * 2**30, (8, 9), "595.40")
Open = Callable[..., GraphicsCardDialog]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that pip takes for its index."""
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(runtime, "trial", lambda _pack: runtime.Trial("", "cuda"))
    return tmp_path / "index"


@pytest.fixture
def open_dialog(qtbot: QtBot, index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a function that opens the dialog on a computer as told."""
    session = Session()
    contents = make_contents(index)

    def open_with(**found: object) -> GraphicsCardDialog:
        usual = PackState(CARD, contents, "", None, 0, can_change=True)

        def look(_poll: object) -> Iterator[object]:
            yield replace(usual, installed=runtime.pack_folder(), **found)

        monkeypatch.setattr(graphics_card, "look_job", look)
        dialog = GraphicsCardDialog(session)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.state is not None, timeout=WAIT_MS)
        return dialog

    yield open_with
    assert session.shutdown(20)


def test_on_this_computer_it_looks_and_says_what_there_is(qtbot: QtBot) -> None:
    session = Session()
    dialog = GraphicsCardDialog(session)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.state is not None, timeout=WAIT_MS)
    assert "runs from its sources" in dialog.words.text()
    assert dialog.get.isHidden()
    assert dialog.folder.isHidden()
    assert session.shutdown(20)


@pytest.mark.parametrize(
    ("found", "said", "offered"),
    [
        ({}, "many times as fast", True),
        ({"card": None}, "computes on the processor", False),
        ({"contents": None}, "No pack was tried out", False),
        ({"why_not": "the card is too old for it"}, "the card is too old for it", False),
        ({"can_change": False}, "runs from its sources", False),
    ],
)
def test_it_offers_the_pack_where_it_runs(
    open_dialog: Open, found: dict[str, object], said: str, offered: bool
) -> None:
    dialog = open_dialog(**found)
    assert said in dialog.words.text()
    assert dialog.get.isVisible() is offered
    assert dialog.get.hasFocus() is offered
    assert dialog.folder.isVisible() is found.get("can_change", True)
    assert not dialog.remove.isVisible()


def test_the_pack_is_fetched_installed_and_removed_again(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.get.click()
    assert dialog.cancel.isVisible()
    assert not dialog.get.isVisible()
    qtbot.waitUntil(dialog.remove.isVisible, timeout=WAIT_MS)
    assert "It works" in dialog.news.text()
    assert runtime.pack_folder() is not None
    assert not packs.wheels_folder().exists()
    dialog.remove.click()
    qtbot.waitUntil(dialog.get.isVisible, timeout=WAIT_MS)
    assert "next start" in dialog.news.text()
    assert runtime.pack_folder() is None


def test_a_trouble_is_told_in_place_and_it_can_be_tried_again(
    qtbot: QtBot, open_dialog: Open, index: Path
) -> None:
    dialog = open_dialog()
    hidden = [path.rename(path.with_suffix(".hidden")) for path in index.glob("filelock*")]
    dialog.get.click()
    qtbot.waitUntil(dialog.get.isVisible, timeout=WAIT_MS)
    assert "could not be fetched" in dialog.news.text()
    for path in hidden:
        path.rename(path.with_suffix(".whl"))
    dialog.get.click()
    qtbot.waitUntil(dialog.remove.isVisible, timeout=WAIT_MS)


def test_it_can_be_ended_and_paused(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.get.click()
    dialog.pause.click()
    assert dialog.run is not None
    assert dialog.run.is_paused()
    dialog.cancel.click()
    qtbot.waitUntil(dialog.get.isVisible, timeout=WAIT_MS)
    assert "is kept" in dialog.news.text()
    assert not dialog.pause.isChecked() or not dialog.pause.isVisible()
    assert runtime.pack_folder() is None


def test_closing_it_ends_what_it_does(qtbot: QtBot, open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.get.click()
    run = dialog.run
    assert run is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not run.is_running(), timeout=WAIT_MS)
    assert runtime.pack_folder() is None


def test_a_folder_of_files_does_as_well(qtbot: QtBot, open_dialog: Open, index: Path) -> None:
    dialog = open_dialog(card=None, contents=None)
    dialog.install_from(index)
    qtbot.waitUntil(dialog.remove.isVisible, timeout=WAIT_MS)
    assert runtime.pack_folder() is not None
    assert sorted(index.glob("*.whl"))  # they are the person's own


@pytest.mark.parametrize(
    ("found", "wish", "told"),
    [({}, True, True), ({"card": None}, True, False), ({}, False, False)],
)
def test_a_card_that_is_not_used_is_told_at_the_start(
    qtbot: QtBot,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    found: dict[str, object],
    wish: bool,
    told: bool,
) -> None:
    state = PackState(CARD, make_contents(index), "", None, 0, can_change=True)
    looked: list[bool] = []

    def look(_poll: object) -> Iterator[object]:
        looked.append(True)
        yield replace(state, **found)

    monkeypatch.setattr(pack_offer, "look_job", look)
    session = Session()
    session.change_setting("offer_pack", wish)
    notice = NoticeBar()
    qtbot.addWidget(notice)
    offer = PackOffer(session, notice)
    with qtbot.waitSignal(session.device_described, timeout=WAIT_MS):
        session.describe_device()
    assert session.device is not None
    if session.device.kind != "cpu":
        assert not looked
    elif told:
        qtbot.waitUntil(lambda: CARD.name in notice.text(), timeout=WAIT_MS)
        with qtbot.waitSignal(offer.wanted):
            notice.acted.emit("graphics card")
    else:
        assert session.shutdown(20)
        assert notice.text() == ""
    assert session.shutdown(20)
