"""The widgets, each by itself: what people see, and every way to it by keyboard."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.gan.config import TrainConfig
from ganart.engine.options import options
from ganart.ui.widgets.choice_cards import Choice, ChoiceCards
from ganart.ui.widgets.confirm_button import ConfirmButton
from ganart.ui.widgets.curve_plot import CurvePlot, Panel, Series
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.scrubber import Scrubber
from ganart.ui.widgets.status_line import StatusLine

Key = Qt.Key


def picture(width: int, height: int, colour: str = "#204060") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(colour))
    return image


# Forms


@pytest.fixture
def form(qtbot: QtBot) -> OptionForm:
    form = OptionForm(TrainConfig)
    qtbot.addWidget(form)
    return form


def test_a_form_has_a_named_field_with_help_for_every_option(form):
    assert set(form.rows) == {each.name for each in options(TrainConfig)}
    for row in form.rows.values():
        assert row.field.accessibleName()
        assert row.info_button.accessibleName()
        row.info_button.click()
        assert not row._help.isHidden()
        assert row._help.text() == row.option.help


def test_a_form_gives_back_a_valid_config_of_the_same_values_and_types(form):
    config = TrainConfig(learning_rate=1.5e-5, seed=2**32 - 1, mirror=True, pictures=10**10)
    form.set_base({name: getattr(config, name) for name in form.rows})
    assert TrainConfig(**form.values()) == config
    assert all(type(value) is type(getattr(config, name)) for name, value in form.values().items())


def test_an_edited_option_can_be_reset_to_the_preset(form):
    row = form.rows["batch"]
    form.set_base({"batch": 24})
    assert not row.reset_button.isEnabled()
    row.field.setValue(48)
    assert form.values()["batch"] == 48
    row.reset_button.click()
    assert form.values()["batch"] == 24
    assert not row.reset_button.isEnabled()


def test_small_numbers_are_written_without_idle_zeros(form):
    field = form.rows["learning_rate"].field
    assert field.textFromValue(0.0002).endswith("2")
    assert field.textFromValue(1.0) == "1"
    assert form.rows["pictures"].field.textFromValue(100.0) == "100"


def test_units_are_translated_with_the_options(qtbot):
    class Shouting(QTranslator):
        def translate(self, context, text, _comment=None, _n=-1):
            return text.upper() if context == "options" else ""

    translator = Shouting()
    QApplication.installTranslator(translator)
    try:
        form = OptionForm(TrainConfig)
    finally:
        QApplication.removeTranslator(translator)
    qtbot.addWidget(form)
    assert form.rows["penalty_interval"].field.suffix() == " STEPS"
    assert form.rows["side"].field.itemText(0) == "8 PX"


def test_a_number_counts_while_it_is_being_typed(form, qtbot):
    form.set_base({"batch": 32})
    field = form.rows["batch"].field
    field.selectAll()
    qtbot.keyClicks(field, "64")
    assert form.values()["batch"] == 64
    assert form.rows["batch"].reset_button.isEnabled()
    field.lineEdit().clear()
    assert form.values()["batch"] == 64  # what is no number changes nothing


def test_the_wheel_changes_no_field_that_is_only_passed_over(form, qtbot):
    form.show()
    field = form.rows["batch"].field
    before = field.value()
    centre = field.rect().center()
    event = QWheelEvent(
        centre, field.mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    assert field.value() == before


# Choices and buttons


def test_cards_choose_one_by_click_and_by_arrow_key(qtbot):
    cards = ChoiceCards([Choice(key, key.upper(), f"What {key} is") for key in "abc"])
    qtbot.addWidget(cards)
    cards.show()
    cards.choose("a")
    with qtbot.waitSignal(cards.chosen, check_params_cb=lambda key: key == "b"):
        qtbot.mouseClick(cards.cards["b"], Qt.MouseButton.LeftButton)
    cards.activateWindow()
    cards.cards["b"].setFocus()
    qtbot.waitUntil(cards.cards["b"].hasFocus)
    qtbot.keyClick(cards.cards["b"], Key.Key_Right)
    assert cards.choice() == "c"
    assert cards.cards["a"].accessibleDescription() == "What a is"


def test_a_confirm_button_acts_on_the_second_click_only(qtbot):
    button = ConfirmButton("Discard", "Really?")
    qtbot.addWidget(button)
    confirmed = []
    button.confirmed.connect(lambda: confirmed.append(1))
    button.click()
    assert (button.text(), confirmed) == ("Really?", [])
    button.withdraw()
    assert button.text() == "Discard"
    button.click()
    button.click()
    assert (button.text(), confirmed) == ("Discard", [1])
    button.click()
    button.setEnabled(False)
    assert button.text() == "Discard"


def test_a_double_click_on_a_confirm_button_only_asks(qtbot, double_clicks):
    button = ConfirmButton("Discard", "Really?")
    qtbot.addWidget(button)
    button.show()
    confirmed = []
    button.confirmed.connect(lambda: confirmed.append(1))
    double_click(button)
    button.click()  # nor does a third quick one answer
    assert (button.text(), confirmed) == ("Really?", [])
    qtbot.wait(double_clicks + 50)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert confirmed == [1]


def test_the_second_click_of_an_answer_meets_nothing_that_comes_up_in_its_place(
    qtbot, double_clicks
):
    page = QStackedWidget()
    qtbot.addWidget(page)
    button, below = ConfirmButton("Discard", "Really?"), ConfirmButton("Start", "Really start?")
    page.addWidget(button)
    page.addWidget(below)
    button.confirmed.connect(lambda: page.setCurrentWidget(below))
    page.show()
    button.click()
    qtbot.wait(double_clicks + 50)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert below.isVisible()
    qtbot.mouseClick(below, Qt.MouseButton.LeftButton)
    double_click(below)
    assert not below.is_asking()
    qtbot.waitUntil(lambda: not button._shield.is_up())
    qtbot.mouseClick(below, Qt.MouseButton.LeftButton)
    assert below.is_asking()


def test_the_second_click_of_one_elsewhere_does_not_ask(qtbot, double_clicks):
    button = ConfirmButton("Discard", "Really?")
    qtbot.addWidget(button)
    button.show()
    second_click(button)
    assert not button.is_asking()


def double_click(widget: QWidget) -> None:
    """Click twice, as the system tells it."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    second_click(widget)


