from dataclasses import astuple, fields

import numpy as np
import pytest

from ganart.engine.gan.curves import FILE_NAME, curve_log, read_curves
from ganart.engine.gan.events import Stats
from ganart.errors import FolderNotWritable


def stats(step):
    return Stats(
        step=step,
        pictures=32 * step,
        elapsed_s=0.1 * step,
        loss_g=1 / 3,
        loss_d=-2.5e-17,
        score_real=float("nan"),
        score_fake=-1.0,
        pictures_per_s=300.0,
        progress=step / 100,
        time_left_s=10.0,
        skipped_steps=0,
    )


def write(folder, steps, after_step=0):
    with curve_log(folder, after_step) as log:
        for step in steps:
            log.add(stats(step))


def test_curves_are_read_as_they_were_written(tmp_path):
    write(tmp_path, [10, 20, 30])
    curves = read_curves(tmp_path)
    assert tuple(curves) == tuple(each.name for each in fields(Stats))
    expected = np.array([astuple(stats(step)) for step in (10, 20, 30)], dtype=np.float64)
    assert np.array_equal(np.stack(list(curves.values()), 1), expected, equal_nan=True)


def test_before_the_first_row_the_curves_are_empty(tmp_path):
    assert all(len(column) == 0 for column in read_curves(tmp_path).values())
    write(tmp_path, [])
    assert all(len(column) == 0 for column in read_curves(tmp_path).values())


def test_they_can_be_read_while_they_grow(tmp_path):
    with curve_log(tmp_path) as log:
        for step in (1, 2):
            log.add(stats(step))
            assert len(read_curves(tmp_path)["step"]) == step


def test_a_resumed_run_joins_without_a_seam(tmp_path):
    write(tmp_path, [10, 20, 30, 40])
    write(tmp_path, [25, 35], after_step=20)
    assert read_curves(tmp_path)["step"].tolist() == [10, 20, 25, 35]
    text = (tmp_path / FILE_NAME).read_text("utf-8")
    assert text.count("step,pictures") == 1
    assert len(text.splitlines()) == 5


def test_a_line_that_a_crash_cut_is_passed_over(tmp_path):
    write(tmp_path, [10, 20, 30])
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -2) + 1
    for cut in range(last, len(whole) - 1):
        path.write_bytes(whole[:cut])
        steps = read_curves(tmp_path)["step"].tolist()
        assert steps[:2] == [10, 20]
        assert len(steps) <= 3
    path.write_bytes(whole[: last + 7])
    write(tmp_path, [25], after_step=20)
    assert read_curves(tmp_path)["step"].tolist() == [10, 20, 25]


@pytest.mark.parametrize(
    "garbage", [b"\xff\xfe\x00", b"a,b,c\n", b",,,,,,,,,,\n", b"1,2\n", b"\n\n"]
)
def test_damage_in_the_middle_costs_no_other_row(tmp_path, garbage):
    write(tmp_path, [10, 20])
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes() + garbage + b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(map(repr, astuple(stats(30)))) + "\n")
    assert read_curves(tmp_path)["step"].tolist() == [10, 20, 30]


def test_a_disk_that_takes_no_more_is_told_once_and_not_again_when_closing(tmp_path):
    resource = pytest.importorskip("resource", reason="Windows has no such limit to try it with")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with curve_log(tmp_path) as log:
        log.add(stats(1))
        size = (tmp_path / "curves.csv").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            with pytest.raises(FolderNotWritable):
                log.add(stats(2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert read_curves(tmp_path)["step"].tolist() == [1]
