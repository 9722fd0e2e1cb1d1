"""Every Alt+letter means one thing: an ambiguous one only moves the focus about."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.gan.config import TrainConfig
from ganart.media.composition import evenly
from ganart.media.drawn import Drawn
from ganart.media.point import Point
from ganart.project.runs import Runs
from ganart.ui.dialogs.closing import LeaveDialog, StoppingDialog
from ganart.ui.dialogs.error import ErrorDialog
from ganart.ui.dialogs.new_project import NewProjectDialog
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.explore.export_dialog import ExportDialog, Subject
from ganart.ui.pages.moment_dialogs import BranchDialog, TimelapseDialog
from ganart.ui.pages.stylize import StylizePage
from ganart.ui.pages.train_tabs import TrainTabs
from ganart.ui.widgets.fold import Fold
from ganart.workers.export_choices import KINDS, ExportChoices
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session
from tests.ui.gallery import save_pictures
from tests.ui.kept_moments import a_moment, keep_moment
from tests.ui.studio import keep_model_file

SUBJECT = Subject(
    Drawn(32, 32, stretched_from=1.5),
    Point.at(1),
    (Point.at(1), Point.at(2)),
    evenly((Point.at(1), Point.at(2)), 4.0),
)


def ambiguous(root: QWidget, *more: str) -> list[str]:
    """Return the keys that two visible texts in `root`, or one and one of `more`, claim."""
    texts = [each.text() for each in root.findChildren(QAbstractButton) if each.isVisible()]
    labels = [each for each in root.findChildren(QLabel) if each.isVisible() and each.buddy()]
    texts += [each.text() for each in labels]
    keys = Counter(QKeySequence.mnemonic(text).toString() for text in [*texts, *more])
    return [key for key, claims in keys.items() if key and claims > 1]


def test_no_key_is_claimed_twice_on_any_page(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    pictures_folder: Path,
    toy_training: None,
    no_quick_looks: None,
) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    pages = ("dataset", "train", "explore", "stylize", "gallery")
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        qtbot.waitUntil(lambda: not session.is_busy() or session.training is not None)
        assert len(window.findChildren(QAbstractButton)) > 3
        found[state] = ambiguous(window, *menus)

    def look_at_tabs(state: str) -> None:
        window.pages.show_page("train")
        tabs = window.findChild(TrainTabs)
        assert tabs is not None
        names = [tabs.tabText(index) for index in range(tabs.count())]
        for index, name in enumerate(names):
            tabs.setCurrentIndex(index)
            ways = tabs.moments.compare
            ways.box.setCurrentIndex(ways.box.count() - 1)
            ways.ways.setCurrentIndex(ways.ways.count() - 1)
            found[f"{state} {name}"] = ambiguous(window, *menus, *names)

    look("welcome")
    session.create_project(tmp_path / "Tiles")
    for page in pages:
        window.pages.show_page(page)
        look(f"empty {page}")

    project = session.project
    run = Runs(project.runs_folder).create({"side": 32}, "sketch-32")
    folder = project.folder
    session.close_project()
    assert session.open_project(folder)
    assert window.notice.text()
    keep_model_file(project, seed=1)
    save_pictures(project, 2)
    with qtbot.waitSignal(session.dataset_changed):
        session.add_folders([pictures_folder])
        window.pages.show_page("dataset")
        found["scan"] = ambiguous(window, *menus)
    for page in pages:
        window.pages.show_page(page)
        for fold in window.pages.currentWidget().findChildren(Fold):
            fold.button.setChecked(page == "train" and fold.isVisible())
        look(f"full {page}")
    gallery = window.pages.currentWidget()
    gallery.show_loupe()
    look("loupe")
    gallery.show_grid()
    gallery.view.selectAll()
    gallery.show_compare()
    assert gallery.stack.currentWidget() is gallery.compare
    look("compare")
    gallery.show_grid()
    keep_moment(project, run.id, 3)
    keep_moment(project, run.id, 5)
    window.pages.train_run(run.id)
    look("run")
    look_at_tabs("run")
    lesson = window.pages.currentWidget().lesson
    lesson.enter()
    for number in range(6):
        lesson.show_chapter(number)
        look(f"chapter {number}")
    lesson.leave()
    for mode in ("photo", "batch", "brush", "film"):
        window.pages.show_page("stylize")
        shown = window.pages.currentWidget()
        assert isinstance(shown, StylizePage)
        shown.show_mode(mode)
        for fold in shown.findChildren(Fold):
            fold.button.setChecked(fold.isVisible())
        look(f"stylize {mode}")
    training = session.start_training(TrainConfig(), "sketch-32")
    look("training")
    look_at_tabs("training")
    window.pages.show_lesson()
    look("lesson beside a training")
    training.stop()  # or closing the window would ask what becomes of it
    qtbot.waitUntil(lambda: session.training is None)
    assert {state: keys for state, keys in found.items() if keys} == {}


def test_no_key_is_claimed_twice_in_any_menu(window: MainWindow) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        keys = Counter(QKeySequence.mnemonic(each.text()).toString() for each in menu.actions())
        assert [key for key, claims in keys.items() if key and claims > 1] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: NewProjectDialog(Path.home()),
        lambda: LeaveDialog(quitting=True),
        lambda: StoppingDialog(quitting=True),
        lambda: ErrorDialog(ErrorReport(None, "fault", "line 7")),
        *(lambda kind=kind: ExportDialog(SUBJECT, kind, ExportChoices()) for kind in KINDS),
        lambda: TimelapseDialog((1, 2), QSize(32, 32), 3, QSize(192, 192), 4),
        lambda: BranchDialog(a_moment(), "the rest", is_live=False),
    ],
)
def test_no_key_is_claimed_twice_in_any_dialog(qtbot: QtBot, make) -> None:
    dialog: QDialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    assert ambiguous(dialog) == []
    dialog.done(0)
