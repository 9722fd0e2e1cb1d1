"""The welcome page: ways in, and the recent projects with the missing ones greyed."""

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from ganart.settings.recent import RecentProject
from ganart.ui.pages.welcome import ActionCard, WelcomePage


def page_with(qtbot: QtBot, *projects: RecentProject) -> WelcomePage:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.show_recent(projects)
    page.resize(1000, 700)
    page.show()
    return page


def test_every_card_asks_by_mouse_and_by_keyboard(qtbot: QtBot) -> None:
    page = page_with(qtbot)
    signals = (
        page.new_asked,
        page.open_asked,
        page.sample_asked,
        page.stylize_asked,
        page.tour_asked,
        page.lesson_asked,
    )
    for card, signal in zip(page.cards, signals, strict=True):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(signal):
            qtbot.keyClick(card, Qt.Key.Key_Space)
        assert not card.shortcut().isEmpty()


def test_cards_have_names_for_screen_readers(qtbot: QtBot) -> None:
    page = page_with(qtbot)
    for card in page.cards:
        name = QAccessible.queryAccessibleInterface(card).text(QAccessible.Text.Name)
        assert name
        assert "&" not in name


def test_a_recent_project_opens_by_click_and_by_enter(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "کاشی & نقش.ganart"
    page = page_with(qtbot, RecentProject(folder, exists=True))
    recent = page.recent
    with qtbot.waitSignal(recent.opened) as blocker:
        place = recent.visualItemRect(recent.item(0)).center()
        qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args == [folder]
    recent.setCurrentRow(0)
    with qtbot.waitSignal(recent.opened):
        qtbot.keyClick(recent, Qt.Key.Key_Return)


def test_a_missing_project_says_so_and_can_be_taken_off_the_list(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path.joinpath(*["a long name"] * 20) / "Gone.ganart"
    page = page_with(qtbot, RecentProject(folder, exists=False))
    recent = page.recent
    recent.setFocus()
    recent.setCurrentRow(0)
    with qtbot.waitSignal(recent.opened):  # it may be back; else opening it tells
        qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert "no longer there" in recent.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    with qtbot.waitSignal(recent.removed) as blocker:
        recent.actions()[0].trigger()
    assert blocker.args == [folder]
    assert not recent.grab().isNull()


def test_a_name_that_is_no_unicode_survives_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe") / "caf\udce9.ganart"
    page = page_with(qtbot, RecentProject(folder, exists=True))
    recent = page.recent
    with qtbot.waitSignal(recent.opened) as blocker:
        recent.itemActivated.emit(recent.item(0))
    assert blocker.args == [folder]
    assert not recent.grab().isNull()


def test_an_empty_list_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    page = page_with(qtbot)
    assert page.recent.isHidden()
    page.show_recent([RecentProject(tmp_path, exists=True)])
    assert not page.recent.isHidden()


def test_recent_projects_scroll_only_where_there_is_no_room(qtbot: QtBot, tmp_path: Path) -> None:
    many = [RecentProject(tmp_path / f"{number}.ganart", exists=True) for number in range(8)]
    page = page_with(qtbot, *many[:5])
    bar = page.recent.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    page.show_recent(many)
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # 700 px are not enough
    page.resize(1000, 900)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_cards_lose_no_words_in_the_smallest_window(qtbot: QtBot) -> None:
    page = page_with(qtbot)
    around = QStackedWidget()
    qtbot.addWidget(around)
    around.addWidget(page)
    around.resize(1, 1)
    around.show()
    for card in page.cards:
        assert card.height() >= card.heightForWidth(card.width()), card.text()


def test_what_has_the_focus_is_framed_and_what_the_mouse_is_on_is_filled(qtbot: QtBot) -> None:
    page = page_with(qtbot)
    card = page.cards[2]

    def look(card: ActionCard) -> tuple[QColor, QColor]:
        picture = card.grab().toImage()
        edge = picture.pixelColor(picture.width() // 2, 1)
        return edge, picture.pixelColor(picture.width() // 2, 5)

    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.cards[0].setFocus()
    _, fill = look(card)
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    hovered_edge, hovered_fill = look(card)
    assert hovered_edge.hsvSaturation() < 30
    assert hovered_fill != fill
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    card.setFocus()
    focused_edge, focused_fill = look(card)
    assert focused_edge.hsvSaturation() > 100
    assert focused_fill == fill
