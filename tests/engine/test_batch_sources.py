import os
import shutil
import struct
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.errors import Reason, Unreadable
from ganart.engine.style import batch_sources
from ganart.engine.style.batch_sources import SourcePhoto, find_photos
from ganart.media.photo_files import Plain, save_photo
from ganart.media.style_recipe import Source, StyleRecipe
from tests.conftest import SAMPLE_PICTURES

PICTURE = min(SAMPLE_PICTURES.glob("*.png")).read_bytes()


def found(*sources, output=Path("/elsewhere")):
    return list(find_photos(sources, output, lambda: False))


def pack(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def test_folders_are_listed_with_what_is_below_them(pictures_folder):
    deep = pictures_folder / "2024" / "May"
    deep.mkdir(parents=True)
    (deep / "a.png").write_bytes(PICTURE)
    photos = found(pictures_folder)
    assert len(photos) == 25
    assert {photo.folder for photo in photos} == {"", "2024/May"}


def test_a_photo_that_two_sources_hold_comes_once(pictures_folder):
    first = min(pictures_folder.iterdir())
    photos = found(first, pictures_folder)
    assert photos[0] == SourcePhoto(first, "", "", first.stat().st_size)
    assert len(photos) == len({photo.path for photo in photos}) == 24


def test_what_is_not_there_is_told_and_the_rest_goes_on(pictures_folder, tmp_path):
    trouble, *photos = found(tmp_path / "gone", pictures_folder)
    assert isinstance(trouble, Unreadable)
    assert trouble.reason is Reason.MISSING
    assert len(photos) == 24


def test_an_output_folder_below_the_source_is_left_out(pictures_folder):
    out = pictures_folder / "stylized"
    shutil.copytree(pictures_folder, out)
    assert len(found(pictures_folder, output=out)) == 24


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif"])
def test_results_beside_the_photos_are_no_photos(pictures_folder, suffix):
    recipe = StyleRecipe("stylized", Source("a"), (), {})
    pixels = np.zeros((8, 8, 3), np.uint8)
    save_photo(pixels, pictures_folder / f"a_starry{suffix}", Plain(), recipe=recipe)
    assert len(found(pictures_folder, output=pictures_folder)) == 24
    assert len(found(pictures_folder)) == 25  # somebody else's output


def test_a_zip_is_read_in_place(tmp_path):
    path = pack(tmp_path / "نگاره‌ها.ZIP", a=b"", b__c__d=b"")  # no suffix: no pictures
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("2024/May/boat.png", PICTURE)
        archive.writestr("__MACOSX/._boat.png", b"x")
        archive.writestr("notes.txt", b"x")
    (photo,) = found(path)
    assert (photo.member, photo.folder) == ("2024/May/boat.png", "2024/May")
    assert photo.shown == path / "2024" / "May" / "boat.png"
    assert photo.content() == PICTURE


def test_names_that_lead_out_of_a_zip_lead_nowhere(tmp_path):
    path = pack(tmp_path / "a.zip", **{"../../evil.png": PICTURE, "/etc/evil.png": PICTURE})
    for photo in found(path):
        assert photo.shown.as_posix().startswith(path.as_posix())
        assert photo.content() == PICTURE


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no zip", b"PK\x03\x04" + bytes(99)])
def test_a_damaged_zip_is_told(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    (trouble,) = found(path)
    assert isinstance(trouble, Unreadable)
    assert trouble.reason is Reason.DAMAGED


def test_a_damaged_member_is_told(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", PICTURE)
    path.write_bytes(path.read_bytes().replace(PICTURE[40:60], bytes(20)))
    (photo,) = found(path)
    with pytest.raises(Unreadable) as caught:
        photo.content()
    assert caught.value.reason is Reason.DAMAGED


def test_a_member_that_unfolds_to_too_much_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(batch_sources, "MAX_MEMBER_BYTES", 1000)
    (photo,) = found(pack(tmp_path / "a.zip", **{"a.png": bytes(1001)}))
    with pytest.raises(Unreadable) as caught:
        photo.content()
    assert caught.value.reason is Reason.NO_MEMORY


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_lies_about_its_size_is_not_unpacked_whole(tmp_path, method):
    size = 30 * 2**20
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.png", bytes(size))
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    (photo,) = found(path)
    tracemalloc.start()
    with pytest.raises(Unreadable):
        photo.content()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2**20


def test_results_are_no_photos_however_the_folders_are_spelt(pictures_folder, tmp_path):
    out = pictures_folder / "stylized"
    shutil.copytree(pictures_folder, out)
    link = tmp_path / "link"
    link.symlink_to(pictures_folder)
    for source in (link, pictures_folder / ".." / pictures_folder.name):
        assert len(found(source, output=out)) == 24
        assert len(found(pictures_folder, output=source / "stylized")) == 24


def test_a_locked_member_is_told(tmp_path):
    path = pack(tmp_path / "a.zip", **{"a.png": PICTURE})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of encryption
    content[6] |= 1
    path.write_bytes(content)
    (photo,) = found(path)
    with pytest.raises(Unreadable) as caught:
        photo.content()
    assert caught.value.reason is Reason.FORBIDDEN


def test_a_zip_that_is_gone_is_told(tmp_path):
    path = pack(tmp_path / "a.zip", **{"a.png": PICTURE})
    (photo,) = found(path)
    path.unlink()
    with pytest.raises(Unreadable) as caught:
        photo.content()
    assert caught.value.reason is Reason.MISSING


def test_odd_names_are_found(tmp_path):
    names = ["a b.png", "e\u0301.png", "\u00e9.png", "a\nb.png", "🎨.png", "x" * 200 + ".png"]
    names.append(os.fsdecode(b"caf\xe9.png"))
    for name in names:
        Image.new("RGB", (2, 2)).save(tmp_path / "new.png")
        (tmp_path / "new.png").rename(tmp_path / name)
    assert {photo.path.name for photo in found(tmp_path)} == set(names)
