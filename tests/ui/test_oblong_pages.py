"""Pictures that are no squares keep their shape wherever the window shows them."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ganart.media.drawn import Drawn
from ganart.media.pictures import save_png
from ganart.media.point import Point
from ganart.ui.pages.explore.canvas_field import CELL_PX
from ganart.ui.pages.explore.export_dialog import ExportDialog, Subject
from ganart.ui.pages.explore.genes_strip import STOPS, GeneStrip
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.widgets import words
from ganart.ui.widgets.fitting import fitted
from ganart.ui.widgets.picture_rows import picture_rows
from ganart.workers.export_choices import ExportChoices
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of

ASPECT = 1.5


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_model_file(open_session.project, seed=1, shape="3:2")
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)
    return page


def test_the_easel_shows_the_picture_whole(page):
    assert page.easel.view.image().size() == QSize(12, 8)


def test_the_map_has_places_of_the_pictures_shape(page, qtbot):
    chart = page.canvas.map
    qtbot.waitUntil(lambda: chart.picture is not None, timeout=WAIT_MS)
    across, down = chart.pitch
    assert across / down == pytest.approx(ASPECT)
    assert across * down == pytest.approx(CELL_PX**2)
    lens = chart.lens()
    assert lens.width() / lens.height() == pytest.approx(ASPECT)
    place = chart.place_at(QPointF(10, 20))
    assert (chart.on_screen(place) - QPointF(10, 20)).manhattanLength() < 1e-6
    seen = chart.tiles(whole=True)
    for tile in (seen[0], seen[-1]):
        spot = chart.on_screen(tile)
        assert chart.rect().contains(spot.toPoint())
        assert spot.x() - across / 2 >= -1e-6
        assert spot.y() + down / 2 <= chart.height() + 1e-6
    while chart.cell < (larger := chart.cell) * 1.01:
        chart.zoom_in()
        if chart.cell == larger:
            break
    assert chart.lens().width() <= chart.width()
    assert chart.lens().height() <= chart.height()


def test_a_tile_of_the_map_is_its_picture(page, qtbot):
    chart = page.canvas.map
    qtbot.waitUntil(
        lambda: not chart.is_waiting() and page.canvas.thumbs.is_complete(), timeout=WAIT_MS
    )
    tile = next(each for each in chart.tiles(whole=True) if max(map(abs, each)) > 1)
    thumb = pixels_of(chart.thumb_of(tile).pixmap.toImage()).astype(int)
    assert thumb.shape == (8, 12, 3)
    width, height = chart.pitch
    corner = chart.on_screen(tile) - QPointF(width / 2, height / 2)
    shown = pixels_of(chart.grab().toImage())
    for row, column in ((0, 0), (7, 11), (4, 2)):
        x = corner.x() + (column + 0.5) / 12 * width
        y = corner.y() + (row + 0.5) / 8 * height
        assert np.abs(shown[int(y), int(x)] - thumb[row, column]).max() < 40


def test_bred_tiles_have_the_pictures_shape(page, qtbot):
    breed = page.breed
    page.tabs.setCurrentWidget(breed)
    for seed in (1, 5):
        page.easel.seed.number.setValue(seed)
        breed.tray.add_button.click()
    breed.breed_button.click()
    qtbot.waitUntil(
        lambda: bool(breed.brood.points) and all(map(breed.pictures.picture, breed.brood.points)),
        timeout=WAIT_MS,
    )
    boxes = [breed.grid.tile(place) for place in range(9)]
    for box in boxes:
        assert box.width() / box.height() == pytest.approx(ASPECT, abs=0.02)
        assert breed.grid.rect().contains(box)
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_the_strip_of_a_gene_is_as_high_as_its_pictures(qtbot):
    strip = GeneStrip()
    qtbot.addWidget(strip)
    strip.resize(7 * 64, 64)
    strip.show()
    image = QImage(12, 8, QImage.Format.Format_RGB888)
    image.fill(0)
    strip.set_tiles([image] * len(STOPS))
    box = strip.tile_rect(3)
    assert box.width() / box.height() == pytest.approx(ASPECT, abs=0.02)
    assert strip.height() == box.height()


def test_the_part_of_a_photo_has_the_models_shape(page, tmp_path, qtbot):
    save_png(np.zeros((60, 60, 3), np.uint8), tmp_path / "square.png")
    setup = page.photo.setup
    setup.set_photo(tmp_path / "square.png")
    qtbot.waitUntil(lambda: not setup.crop().isNull(), timeout=WAIT_MS)
    assert setup.crop().size() == QSize(60, 40)
    assert setup.part.isEnabled()


def test_rows_of_pictures(qtbot):
    rows = picture_rows(np.zeros((5, 8, 12, 3), np.uint8), 3, 48, 1.0)
    assert rows.size() == QSize(3 * 48 + 2 * 4, 2 * 32 + 4)


def test_a_picture_is_fitted_into_a_box():
    assert fitted(QSize(12, 8), QRect(0, 0, 60, 60)).getRect() == (0, 10, 60, 40)
    assert fitted(QSize(5, 5), QRect(3, 4, 60, 60)).getRect() == (3, 4, 60, 60)


@pytest.mark.parametrize(
    ("aspect", "said"),
    [
        (1.0, "1:1"),
        (1.5, "3:2"),
        (2 / 3, "2:3"),
        (1.338, "4:3"),
        (16 / 9, "1.78:1"),
        (0.3, "1:3.33"),
    ],
)
def test_proportions_in_words(aspect, said):
    assert words.proportion(aspect) == said


# Saving


def make_dialog(qtbot: QtBot, drawn: Drawn) -> ExportDialog:
    points = (Point.at(1), Point.at(2))
    dialog = ExportDialog(Subject(drawn, points[0], points), "picture", ExportChoices())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_saved_has_the_shape_that_the_model_draws(qtbot):
    dialog = make_dialog(qtbot, Drawn(48, 32))
    assert dialog.summary.text().startswith("192 × 128 px")
    assert not dialog.back_button.isVisible()


def test_stretched_pictures_can_be_pulled_back(qtbot):
    dialog = make_dialog(qtbot, Drawn(32, 32, ASPECT))
    assert dialog.summary.text().startswith("128 × 128 px")
    assert "(3:2)" in dialog.back_button.text()
    dialog.back_button.click()
    assert dialog.summary.text().startswith("192 × 128 px")
    assert dialog.output().aspect == "pictures"
    assert not dialog.back_button.isVisible()
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData("sheet"))
    assert dialog.back_button.isVisible()


def test_choices_of_before_there_were_shapes_are_as_the_model_draws(open_session, qtbot):
    project = open_session.project
    choices = ExportChoices()
    choices.put("picture", choices.of("picture").__class__(scale=7))
    list(choices.save(project)(lambda: None))
    path = project.folder / "explore" / "export.json"
    text = path.read_text()
    assert '"aspect": "drawn"' in text
    older = text.replace('"schema": 2', '"schema": 1').replace('"drawn"', '"1:1"')
    path.write_text(older)
    assert ExportChoices.read(project).of("picture").aspect == "drawn"
    assert ExportChoices.read(project).of("picture").scale == 7
