import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import pytest
from PIL import Image

from ganart.cli import train
from ganart.cli.main import build_parser
from ganart.cli.output import Output
from ganart.engine.asks import Ask
from ganart.engine.gan.config import TrainConfig, options
from ganart.engine.gan.events import Mark, Marked
from ganart.engine.gan.presets import PRESETS
from ganart.project.runs import Runs
from tests.e2e.conftest import TINY


def test_a_folder_becomes_a_model(ganart, pictures_folder, tmp_path):
    project = tmp_path / "Meine Kunst.ganart"
    result = ganart(
        "train", pictures_folder, "--project", project, "--pictures=40", "--json", *TINY
    )
    assert result.code == 0
    told = result.json
    assert (told["pictures"], told["step"], told["progress"]) == (40, 10, 1)
    assert told["ended"] == "budget spent"
    assert Path(told["checkpoint"]).is_file()
    assert Path(told["grid"]).is_file()
    assert "24 pictures, 0 files left out." in result.err
    (record,) = Runs(project / "runs").list()
    assert (record.id, record.status, record.preset) == (told["run"], "finished", "sketch-32")


def test_pictures_that_are_no_squares_from_the_folder_to_what_is_saved(
    ganart, pictures_folder, tmp_path
):
    project = tmp_path / "a.ganart"
    result = ganart(
        "train", pictures_folder, "--project", project, "--pictures=40", "--json", *TINY,
        "--size=24x16",
    )  # fmt: skip
    assert result.code == 0
    with Image.open(result.json["grid"]) as grid:
        assert grid.size == (6 * 24, 6 * 16)
    again = ganart("train", "--project", project, "--resume=last", "--pictures=8", "--json")
    assert again.json["pictures"] == 48
    for aspect, size in (("drawn", (72, 48)), ("2:1", (72, 36))):
        made = ganart(
            "sample", "--project", project, "--seeds=5", "--scale=3", f"--aspect={aspect}", "--json"
        )
        (file,) = made.json["files"]
        with Image.open(file) as picture:
            assert picture.size == size


def test_a_size_that_networks_do_not_reach_is_refused(ganart, pictures_folder, tmp_path):
    project = tmp_path / "a.ganart"
    result = ganart("train", pictures_folder, "--project", project, "--size=100x64", *TINY)
    assert result.code != 0
    assert "96x64" in result.err
    assert not project.exists()


def test_two_shapes_at_once_are_refused(ganart, pictures_folder, tmp_path):
    project = tmp_path / "a.ganart"
    flags = ["--like-pictures", "--shape=3:1"]
    result = ganart("train", pictures_folder, "--project", project, *flags, *TINY)
    assert result.code != 0
    assert "not both" in result.err
    assert not project.exists()


def test_the_shape_of_the_pictures_is_taken(ganart, tmp_path):
    folder = tmp_path / "tall"
    folder.mkdir()
    for number in range(4):
        Image.new("RGB", (60, 90), (number, 60 * number, 0)).save(folder / f"{number}.png")
    result = ganart(
        "train", folder, "--project", tmp_path / "a", "--pictures=8", *TINY, "--like-pictures"
    )
    assert result.code == 0
    assert "Pictures of 8 × 12 pixels." in result.err


def test_the_result_is_also_told_in_words(ganart, pictures_folder, tmp_path):
    result = ganart("train", pictures_folder, "--project", tmp_path / "a", "--pictures=8", *TINY)
    assert result.code == 0
    assert "8 pictures in" in result.out
    assert str(tmp_path / "a.ganart") in result.out
    assert "Training" in result.err


def test_quiet_leaves_the_result_alone(ganart, pictures_folder, tmp_path):
    result = ganart(
        "train", pictures_folder, "--project", tmp_path / "a", "--pictures=8", "--quiet", *TINY
    )
    assert result.code == 0
    assert result.err == ""
    assert result.out


