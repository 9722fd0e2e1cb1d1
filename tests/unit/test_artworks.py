import os

from ganart.project.artworks import Artworks


def test_artworks_are_listed_newest_first(odd_folder):
    names = ["old.png", "loop.GIF", "loop.webp", "new.mp4"]
    for age, name in enumerate(names):
        (odd_folder / name).write_bytes(b"x" * (age + 1))
        os.utime(odd_folder / name, (1_700_000_000 + age, 1_700_000_000 + age))
    for other in (".hidden.png", "index.json", "Thumbs.db"):
        (odd_folder / other).touch()
    (odd_folder / "models").mkdir()
    (odd_folder / "folder.png").mkdir()
    found = Artworks(odd_folder).list()
    assert [work.path.name for work in found] == names[::-1]
    assert [work.kind for work in found] == ["loop", "loop", "loop", "picture"]
    assert [work.bytes for work in found] == [4, 3, 2, 1]
    assert found[0].created.timestamp() == 1_700_000_003


def test_a_missing_folder_has_no_artworks(tmp_path):
    assert Artworks(tmp_path / "missing").list() == ()


def test_a_dangling_link_is_no_artwork(tmp_path):
    (tmp_path / "art.png").symlink_to(tmp_path / "gone.png")
    assert Artworks(tmp_path).list() == ()


def test_results_in_folders_inside_are_artworks_too(odd_folder):
    for name in ("one.jpg", "stylized/two.tif", "stylized/deep/three.png", ".hidden/four.png"):
        path = odd_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {work.path.name for work in Artworks(odd_folder).list()}
    assert found == {"one.jpg", "two.tif", "three.png"}
