"""The curated set is exported from the Dataset page, and what was noted of it comes back."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from ganart.engine.set_export import NoArchive
from ganart.ui.dialogs.export_set import ExportSetDialog, SetChoices, Which
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.widgets.words import data_size
from ganart.workers.errands import Taking
from ganart.workers.pictures import Note
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session


@pytest.fixture
def page(qtbot: QtBot, open_session: Session) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    assert open_session.shutdown(20)


@pytest.fixture
def art(qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path) -> Path:
    """Return a folder of the dataset: one picture is picked, one rejected, two have stars."""
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    for number in range(5):
        values = np.random.default_rng(number).integers(0, 256, (16, 24, 3))
        Image.fromarray(values.astype(np.uint8)).save(folder / f"{number}.png")
    add(qtbot, open_session, folder)
    marks = {folder / "0.png": "picked", folder / "1.png": "rejected"}
    stars = {folder / "1.png": 5, folder / "2.png": 3}
    open_session.curation.note({Note.MARK: marks, Note.STARS: stars}, "cull")
    settle(qtbot, open_session)
    return folder


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_busy())


def add(qtbot: QtBot, session: Session, *additions: Path | Taking) -> None:
    session.add_sources(additions)
    settle(qtbot, session)


def asked(page: DatasetPage, place: Path) -> ExportSetDialog:
    page.exporter.button.click()
    dialog = page.exporter.dialog
    assert dialog is not None
    dialog.place.setText(str(place))
    dialog.name.setText("set")
    return dialog


def test_the_size_of_the_next_training_is_offered_first(page, art, open_session, tmp_path):
    open_session.shown_as.put({"side": 128, "shape": "3:2"})
    dialog = asked(page, tmp_path)
    assert (
        dialog.width_box.value(),
        dialog.height_box.value(),
    ) == open_session.shown_as.showing.size
    assert dialog.width_box.value() > dialog.height_box.value() > 64
    dialog.reject()


def test_what_is_wanted_is_counted_and_measured(
    qtbot: QtBot, page: DatasetPage, open_session: Session, art: Path
) -> None:
    rows = open_session.pictures.rows
    dialog = ExportSetDialog(rows, {rows[1].id, rows[4].id}, SetChoices(name="set"))
    qtbot.addWidget(dialog)
    texts = []
    for which, stars in ((Which.KEPT, 0), (Which.PICKED, 0), (Which.SHOWN, 0), (Which.KEPT, 3)):
        dialog.which.setCurrentIndex(dialog.which.findData(which))
        dialog.stars.setValue(stars)
        taken = [row for row in rows if row.id in dialog.wish().ids]
        assert data_size(sum(row.size_bytes for row in taken)) in dialog.estimate.text()
        texts.append("".join(row.path.stem for row in taken))
    assert texts == ["0234", "0", "14", "2"]
    dialog.prepared.click()
    dialog.width_box.setValue(64)
    assert data_size(64 * 256 * 3) in dialog.estimate.text()
    assert dialog.wish().size == (64, 256)
    dialog.stars.setValue(5)
    assert not dialog.export.isEnabled()


@pytest.mark.parametrize(
    ("name", "place", "is_fine"),
    [("set", "/x", True), ("", "/x", False), ("a/b", "/x", False), ("set", "here", False)],
)
def test_only_sound_names_are_taken(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    art: Path,
    name: str,
    place: str,
    is_fine: bool,
) -> None:
    dialog = ExportSetDialog(open_session.pictures.rows, (), SetChoices())
    qtbot.addWidget(dialog)
    dialog.place.setText(str(art) if place == "/x" else place)
    dialog.name.setText(name)
    assert dialog.export.isEnabled() is is_fine


def test_a_folder_is_written_and_offered_to_be_shown(
    qtbot: QtBot, page: DatasetPage, open_session: Session, art: Path, tmp_path: Path
) -> None:
    (art / "2.png").unlink()
    asked(page, tmp_path).export.click()
    assert not page.exporter.button.isEnabled()
    settle(qtbot, open_session)
    target = tmp_path / "set"
    assert sorted(each.name for each in (target / "pictures").iterdir()) == [
        "0.png",
        "3.png",
        "4.png",
    ]
    assert len(json.loads((target / "manifest.json").read_text())["pictures"]) == 3
    strip = page.exporter.strip
    assert strip.isVisible()
    assert "could not be read: 1" in strip.label.text()
    assert "2.png" in strip.label.toolTip()
    assert strip.show_button.isVisible()
    strip.close_button.click()
    assert not strip.isVisible()
    assert page.exporter.button.isEnabled()


def test_a_taken_name_is_told_before(
    qtbot: QtBot, page: DatasetPage, open_session: Session, art: Path, tmp_path: Path
) -> None:
    (tmp_path / "set.zip").touch()
    dialog = asked(page, tmp_path)
    dialog.archive.click()
    dialog.export.click()
    assert dialog.isVisible()
    assert "already" in dialog.message.text()
    dialog.name.setText("other")
    assert dialog.message.isHidden()
    dialog.export.click()
    settle(qtbot, open_session)
    with zipfile.ZipFile(tmp_path / "other.zip") as archive:
        assert "manifest.csv" in archive.namelist()
    page.exporter.button.click()
    assert page.exporter.dialog.archive.isChecked()  # as the last time
    page.exporter.dialog.reject()


def test_other_archives_are_refused_in_words(
    qtbot: QtBot, page: DatasetPage, open_session: Session, art: Path, tmp_path: Path
) -> None:
    reports: list[ErrorReport] = []
    open_session.failed.connect(reports.append)
    dialog = asked(page, tmp_path)
    dialog.name.setText("set.rar")
    dialog.export.click()
    settle(qtbot, open_session)
    assert [type(report.error) for report in reports] == [NoArchive]
    assert page.exporter.strip.isHidden()
    assert not (tmp_path / "set.rar").exists()


def test_a_cancelled_export_leaves_nothing_behind(
    qtbot: QtBot, page: DatasetPage, open_session: Session, art: Path, tmp_path: Path
) -> None:
    asked(page, tmp_path / "out").export.click()
    page.exporter.strip.cancel.click()
    settle(qtbot, open_session)
    assert page.exporter.strip.isHidden()
    out = tmp_path / "out"
    assert not out.exists() or list(out.iterdir()) == []


@pytest.mark.parametrize("is_zip", [False, True])
def test_an_exported_set_brings_its_notes_along(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    art: Path,
    tmp_path: Path,
    is_zip: bool,
) -> None:
    crop = '{"crop":[0.0,0.0,0.5,1.0]}'
    step = {
        Note.TAGS: {art / "2.png": frozenset({"sea"})},
        Note.WEIGHT: {art / "3.png": 2.0},
        Note.FRAMING: {art / "4.png": crop},
    }
    open_session.curation.note(step, "note")
    settle(qtbot, open_session)
    dialog = asked(page, tmp_path)
    (dialog.archive if is_zip else dialog.folder).click()
    dialog.export.click()
    settle(qtbot, open_session)
    assert open_session.create_project(tmp_path / "Other")
    add(qtbot, open_session, Taking(tmp_path / "set.zip") if is_zip else tmp_path / "set")
    said = {
        row.path.stem: (row.mark.value, row.stars, row.weight, set(row.tags), row.framing)
        for row in open_session.pictures.rows
    }
    assert said == {
        "0": ("picked", 0, 1.0, set(), None),
        "2": ("none", 3, 1.0, {"sea"}, None),
        "3": ("none", 0, 2.0, set(), None),
        "4": ("none", 0, 1.0, set(), crop),
    }
    assert not open_session.undo.canUndo()