def second_click(widget: QWidget) -> None:
    """Click for the second time of a double click, of which the first may have been elsewhere."""
    middle = QPointF(widget.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, middle, widget.mapToGlobal(middle), button, button, none)
        QApplication.sendEvent(widget, event)


def test_the_question_of_a_confirm_button_has_the_focus_and_goes_with_it(qtbot):
    page = QWidget()
    button, other = ConfirmButton("&Discard", "Really &discard?", page), QLineEdit(page)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.setFocus()
    button.click()
    assert button.hasFocus()
    assert button.is_asking()
    other.setFocus()
    assert button.text() == "&Discard"
    assert not button.is_asking()


def test_a_fold_hides_its_content_until_it_is_opened(qtbot):
    fold = Fold("More", QLabel("content"))
    qtbot.addWidget(fold)
    fold.show()
    assert not fold.content.isVisible()
    fold.button.click()
    assert fold.content.isVisible()


# Pictures


def test_an_image_of_pixels_has_the_same_pixels_and_its_own_memory():
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    image = image_of(pixels)
    colour = image.pixelColor(6, 4)
    assert (colour.red(), colour.green(), colour.blue()) == tuple(pixels[4, 6])
    pixels[:] = 0
    assert image.pixelColor(6, 4) == colour


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    view = PictureView("nothing yet")
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    return view


