"""What the tests of the Dataset page share: pictures on a page or a desk, and what is noted."""

from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.records import PictureRow
from ganart.resources import resource
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

COUNT = 24
PHOTOS = sorted(resource("sample/photos").glob("*.jpg"))


def full_desk(qtbot: QtBot, session: Session, folder: Path, count: int) -> Desk:
    """Return a desk that has the pictures of `folder`, of which `count` are readable."""
    session.add_folders([folder])
    desk = Desk(session, session)
    qtbot.waitUntil(
        lambda: not session.is_busy() and len(desk.pictures.rows) == count, timeout=WAIT_MS
    )
    return desk


def full_page(qtbot: QtBot, session: Session, folder: Path, count: int = COUNT) -> DatasetPage:
    """Return a page that shows the pictures of `folder`."""
    page = DatasetPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    with qtbot.waitSignal(session.idle, timeout=WAIT_MS):
        session.add_folders([folder])
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == count, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    page.pictures.grid.setFocus()
    return page


def select(page: DatasetPage, *places: int) -> None:
    """Select the pictures at these places; the first one is the current one."""
    page.pictures.chooser.choose(places, places[0] if places else None)


def current_name(page: DatasetPage) -> str:
    """Return the name of the picture that keys start from."""
    return str(page.pictures.grid.currentIndex().data())


def names(page: DatasetPage) -> list[str]:
    """Return the names of the pictures that are shown, in their order."""
    model = page.pictures.model
    return [str(model.index(place).data()) for place in range(model.rowCount())]


def selected(page: DatasetPage) -> list[str]:
    """Return the names of the selected pictures in their order."""
    rows = (page.desk.pictures.row(each) for each in page.pictures.chosen())
    return [row.path.name for row in rows if row is not None]


def catalogued(session: Session) -> list[PictureRow]:
    """Return the readable pictures as the file of the catalogue has them."""
    assert session.project is not None
    with Catalogue(session.project.catalogue_path) as catalogue:
        return catalogue.pictures()


def settle(qtbot: QtBot, session: Session) -> None:
    """Wait until all that was noted is written and all that was asked for is found."""
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


def of(rows: Sequence[PictureRow], *places: int) -> list[Path]:
    """Return the paths of some pictures."""
    return [rows[place].path for place in places]
