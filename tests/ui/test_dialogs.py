"""The dialogs say what they must and answer as they should."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProxyStyle,
    QPushButton,
    QSpinBox,
    QStyle,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ganart
from ganart.errors import DiskFull, DiskRanFull, FolderNotWritable, StudioError
from ganart.settings.store import Settings
from ganart.ui.dialogs.about import AboutDialog
from ganart.ui.dialogs.closing import LeaveDialog, Leaving, StoppingDialog
from ganart.ui.dialogs.error import ErrorDialog
from ganart.ui.dialogs.new_project import NewProjectDialog
from ganart.ui.dialogs.settings import SettingsDialog
from ganart.ui.faults import EndedUnexpectedly
from ganart.workers.run import ErrorReport


def texts(widget: QWidget) -> str:
    """Return all that the labels of `widget` say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_an_expected_trouble_is_told_in_its_three_sentences(qtbot: QtBot) -> None:
    error = DiskFull(folder="/art", needed="2 MB", free="1 MB")
    dialog = ErrorDialog(ErrorReport(error, str(error), "the traceback"))
    qtbot.addWidget(dialog)
    for sentence in error.sentences():
        assert sentence in texts(dialog)
    for label in dialog.findChildren(QLabel):
        assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert dialog.details.isHidden()
    dialog.show_details.click()
    assert not dialog.details.isHidden()


def test_a_trouble_can_be_copied_with_its_details(qtbot: QtBot) -> None:
    dialog = ErrorDialog(ErrorReport(None, "ZeroDivisionError", "line 7"))
    qtbot.addWidget(dialog)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError" in copied
    assert copied.endswith("line 7")


@pytest.mark.parametrize("quitting", [True, False])
def test_leaving_has_three_answers_and_escape_is_the_harmless_one(
    qtbot: QtBot, quitting: bool
) -> None:
    for number, wanted in enumerate((Leaving.KEEP_TRAINING, Leaving.STOP_AND_SAVE)):
        dialog = LeaveDialog(quitting)
        qtbot.addWidget(dialog)
        button = (dialog._keep, dialog._stop)[number]
        dialog.open()
        button.click()
        assert dialog.answer() is wanted
    dialog = LeaveDialog(quitting)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.reject()
    assert dialog.answer() is Leaving.CANCEL


def test_the_wait_for_saving_cannot_be_closed_by_hand(qtbot: QtBot) -> None:
    dialog = StoppingDialog(quitting=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.close()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.give_up.isHidden()
    dialog.finish()
    assert not dialog.isVisible()


def test_a_wait_that_takes_very_long_can_be_given_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganart.ui.dialogs.closing.PATIENCE_MS", 0)
    dialog = StoppingDialog(quitting=True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.give_up.isVisible)
    dialog.give_up.click()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_new_project_gets_a_free_name_in_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    first = NewProjectDialog(tmp_path)
    qtbot.addWidget(first)
    first.folder().mkdir()
    second = NewProjectDialog(tmp_path)
    qtbot.addWidget(second)
    assert second.folder() != first.folder()
    assert second.folder().parent == tmp_path
    assert second.create_button.isEnabled()


@pytest.mark.parametrize("name", ["", "   ", "a/b", "what?", ".hidden"])
def test_a_name_that_cannot_be_is_refused_with_a_reason(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    dialog = NewProjectDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.name.setText(name)
    assert not dialog.create_button.isEnabled()
    assert dialog.hint.text()


def test_a_name_that_is_taken_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "کاشی.ganart").mkdir()
    dialog = NewProjectDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.name.setText("کاشی")
    assert not dialog.create_button.isEnabled()
    dialog.name.setText("کاشی ۲")
    assert dialog.create_button.isEnabled()


def test_where_a_project_is_kept_and_its_pictures_are_asked_apart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = NewProjectDialog(tmp_path)
    qtbot.addWidget(dialog)
    buddies = {label.text(): label.buddy() for label in dialog.findChildren(QLabel)}
    assert buddies["&Keep the project in"] is dialog.place
    assert buddies["&Pictures to train on"] is dialog.pictures
    assert dialog.pictures_folder() is None
    dialog.pictures.setText(str(tmp_path / "gone"))
    assert not dialog.create_button.isEnabled()
    dialog.pictures.setText(str(tmp_path))
    assert dialog.create_button.isEnabled()
    assert dialog.pictures_folder() == tmp_path
    other = NewProjectDialog(tmp_path, None, "A model needs a project.")
    qtbot.addWidget(other)
    assert "&Pictures to train on" not in {label.text() for label in other.findChildren(QLabel)}


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (None, "Something went wrong"),
        (FolderNotWritable(folder="/a", reason="no"), "This could not be done"),
        (DiskRanFull(folder="/a", free="0 MB"), "The disk is full"),
        (EndedUnexpectedly(), "After an unexpected end"),
    ],
)
def test_the_title_names_the_kind_of_trouble(
    qtbot: QtBot, error: StudioError | None, title: str
) -> None:
    dialog = ErrorDialog(ErrorReport(error, "text", ""))
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == title


