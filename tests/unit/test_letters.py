import numpy as np
import pytest

from ganart.engine.errors import BadOption
from ganart.engine.latent.output import StillOutput, check_output
from ganart.media.letters import lacking, letters_of
from ganart.media.marks import Mark, marked


@pytest.mark.parametrize("name", ["Åsa Öberg", "Łukasz", "Đặng", "Ελένη", "Юлия", "שרה", "©…–"])
def test_names_of_many_languages_have_letters(name):
    assert lacking(name) == ""
    check_output(StillOutput(sign=name))
    signed = [
        marked(np.zeros((80, 400, 3), np.uint8), (Mark(text, 0.4, "top left", 1.0),))
        for text in (name, "\U0010ffff" * len(name))
    ]
    assert not np.array_equal(*signed)


def test_letters_that_cannot_be_drawn_are_told_and_not_drawn_as_boxes():
    assert lacking("Li 李李 明") == "李明"
    with pytest.raises(BadOption, match="李"):
        check_output(StillOutput(sign="李"))


def test_letters_are_as_high_as_they_shall_be():
    heights = [letters_of(size).getbbox("Hg")[3] for size in (10, 40)]
    assert 3 < heights[1] / heights[0] < 5
