"""The pictures as the model sees them, the questions about them, and the options these mean."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganart.datasets.framing import Box, Fill, Framing
from ganart.datasets.prepare import framed
from ganart.engine.gan.augment import augmented_preview
from ganart.engine.gan.config import TrainConfig
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.dataset.sees_tab import SeesTab
from ganart.ui.pages.train_setup import TrainSetup
from ganart.workers.pictures import Note
from ganart.workers.samples import Augmented, Sample, samples_job
from ganart.workers.session import Session
from ganart.workers.shown_as import KEY, Showing, kept_in
from ganart.workers.shown_facts import facts_job
from tests.ui.shapes import SHAPES, fill, focus, make_pictures, named
from tests.ui.studio import pixels_of


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, tmp_path: Path) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1100, 740)
    page.show()
    fill(qtbot, open_session, make_pictures(tmp_path / "pictures"))
    yield page
    assert open_session.shutdown(20)


@pytest.fixture
def tab(qtbot: QtBot, page: DatasetPage) -> SeesTab:
    page.tabs.setCurrentWidget(page.sees)
    drawn(qtbot, page.sees.content())
    return page.sees.content()


def drawn(qtbot: QtBot, tab: SeesTab) -> None:
    """Wait until all that holds now is drawn and counted."""
    session = tab._desk.session
    qtbot.waitUntil(
        lambda: not (tab._soon.isActive() or tab.facts._soon.isActive() or session.is_busy()),
        timeout=60_000,
    )


def cells(tab: SeesTab) -> dict[str, np.ndarray]:
    """Return the pixels that are shown, by the names of the pictures."""
    model = tab.grid.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    names = [index.data(Qt.ItemDataRole.AccessibleTextRole) for index in indexes]
    pixels = [pixels_of(each.toImage()) for each in tab.grid.pictures()]
    return dict(zip(names, pixels, strict=True))


def test_cells_are_the_pixels_that_are_trained_on(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    own = Framing(crop=Box(0, 0.2, 1, 0.6), fill=Fill.COLOUR, background=(10, 200, 30))
    page.desk.curation.note({Note.FRAMING: {named(page, "photo").path: own.to_json()}}, "Crop")
    page.desk.session.usual_framing.put(Framing(fill=Fill.EDGE).to_json())
    drawn(qtbot, tab)
    shown = cells(tab)
    assert len(shown) == len(SHAPES) + 1
    for row in page.desk.pictures.rows:
        expected = np.asarray(framed(row, 64, Framing(fill=Fill.EDGE)))
        assert (shown[row.path.name] == expected).all()


def test_an_opened_project_brings_its_own_way(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    session = page.desk.session
    folder = session.project.folder
    session.usual_framing.put(Framing(fill=Fill.STRETCH).to_json())
    drawn(qtbot, tab)
    assert session.close_project()
    assert not page.desk.pictures.rows
    assert session.open_project(folder)
    drawn(qtbot, tab)
    expected = np.asarray(framed(named(page, "wide"), 64, Framing(fill=Fill.STRETCH)))
    assert (cells(tab)["a wide.png"] == expected).all()


def test_rejected_pictures_are_left_out_and_the_others_stay(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    before = list(cells(tab))
    page.desk.curation.note({Note.MARK: {named(page, "tall").path: "rejected"}}, "Reject")
    drawn(qtbot, tab)
    assert list(cells(tab)) == [name for name in before if "tall" not in name]
    assert "1" in tab.facts.lines.text().split("Rejected")[1]
    paths = [row.path for row in page.desk.pictures.rows]
    page.desk.curation.note({Note.MARK: dict.fromkeys(paths, "rejected")}, "Reject")
    drawn(qtbot, tab)
    assert tab.stack.currentWidget() is tab.empty


def test_others_are_drawn_by_key(qtbot: QtBot, page: DatasetPage, tab: SeesTab) -> None:
    before = list(cells(tab))
    focus(qtbot, tab.grid)
    QTest.keyClick(tab.grid, Qt.Key.Key_O)
    drawn(qtbot, tab)
    assert set(cells(tab)) == set(before)  # there are no more than these
    assert list(cells(tab)) != before
    tab.seed = 0
    tab.refresh()
    drawn(qtbot, tab)
    assert list(cells(tab)) == before


def test_pixels_are_as_large_as_is_wanted(tab: SeesTab) -> None:
    sizes = []
    for chip in tab.scales:
        chip.click()
        sizes.append(tab.grid._cell.picture_px.width())
    assert sizes == [128, 64, 128]  # fitted to a whole multiple


def test_answers_are_options_of_the_training(qtbot: QtBot, page: DatasetPage, tab: SeesTab) -> None:
    session, questions = page.desk.session, tab.questions
    setup = TrainSetup(session)
    qtbot.addWidget(setup)
    setup.recall(session.project.choices)
    assert questions.mirror.no.isChecked()
    assert questions.upright.yes.isChecked()
    questions.mirror.yes.click()
    assert setup.config().mirror
    assert not setup.form.rows["mirror"].reset_button.isEnabled()  # it is the default by now
    setup.presets.choose("sketch-64")
    assert setup.config().mirror
    questions.upright.no.click()
    assert setup.config().turn
    drawn(qtbot, tab)
    assert "shown as 48" in tab.facts.total.text()
    session.undo.undo()
    assert not setup.config().turn
    setup.form.rows["mirror"].set_value(False)
    assert questions.mirror.no.isChecked()
    session.undo.undo()
    assert not setup.config().mirror


def test_answers_outlast_the_project_and_the_last_training(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    session = page.desk.session
    tab.questions.mirror.yes.click()
    session.project.choices["train"] = {
        "preset": "sketch-32",
        "config": {"side": 128, "mirror": False, "turn": True, "augment": 0.5},
    }
    folder = session.project.folder
    session.project.save()
    drawn(qtbot, tab)
    assert session.close_project()
    assert session.shown_as.showing == Showing()
    assert session.open_project(folder)
    showing = session.shown_as.showing
    assert (showing.side, showing.mirror, showing.turn, showing.augment) == (128, True, True, 0.5)
    setup = TrainSetup(session)
    qtbot.addWidget(setup)
    setup.recall(session.project.choices)
    assert setup.config().mirror
    assert session.shown_as.showing.augment == 0.5
    drawn(qtbot, tab)


def test_writing_forbids_mirroring_and_warns_of_it(tab: SeesTab, page: DatasetPage) -> None:
    questions, showing = tab.questions, page.desk.session.shown_as
    questions.mirror.yes.click()
    questions.letters.yes.click()
    assert not showing.showing.mirror
    assert questions.mirror.no.isChecked()
    assert "neither mirrored nor turned" in questions.letters.caption.text()
    questions.mirror.yes.click()
    assert "garbled" in questions.letters.caption.text()
    for _ in range(2):
        page.desk.session.undo.undo()
    assert showing.showing.mirror
    assert not showing.showing.has_letters


def test_questions_show_a_picture_both_ways(tab: SeesTab) -> None:
    first, mirrored = (
        pixels_of(label.pixmap().toImage()) for label in tab.questions.mirror.pictures
    )
    assert (first[:, ::-1] == mirrored).all()
    upright, turned = (
        pixels_of(label.pixmap().toImage()) for label in tab.questions.upright.pictures
    )
    assert (np.rot90(upright, -1) == turned).all()


def test_the_discriminators_view_is_that_of_the_training(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    tab.questions.mirror.yes.click()
    page.desk.session.shown_as.hear({"augment": 0.8})
    tab.augmented.click()
    drawn(qtbot, tab)
    rows = tab._drawn_by_lot()
    pixels = np.stack([np.asarray(framed(row, 64)) for row in rows])
    config = TrainConfig(side=64, mirror=True, augment=0.8)
    expected = augmented_preview(pixels, config, len(rows))
    shown = [pixels_of(each.toImage()) for each in tab.grid.pictures()]
    assert (np.stack(shown) == expected).all()
    assert "another way each time" in tab.hint.text()


def test_what_becomes_of_the_pictures_is_counted(
    qtbot: QtBot, page: DatasetPage, tab: SeesTab
) -> None:
    facts = tab.facts.facts
    assert facts is not None
    assert facts.shown == 6
    assert facts.enlarged == (named(page, "tiny").id,)
    assert facts.much_cut == (named(page, "tall").id,)  # of which three quarters go
    cut = (1 / 3 + 3 / 4 + 0 + 1 / 4 + 1 / 4 + 1 / 3) / 6
    assert facts.cut == pytest.approx(cut)
    with qtbot.waitSignal(page.desk.show_wanted) as wanted:
        tab.facts.lines.linkActivated.emit("enlarged")
    assert list(wanted.args[0]) == [named(page, "tiny").id]


@pytest.mark.parametrize(
    ("fill", "enlarged", "cut"),
    [(Fill.CROP, True, 0.5), (Fill.STRETCH, True, 0.0), (Fill.COLOUR, False, 0.0)],
)
def test_what_is_enlarged_and_cut_off_hangs_on_the_fill(
    page: DatasetPage, fill: Fill, enlarged: bool, cut: float
) -> None:
    row = named(page, "clear")  # 80 × 120 px
    usual = Framing(fill=fill, crop=Box(0, 0, 1, 1)).to_json()
    (facts,) = facts_job([row], usual, (96, 72))(lambda: None)
    assert (facts.enlarged == (row.id,)) is enlarged
    assert facts.cut == pytest.approx(cut)


def test_a_cell_leads_to_its_framing(qtbot: QtBot, page: DatasetPage, tab: SeesTab) -> None:
    index = tab.grid.model().index(0, 0)
    wanted = tab.grid.picture_id(index)
    tab.grid.activated.emit(index)
    assert page.tabs.currentWidget() is page.framing
    assert list(page.framing.content().model.ids) == [wanted]


def test_files_that_are_gone_are_passed_over(qtbot: QtBot, page: DatasetPage) -> None:
    named(page, "tall").path.unlink()
    page.tabs.setCurrentWidget(page.sees)
    tab = page.sees.content()
    drawn(qtbot, tab)
    assert "b tall.png" not in cells(tab)
    assert len(cells(tab)) == 5


def test_samples_are_of_the_shape_of_training(page: DatasetPage) -> None:
    rows = page.desk.pictures.rows
    showing = Showing(side=32, shape="4:3")
    assert showing.size == (32, 24)
    samples = list(samples_job(rows, "{}", showing, False, {})(lambda: None))
    assert all(isinstance(each, Sample) for each in samples)
    assert {each.pixels.shape for each in samples} == {(24, 32, 3)}
    mirrored = Showing(side=32, shape="4:3", mirror=True)
    known = {each.key: each.pixels for each in samples}
    known[samples[0].key] = np.full((24, 32, 3), 7, np.uint8)
    *again, augmented = samples_job(rows, "{}", mirrored, True, known)(lambda: None)
    assert (again[0].pixels == 7).all()  # which is not prepared anew
    assert isinstance(augmented, Augmented)
    assert augmented.pixels.shape == (6, 24, 32, 3)


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"train": 3, KEY: []},
        {"train": {"config": {"side": 77, "augment": "much"}}, KEY: {"shape": "9:5", "side": "x"}},
        {KEY: {"shape": None, "unknown": 1}},
    ],
)
def test_choices_that_cannot_be_are_passed_over(choices: dict[str, object]) -> None:
    assert kept_in(choices) == Showing()


def test_how_many_a_picture_becomes() -> None:
    assert Showing().times == 1
    assert Showing(mirror=True, turn=True).times == 8
    assert Showing(shape="3:2", turn=True).times == 2
