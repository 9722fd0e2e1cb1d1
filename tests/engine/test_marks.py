import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.events import Advice, CoachReport, Light, Mark, Marked
from ganart.engine.gan.marks import FILE_NAME, add_mark, forget_marks, read_marks, troubles

VALUES = st.one_of(
    st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False), st.text(max_size=20)
)
MARKS = st.builds(
    Marked,
    step=st.integers(0, 10**9),
    pictures=st.integers(0, 10**12),
    elapsed_s=st.floats(0, 1e9),
    mark=st.sampled_from(Mark),
    text=st.text(max_size=40),
    options=st.dictionaries(st.text(min_size=1, max_size=9), VALUES, max_size=3).map(
        lambda each: tuple(each.items())
    ),
    values=st.dictionaries(
        st.text(min_size=1, max_size=9), st.floats(allow_nan=False), max_size=3
    ).map(lambda each: tuple(each.items())),
)


@given(marks=st.lists(MARKS, max_size=4))
def test_markers_are_read_as_they_were_written(tmp_path_factory, marks):
    folder = tmp_path_factory.mktemp("run")
    for mark in marks:
        add_mark(folder, mark)
    assert read_marks(folder) == marks


MARK = Marked(5, 50, 1.5, Mark.CHANGED, "slower", (("learning_rate", 1e-4),))


def test_a_line_that_is_cut_short_or_foreign_is_passed_over(tmp_path):
    add_mark(tmp_path, MARK)
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'{"step": 1}\n[]\n\xff\xfe\n{"step": 6, "pict')
    assert read_marks(tmp_path) == [MARK]


def test_markers_of_the_version_before_have_no_values(tmp_path):
    line = {"step": 5, "pictures": 50, "elapsed_s": 1.5, "mark": "changed", "text": "slower"}
    line["options"] = {"learning_rate": 1e-4}
    (tmp_path / FILE_NAME).write_text(json.dumps(line) + "\n")
    assert read_marks(tmp_path) == [MARK]


def test_markers_of_lost_steps_go(tmp_path):
    for step in (5, 9):
        add_mark(tmp_path, replace(MARK, step=step))
    forget_marks(tmp_path, 5)
    assert read_marks(tmp_path) == [MARK]
    forget_marks(tmp_path / "nowhere", 5)


def report(light, value=0.2):
    advice = Advice("collapse", light, "{share} of it", (("share", value),))
    return CoachReport(7, 70, 2.0, (advice,))


def test_a_trouble_is_marked_when_it_begins():
    good, alarm = report(Light.GOOD), report(Light.ALARM)
    assert [*troubles(None, alarm)] == [
        Marked(7, 70, 2.0, Mark.TROUBLE, "{share} of it", values=(("share", 0.2),))
    ]
    assert [*troubles(good, alarm)]
    assert not [*troubles(alarm, report(Light.ALARM, 0.3))]
    assert not [*troubles(alarm, good)]
