from ganart.settings.paths import recent_file
from ganart.settings.recent import RecentProject, RecentProjects


def test_the_newest_project_comes_first_and_once(odd_folder):
    recent = RecentProjects()
    one, other = odd_folder / "one.ganart", odd_folder / "other.ganart"
    one.mkdir()
    for folder in (one, other, one):
        recent.add(folder)
    assert RecentProjects().list() == (RecentProject(one, True), RecentProject(other, False))
    recent.remove(one)
    assert [each.path for each in recent.list()] == [other]


def test_only_so_many_are_remembered(tmp_path):
    recent = RecentProjects()
    for number in range(5):
        recent.add(tmp_path / str(number), limit=3)
    assert [each.path.name for each in recent.list()] == ["4", "3", "2"]
    recent.add(tmp_path / "secret", limit=0)
    assert recent.list() == ()


def test_a_damaged_list_is_an_empty_one(tmp_path):
    recent_file().parent.mkdir(parents=True)
    for damage in ("{", '{"projects": 3}', '{"projects": [1, "a\\u0000b", null]}'):
        recent_file().write_text(damage)
        assert RecentProjects().list() == ()
    recent_file().write_text("{")
    recent = RecentProjects()
    recent.paths()
    recent.paths()
    assert "recent.json is damaged" in str(recent.notice)
    RecentProjects().add(tmp_path)
    assert RecentProjects().list() == (RecentProject(tmp_path, True),)