def test_a_small_picture_is_enlarged_by_a_whole_number(view):
    view.set_image(picture(32, 32))
    assert view.zoom() == 6
    assert view.grab().toImage().pixelColor(150, 100) == QColor("#204060")


def test_a_picture_is_zoomed_and_moved_by_keys(view, qtbot):
    view.set_image(picture(400, 400))
    assert view.zoom() == 0.5
    qtbot.keyClick(view, Key.Key_1)
    assert view.zoom() == 1
    qtbot.keyClick(view, Key.Key_Plus)
    assert view.zoom() == 1.25
    before = view._target()
    qtbot.keyClick(view, Key.Key_Right)
    assert view._target().x() < before.x()
    qtbot.keyClick(view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Key.Key_0)
    assert view.zoom() == 0.5


def test_the_zoom_stays_for_the_next_picture_of_the_same_size(view):
    view.set_image(picture(64, 64))
    view.zoom_by(4)
    zoom = view.zoom()
    view.set_image(picture(64, 64, "#ffffff"))
    assert view.zoom() == zoom
    view.set_image(picture(32, 32))
    assert view.zoom() == 6


def test_a_scrubber_follows_the_newest_until_it_is_moved_back(qtbot):
    scrubber = Scrubber()
    qtbot.addWidget(scrubber)
    shown = []
    scrubber.moved.connect(shown.append)
    for number in range(3):
        scrubber.add_moment(f"moment {number}")
    assert shown == [0, 1, 2]
    qtbot.keyClick(scrubber.slider, Key.Key_Home)
    scrubber.add_moment("moment 3")
    assert shown[-1] == 0
    assert scrubber.caption.text() == "moment 0"
    scrubber.latest_button.click()
    assert shown[-1] == 3
    assert scrubber.is_following()


# Curves and status


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    panels = [
        Panel("Loss", (Series("a", "first"), Series("b", "second")), can_be_log=True, help="low"),
        Panel("Score", (Series("c", "third"),)),
    ]
    plot = CurvePlot(panels, "x", "Steps")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    return plot


def test_a_panel_explains_itself_over_its_title(plot):
    assert [each.titleLabel.toolTip() for each in plot._plots] == ["low", ""]


def rows(count: int) -> list[dict[str, float]]:
    return [{"x": n, "a": n + 1.0, "b": float(-n), "c": 0.5} for n in range(count)]


def test_curves_are_drawn_when_they_are_seen_and_not_before(plot, qtbot):
    for row in rows(50):
        plot.append(row)
    assert not plot._timer.isActive()
    assert plot._raw[0].xData is None
    plot.show()
    assert plot._timer.isActive()
    np.testing.assert_array_equal(plot._raw[0].xData, np.arange(50))
    plot.hide()
    assert not plot._timer.isActive()


def test_a_logarithmic_scale_leaves_gaps_instead_of_warnings(plot):
    for row in rows(50):
        plot.append(row)
    plot.append({"x": 50, "a": float("nan"), "b": float("inf"), "c": 1.0})
    plot.show()
    plot.set_log(True)
    assert np.isfinite(plot._raw[0].getData()[1][:-1]).all()
    assert np.isnan(plot._raw[1].yData).all()
    assert np.isfinite(plot._raw[2].yData).all()
    plot.set_log(False)
    assert np.isfinite(plot._raw[1].yData[:-1]).all()


