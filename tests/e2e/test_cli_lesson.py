import pytest

from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.marks import read_marks
from ganart.project.runs import Runs

TRAINED = [each for each in CHAPTERS if each.preset]


def test_a_chapter_is_trained_and_told(ganart, trained):
    result = ganart("lesson", "--project", trained, "--chapter=1", "--minutes=0.01", "--json")
    assert result.code == 0
    (told,) = result.json["chapters"]
    assert told["chapter"] == TRAINED[0].key
    assert told["ended"] == "budget spent"
    assert "tosses a coin" in told["said"][0]
    assert told["said"][0] in result.err
    assert TRAINED[0].about[0] in result.err
    record = Runs(trained / "runs").load(told["run"])
    assert (record.preset, record.config["minutes"]) == ("lesson-fc", 0.01)
    assert told["grid"].startswith(str(trained))


def test_the_cure_is_applied_when_half_of_the_chapter_is_over(ganart, trained):
    result = ganart("lesson", "--project", trained, "--chapter=3", "--minutes=0.05", "--json")
    assert result.code == 0
    (told,) = result.json["chapters"]
    runs = Runs(trained / "runs")
    cure = TRAINED[2].experiment(TRAINED[2].cure)
    assert cure.label in [each.text for each in read_marks(runs.folder(told["run"]))]
    config = runs.load(told["run"]).config
    assert config["penalty"] == dict(cure.options)["penalty"]


def test_a_project_is_made_with_the_sample_pictures(ganart, tmp_path):
    project = tmp_path / "new"
    result = ganart("lesson", "--project", project, "--chapter=2", "--minutes=0.01")
    assert result.code == 0
    assert "1000 pictures" in result.err
    assert "Samples of every chapter:" in result.out
    assert TRAINED[1].title in result.out


@pytest.mark.slow
def test_all_chapters_follow_each_other(ganart, trained):
    result = ganart("lesson", "--project", trained, "--minutes=0.02", "--json")
    assert result.code == 0
    told = result.json["chapters"]
    assert [each["chapter"] for each in told] == [each.key for each in TRAINED]
    assert all(each["said"] for each in told)


@pytest.mark.parametrize("wrong", ["--chapter=0", "--chapter=6", "--minutes=0", "--minutes=x"])
def test_wrong_numbers_are_refused(ganart, trained, wrong):
    assert ganart("lesson", "--project", trained, wrong).code == 2
