import os

import pytest

from ganart.datasets.errors import Reason
from ganart.datasets.walk import Unlisted, walk

PNG = b"\x89PNG\r\n\x1a\n and more"


def put(path, content=PNG):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def found(source, stop=lambda: False):
    return [item.path.relative_to(source).as_posix() for item in walk(source, stop)]


def test_files_come_in_order_of_names_with_size_and_time(tmp_path):
    for name in ("b.png", "a.jpg", "inner/c.webp"):
        put(tmp_path / name)
    items = list(walk(tmp_path, lambda: False))
    assert [item.path.name for item in items] == ["a.jpg", "b.png", "c.webp"]
    assert items[0].size_bytes == len(PNG)
    assert items[0].mtime_ns == (tmp_path / "a.jpg").stat().st_mtime_ns


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.png", "._fork.png", "Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/a.png",
        ".cache/a.png", "Mine.ganart/prepared/a.png", "@eaDir/a.png",
    ],
)  # fmt: skip
def test_system_files_and_projects_are_left_out(tmp_path, name):
    put(tmp_path / name)
    assert found(tmp_path) == []


def test_other_files_are_left_out_unless_they_begin_like_a_picture(tmp_path):
    put(tmp_path / "notes.txt", b"hello")
    put(tmp_path / "film.mp4", b"\0\0\0\x18ftypmp42")
    put(tmp_path / "download")
    put(tmp_path / "photo.jpg_large", b"\xff\xd8\xff\xe0")
    assert found(tmp_path) == ["download", "photo.jpg_large"]


def test_folder_named_like_a_picture_is_a_folder(tmp_path):
    put(tmp_path / "x.png" / "y.png")
    assert found(tmp_path) == ["x.png/y.png"]


def test_links_are_followed_and_circles_end(tmp_path):
    put(tmp_path / "real" / "a.png")
    try:
        (tmp_path / "real" / "up").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "twin").symlink_to(tmp_path / "real", target_is_directory=True)
        (tmp_path / "z.png").symlink_to(tmp_path / "z.png")
    except OSError:
        pytest.skip("links are not allowed here")
    assert found(tmp_path) == ["z.png", "real/a.png"]


def test_pipe_without_a_picture_name_is_left_alone(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("the system has no named pipes")
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == []


def test_missing_source_is_told(tmp_path):
    assert list(walk(tmp_path / "gone", lambda: False)) == [
        Unlisted(tmp_path / "gone", Reason.MISSING)
    ]


def test_deep_nests_are_walked(tmp_path):
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
    try:
        put(folder / "a.png")
    except OSError:
        pytest.skip("this system does not allow such long paths")
    assert len(found(tmp_path)) == 1


def test_walk_ends_when_asked(tmp_path):
    for index in range(5):
        put(tmp_path / f"{index}.png")
    assert found(tmp_path, stop=iter([False, False, True]).__next__) == ["0.png", "1.png"]