def test_the_crosshair_moves_by_keys_and_tells_its_row(plot, qtbot):
    for row in rows(30):
        plot.append(row)
    plot.show()
    with qtbot.waitSignal(plot.pointed) as pointed:
        qtbot.keyClick(plot, Key.Key_Left)
    assert pointed.args == [29]
    qtbot.keyClick(plot, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert plot._hairs[0].value() == 19
    assert plot.buffer.values_at(19) == {"x": 19, "a": 20, "b": -19, "c": 0.5}
    qtbot.keyClick(plot, Key.Key_Home)
    assert plot._hairs[1].value() == 0


def test_a_curve_of_which_nothing_is_known_is_left_out_without_a_warning(qtbot):
    plot = CurvePlot([Panel("A", (Series("a", "first"),))], "x", "Steps", with_points=True)
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    plot.append({"x": 1.0, "a": float("nan")})
    plot.refresh()
    plot.grab()
    assert plot._raw[0].getData()[0] is None or not len(plot._raw[0].getData()[0])
    plot.append({"x": 2.0, "a": 3.0})
    plot.refresh()
    assert plot._raw[0].getData()[1][-1] == 3.0


@pytest.mark.parametrize("height", [40, 60, 120, 400])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (124.7, 125.5), (-0.5, 0.5)])
def test_the_numbers_of_a_low_plot_do_not_overlap(plot, height, low, high):
    axis = plot._plots[0].getAxis("left")
    ((_, ticks),) = axis.tickValues(low, high, height)[:1]
    assert len(ticks) > 1
    apart = min(b - a for a, b in pairwise(ticks)) / (high - low) * height
    assert apart >= plot.fontMetrics().height() * 0.9


def test_one_step_that_went_astray_does_not_squeeze_the_curves(plot):
    for row in rows(300):
        plot.append(row | {"a": 1.0 + row["x"] % 2, "b": 1.5, "c": 1e9 if row["x"] == 77 else 2.0})
    plot.append({"x": 300, "a": 1e6, "b": 1.5, "c": 2.0})
    plot.show()
    low, high = plot._plots[0].viewRange()[1]
    assert low <= 1.0
    assert 2.0 <= high < 10


def test_plus_and_minus_zoom_about_the_crosshair(plot, qtbot):
    for row in rows(100):
        plot.append(row)
    plot.show()
    plot.point_at(60)
    qtbot.keyClick(plot, Key.Key_Plus)
    low, high = plot._plots[0].viewRange()[0]
    assert high - low < 99
    assert (low + high) / 2 == pytest.approx(60)
    qtbot.keyClick(plot, Key.Key_Minus)
    assert np.ptp(plot._plots[0].viewRange()[0]) == pytest.approx((high - low) * 1.25)
    qtbot.keyClick(plot, Key.Key_0)
    # pyqtgraph finds the new range when it next draws.
    qtbot.waitUntil(lambda: plot.grab().isNull() or plot._plots[0].viewRange()[0][0] <= 0)


def test_curves_take_the_colours_of_another_theme(plot):
    dark, light = QPalette(), QPalette()
    dark.setColor(QPalette.ColorRole.Base, QColor("#17181a"))
    light.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    colours = []
    for palette in (dark, light):
        plot.setPalette(palette)
        colours.append(plot._smoothed[0].opts["pen"].color().name())
    assert colours[0] != colours[1]
    assert plot._smoothed[1].opts["pen"].style() == Qt.PenStyle.DashLine


def test_curves_are_not_mirrored_in_right_to_left_layouts(qtbot):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        plot = CurvePlot([Panel("Loss", (Series("a", "first"),))], "x", "Steps")
        qtbot.addWidget(plot)
        plot.resize(400, 300)
        plot.show()
        axis = plot._plots[0].getAxis("left")
        assert axis.sceneBoundingRect().left() < plot._plots[0].vb.sceneBoundingRect().left()
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_unsmoothed_curves_hide_the_smoothed_ones(plot):
    for row in rows(10):
        plot.append(row)
    plot.show()
    assert plot._smoothed[0].isVisible()
    plot.set_smooth(False)
    plot.refresh()
    assert not plot._smoothed[0].isVisible()


def test_a_status_line_tells_its_progress_to_screen_readers(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_progress(0.5)
    line.set_state("Training")
    assert line.bar.value() * 2 == line.bar.maximum()
    assert line.bar.accessibleDescription() == "Training"
    line.set_progress(None)
    assert line.bar.maximum() == 0
