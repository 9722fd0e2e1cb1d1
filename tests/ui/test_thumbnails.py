"""Thumbnails come from the catalogue, the wanted ones and no others."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import CatalogueBusy
from ganart.datasets.scan import scan
from ganart.workers.images import image_from
from ganart.workers.thumbnails import Thumbnails


@pytest.fixture
def catalogue_path(tmp_path: Path, pictures_folder: Path) -> Path:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as catalogue:
        catalogue.add_source(pictures_folder)
        list(scan(catalogue, lambda: None))
    return path


def test_wanted_thumbnails_are_loaded(qtbot: QtBot, catalogue_path: Path) -> None:
    with Catalogue(catalogue_path) as catalogue:
        ids = [picture.id for picture in catalogue.pictures()][:5]
    thumbnails = Thumbnails(catalogue_path)
    loaded: dict[int, QImage] = {}
    thumbnails.loaded.connect(loaded.update)
    thumbnails.want(ids)
    qtbot.waitUntil(lambda: len(loaded) == 5)
    thumbnails.stop()
    assert list(loaded) == ids
    assert all(0 < image.width() <= 128 for image in loaded.values())


def test_a_damaged_thumbnail_is_none_and_ends_nothing() -> None:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG")
    content = stream.getvalue()
    assert image_from(content).width() == 8
    place = content.index(b"\xff\xc0") + 5  # its height and width
    for damaged in (content[:place] + b"\xff\xff\xff\xff" + content[place + 4 :], content[:30]):
        assert image_from(damaged).isNull()


def test_an_unknown_picture_has_a_null_thumbnail(qtbot: QtBot, catalogue_path: Path) -> None:
    thumbnails = Thumbnails(catalogue_path)
    with qtbot.waitSignal(thumbnails.loaded) as blocker:
        thumbnails.want([987_654])
    thumbnails.stop()
    assert blocker.args[0][0][1].isNull()


def test_a_catalogue_that_could_not_be_read_is_tried_again(
    qtbot: QtBot, catalogue_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_catalogue: Catalogue, _picture_id: int) -> bytes:
        raise CatalogueBusy(path=catalogue_path)

    with monkeypatch.context() as busy:
        busy.setattr(Catalogue, "thumbnail", refuse)
        thumbnails = Thumbnails(catalogue_path)
        thumbnails.want([1])
        qtbot.waitUntil(thumbnails._reader.isFinished)
    with qtbot.waitSignal(thumbnails.loaded) as blocker:
        thumbnails.retry()
        thumbnails.want([1])
    assert not blocker.args[0][0][1].isNull()
    thumbnails.stop()


def test_without_a_catalogue_nothing_is_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path / "missing" / "catalogue.sqlite")
    thumbnails.want([1])
    thumbnails.stop()
