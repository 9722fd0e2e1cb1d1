"""The Check tab: issues with counts and thresholds, verdicts on what they find."""

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.issues import ISSUES
from ganart.ui.pages.dataset.check_facets import Counted
from ganart.ui.pages.dataset.check_gallery import SCORE
from ganart.ui.pages.dataset.check_tab import REFUSED, CheckTab
from ganart.ui.pages.dataset.check_words import threshold_words
from ganart.ui.pages.dataset.desk import Desk
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.dataset import PHOTOS, full_desk

BLURRED = ["0 blurred.png", "1 blurred.png", "2 blurred.png"]


@pytest.fixture(scope="module")
def art(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of 6 sharp photos, 3 blurred ones, a tiny one and two files that are none."""
    folder = tmp_path_factory.mktemp("art")
    for number, path in enumerate(PHOTOS[:6]):
        with Image.open(path) as opened:
            photo = opened.convert("RGB").resize((300, 260), Image.Resampling.LANCZOS)
        photo.save(folder / f"{number}.png")
        if number < 3:
            blurred = photo.filter(ImageFilter.GaussianBlur(6 + 3 * number))
            blurred.save(folder / f"{number} blurred.png")
    photo.resize((40, 35)).save(folder / "tiny.png")
    (folder / "empty.png").touch()
    (folder / "notes.jpg").write_text("no picture")
    return folder


@pytest.fixture
def folder(art: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change."""
    return Path(shutil.copytree(art, tmp_path / "art"))


@pytest.fixture
def desk(qtbot: QtBot, open_session: Session, folder: Path) -> Desk:
    return full_desk(qtbot, open_session, folder, 10)


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> CheckTab:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> CheckTab:
    tab = CheckTab(desk)
    qtbot.addWidget(tab)
    tab.resize(900, 600)
    tab.show()
    qtbot.waitUntil(lambda: tab.checked.is_known() and not desk.session.is_busy())
    return tab


def names(tab: CheckTab) -> list[str]:
    return [tab.model.index(row).data() for row in range(tab.model.rowCount())]


def marks(desk: Desk) -> dict[str, str]:
    return {row.path.name: str(row.mark) for row in desk.pictures.rows if row.mark != "none"}


def drag_to(qtbot: QtBot, tab: CheckTab, threshold: float) -> None:
    tab.threshold.slider.setValue(round(1000 * threshold))
    qtbot.waitUntil(lambda: not tab._show_soon.isActive())


def test_every_issue_has_its_count_and_the_worst_come_first(tab: CheckTab) -> None:
    keys = [tab.facets.item(row).data(Qt.ItemDataRole.UserRole) for row in range(11)]
    assert keys == [*(issue.key for issue in ISSUES), REFUSED]
    assert tab.facets.counted("small").found == 1
    assert tab.facets.counted(REFUSED).found == 2
    tab.facets.choose("blurred")
    assert sorted(names(tab)) == BLURRED
    assert tab.facets.counted("blurred") == Counted(found=3, open=3)
    scores = [tab.model.index(row).data(SCORE) for row in range(3)]
    assert scores == sorted(scores, reverse=True)
    told = tab.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{names(tab)[0]}, score " in told


def test_a_threshold_moves_by_key_and_is_remembered(
    qtbot: QtBot, desk: Desk, tab: CheckTab, open_session: Session
) -> None:
    tab.facets.choose("small")
    assert "shorter side below 64 px" in tab.threshold.label.text()
    assert not tab.threshold.usual.isEnabled()
    assert names(tab) == ["tiny.png"]
    QTest.keyClick(tab.threshold.slider, Qt.Key.Key_Left)
    assert tab.threshold.slider.value() == 870
    assert "67 px" in tab.threshold.label.text()
    drag_to(qtbot, tab, 0.95)
    assert names(tab) == []
    assert tab.stack.currentWidget() is tab.nothing
    assert tab.facets.counted("small").found == 0
    qtbot.waitUntil(lambda: not open_session.is_busy())

    again = shown(qtbot, desk)
    assert again.facets.counted("small").found == 0
    hits = [issue.key for issue in ISSUES if again.facets.counted(issue.key).found]
    assert again.facets.key() == hits[0] == "odd_size"  # it opens where something was found
    assert names(again) == ["tiny.png"]
    again.facets.choose("small")
    assert again.threshold.slider.value() == 950
    again.threshold.usual.click()
    assert names(again) == ["tiny.png"]
    qtbot.waitUntil(lambda: not open_session.is_busy())
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        assert catalogue.checks() == {}


def test_all_found_are_rejected_and_taken_back_in_one_step(
    desk: Desk, tab: CheckTab, open_session: Session
) -> None:
    tab.facets.choose("blurred")
    (picked,) = (row for row in desk.pictures.rows if row.path.name == "1 blurred.png")
    desk.curation.note({Note.MARK: {picked.path: "picked"}}, "Pick")
    assert "2" in tab.reject.text()
    tab.reject.click()
    assert marks(desk) == {
        "0 blurred.png": "rejected",
        "1 blurred.png": "picked",
        "2 blurred.png": "rejected",
    }
    assert tab.facets.counted("blurred") == Counted(found=3, rejected=2, open=0)
    assert sorted(names(tab)) == BLURRED
    assert not tab.reject.isEnabled()
    assert "Blurred" in open_session.undo.undoText()
    open_session.undo.undo()
    assert marks(desk) == {"1 blurred.png": "picked"}
    assert tab.facets.counted("blurred").rejected == 0


def test_keys_give_verdicts_and_lead_to_other_views(
    qtbot: QtBot, desk: Desk, tab: CheckTab
) -> None:
    tab.facets.choose("blurred")
    tab.grid.setFocus()
    tab.grid.setCurrentIndex(tab.model.index(1))
    tab.activateWindow()
    qtbot.waitUntil(tab.grid.hasFocus)
    QTest.keyClick(tab.grid, Qt.Key.Key_X)
    assert marks(desk) == {names(tab)[1]: "rejected"}
    with qtbot.waitSignal(desk.loupe_wanted) as looked:
        QTest.keyClick(tab.grid, Qt.Key.Key_Space)
    assert looked.args == [list(tab.model.ids), tab.model.ids[2]]  # it went on by itself
    with qtbot.waitSignal(desk.show_wanted) as went:
        tab.show_in_pictures.click()
    assert went.args == [list(tab.model.ids), "Blurred"]


def test_what_was_looked_through_stays_fine_until_others_are_found(
    qtbot: QtBot, desk: Desk, tab: CheckTab, open_session: Session, folder: Path
) -> None:
    tab.facets.choose("blurred")
    tab.fine.click()
    assert tab.facets.counted("blurred").is_fine
    with Image.open(PHOTOS[5]) as opened:
        opened.convert("RGB").resize((300, 250)).save(folder / "sharp too.png")
    open_session.scan()
    qtbot.waitUntil(lambda: len(desk.pictures.rows) == 11 and not open_session.is_busy())
    assert tab.facets.counted("blurred").is_fine
    with Image.open(folder / "2 blurred.png") as opened:
        opened.crop((0, 0, 290, 255)).save(folder / "3 blurred.png")
    open_session.scan()
    qtbot.waitUntil(lambda: len(desk.pictures.rows) == 12 and not open_session.is_busy())
    assert tab.facets.counted("blurred") == Counted(found=4, open=4)
    assert not tab.fine.isChecked()


def test_files_that_cannot_be_used_are_told_with_reasons(tab: CheckTab) -> None:
    tab.facets.choose(REFUSED)
    assert tab.stack.currentWidget() is tab.refused
    assert tab.refused.files.index(0, 2).data() == "it is empty"
    assert not tab.reject.isVisible()
    assert not tab.threshold.isVisible()


def test_pictures_of_an_older_catalogue_are_offered_to_be_measured(
    qtbot: QtBot, desk: Desk, open_session: Session
) -> None:
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        catalogue._database.execute("UPDATE measures SET version = 0 WHERE picture_id < 5")
    tab = shown(qtbot, desk)
    assert "4" in tab.unmeasured._label.text()
    assert tab.unmeasured.isVisible()
    tab.unmeasured.button.click()
    qtbot.waitUntil(lambda: not tab.unmeasured.isVisible() and not open_session.is_busy())
    assert tab.facets.counted("blurred").found == 3


def test_closing_the_project_empties_it(qtbot: QtBot, tab: CheckTab, open_session: Session) -> None:
    tab.facets.choose("blurred")
    tab.grid.selectionModel().select(
        tab.model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert open_session.close_project()
    assert names(tab) == []
    assert tab.facets.counted("blurred").found == 0
    assert not tab.reject.isEnabled()
    assert "no pictures yet" in tab.nothing.text()


def test_diagnosis_waits_until_somebody_looks(qtbot: QtBot, desk: Desk) -> None:
    tab = CheckTab(desk)
    qtbot.addWidget(tab)
    assert not tab.checked.diagnosing.is_looking()
    tab.show()
    assert tab.checked.diagnosing.is_looking()
    qtbot.waitUntil(tab.checked.is_known)


@pytest.mark.parametrize(
    ("key", "threshold", "words"),
    [
        ("small", 0.75, "shorter side below 128 px"),
        ("odd_shape", 0.5, "more than 2 × as long, or as square"),
        ("dark", 0.68, "brightest parts below 32 % of white"),
        ("framed", 0.03, "bars take more than 3 % of the picture"),
        ("transparent", 0.005, "more than 0.5 % is transparent"),
        ("grey", 0.5, ""),
        ("odd_shape", 1.0, ""),
    ],
)
def test_thresholds_are_told_in_their_unit(key: str, threshold: float, words: str) -> None:
    assert threshold_words(key, threshold) == words
