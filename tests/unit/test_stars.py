import pytest

from ganart.errors import FolderNotWritable
from ganart.project.stars import set_star, starred


def test_stars_are_set_and_taken_away(tmp_path):
    assert starred(tmp_path) == frozenset()
    set_star(tmp_path, 400)
    assert set_star(tmp_path, 90) == starred(tmp_path) == {90, 400}
    assert set_star(tmp_path, 400, on=False) == starred(tmp_path) == {90}
    set_star(tmp_path, 7, on=False)
    assert starred(tmp_path) == {90}


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"schema": 1}', b'{"schema": 1, "steps": "all"}'])
def test_damaged_stars_are_none_and_can_be_set_anew(tmp_path, damage):
    (tmp_path / "stars.json").write_bytes(damage)
    assert starred(tmp_path) == frozenset()
    assert set_star(tmp_path, 3) == {3}


def test_what_is_no_step_is_passed_over(tmp_path):
    (tmp_path / "stars.json").write_bytes(b'{"schema": 1, "steps": [4, -1, true, "5", 2.5, null]}')
    assert starred(tmp_path) == {4}


def test_stars_need_a_folder(tmp_path):
    with pytest.raises(FolderNotWritable):
        set_star(tmp_path / "gone", 3)