@pytest.mark.parametrize(
    ("mark", "text", "values", "told"),
    [
        (Mark.TROUBLE, "Their variety is {diversity}.", {"diversity": 0.0779}, "variety is 0.08."),
        (Mark.TROUBLE, "{percent} % are copies.", {"percent": 40.0}, "40 % are copies."),
        (Mark.MEMORY, "8", {}, "8 pictures are computed at once"),
        (Mark.RESUMED, "Branched off {odd}", {}, "Branched off {odd}"),
    ],
)
def test_what_happens_on_the_way_is_told_in_words(capsys, mark, text, values, told):
    marked = Marked(5, 20, 1.0, mark, text, values=tuple(values.items()))
    train.follow([marked], Output(as_json=False, quiet=False))
    assert told in capsys.readouterr().err


def test_the_last_run_goes_on(ganart, trained):
    result = ganart("train", "--project", trained, "--resume=last", "--pictures=20", "--json")
    assert result.code == 0
    assert result.json["pictures"] == 60
    (record,) = Runs(trained / "runs").list()
    assert record.id == result.json["run"]
    by_id = ganart("train", "--project", trained, "--resume", record.id, "--pictures=4", "--json")
    assert by_id.json["pictures"] == 64


@pytest.mark.parametrize("preset", [each.key for each in PRESETS])
def test_every_preset_trains(ganart, trained, preset):
    result = ganart(
        "train", "--project", trained, "--preset", preset, "--pictures=8", "--json", *TINY
    )
    assert result.code == 0
    assert Runs(trained / "runs").load(result.json["run"]).preset == preset


def test_every_option_has_a_flag_that_sets_it():
    """Each flag's value lands in the option of its name, checked against its declaration."""
    parser = build_parser()
    for each in options(TrainConfig):
        flag = "--" + each.name.replace("_", "-")
        if isinstance(each.default, bool):
            given, value = [flag], True
        else:
            value = each.choices[-1] if each.choices else type(each.default)(each.low)
            given = [flag, str(value)]
        parsed = parser.parse_args(["train", "--project", "a", *given])
        assert getattr(parsed, each.name) == value
        others = {other.name for other in fields(TrainConfig)} - {each.name}
        assert all(getattr(parsed, other) is None for other in others)


def test_the_help_explains_every_option(ganart):
    result = ganart("train", "--help")
    assert result.code == 0
    told = " ".join(result.out.split())
    for each in options(TrainConfig):
        assert "--" + each.name.replace("_", "-") in told
        assert " ".join(each.help.split())[:30] in told.replace("- ", "-")


def test_ctrl_c_while_scanning_is_no_failure(ganart, pictures_folder, tmp_path, monkeypatch):
    @contextmanager
    def stopped_already(**_):
        yield [Ask.STOP]

    monkeypatch.setattr(train, "stop_on_interrupt", stopped_already)
    result = ganart("train", pictures_folder, "--project", tmp_path / "a", *TINY)
    assert result.code == 130
    assert Runs(tmp_path / "a.ganart" / "runs").list() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_stops_and_keeps(ganart, pictures_folder, tmp_path):
    project = tmp_path / "Art.ganart"
    command = [sys.executable, "-m", "ganart", "train", pictures_folder, "--project", project]
    with subprocess.Popen(
        [*command, "--minutes=60", "--json", *TINY],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    ) as program:
        told = []
        for line in program.stderr:
            told.append(line)
            if line.startswith("Training"):
                break
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=60)
    assert "Traceback" not in "".join(told) + err
    assert program.returncode == 130, err
    assert '"ended": "stopped"' in out
    (record,) = Runs(project / "runs").list()
    assert record.status == "stopped"
    assert record.steps > 0
    resumed = ganart("train", "--project", project, "--resume=last", "--pictures=4", "--json")
    assert resumed.code == 0
    assert resumed.json["step"] == record.steps + 1