def test_settings_are_shown_and_told_at_once(qtbot: QtBot) -> None:
    settings = Settings()
    settings.set("recent_limit", 5)
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    changes: list[tuple[str, object]] = []
    dialog.changed.connect(lambda key, value: changes.append((key, value)))
    theme, motion, recent = (
        dialog.controls[key] for key in ("theme", "reduce_motion", "recent_limit")
    )
    assert isinstance(theme, QComboBox)
    assert isinstance(motion, QCheckBox)
    assert isinstance(recent, QSpinBox)
    assert recent.value() == 5
    theme.setCurrentIndex(theme.findData("dark"))
    motion.click()
    recent.setValue(3)
    assert changes == [("theme", "dark"), ("reduce_motion", True), ("recent_limit", 3)]
    changes.clear()
    buttons = dialog.findChild(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert dict(changes) == {"theme": "system", "reduce_motion": False, "recent_limit": 8}


def test_there_is_no_list_of_one_language(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    assert "language" not in dialog.controls


def test_about_names_the_version(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert ganart.__version__ in texts(dialog)


def test_hours_of_rest_can_be_set_once_there_is_such_a_rest(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    hours = [dialog.controls["rest_from"], dialog.controls["rest_until"]]
    assert not any(each.isEnabled() for each in hours)
    dialog.controls["rest_by_hours"].click()
    assert all(each.isEnabled() for each in hours)
    settings.set("rest_by_hours", True)
    again = SettingsDialog(settings)
    qtbot.addWidget(again)
    assert again.controls["rest_from"].isEnabled()


def test_the_settings_fit_a_small_screen_and_scroll_to_what_the_keys_lead_to(
    qtbot: QtBot,
) -> None:
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    assert dialog.height() <= 720 - 64
    dialog.resize(dialog.width(), 300)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    last = dialog.controls["priority"]
    tabs = dialog.findChild(QTabWidget)
    tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.widget(n).isAncestorOf(last)))
    dialog.controls["keep_awake"].setFocus()
    assert last.visibleRegion().isEmpty()
    for _ in dialog.controls:
        if dialog.focusWidget() is not last:
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is last
    assert last.visibleRegion().boundingRect() == last.rect()
    close = dialog.findChild(QDialogButtonBox)
    assert close.visibleRegion().boundingRect() == close.rect()


class _StyleWithIcons(QProxyStyle):
    """Wants icons on standard buttons, as Qt's styles do on a desktop of X11."""

    def styleHint(self, hint: QStyle.StyleHint, *rest: Any) -> int:
        wants = hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
        return 1 if wants else super().styleHint(hint, *rest)


def test_standard_buttons_have_no_icons_of_the_desktop(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.style().name()
    qapp.setStyle(_StyleWithIcons("Fusion"))
    try:
        plain = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        qtbot.addWidget(plain)
        assert not plain.buttons()[0].icon().isNull()  # what is to be avoided
        about, leave = AboutDialog(), LeaveDialog(quitting=True)
        for dialog in (about, leave):
            qtbot.addWidget(dialog)
            for button in dialog.findChildren(QPushButton):
                assert button.icon().isNull(), button.text()
    finally:
        qapp.setStyle(before)
