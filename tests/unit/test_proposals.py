import numpy as np
import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.framing import Fill, Framing
from ganart.datasets.proposals import Proposed, Proposing, propose_all
from ganart.datasets.scan import scan


@pytest.fixture
def art(tmp_path):
    """Return a folder with a thing at the right, one at the left, and a plain picture."""
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    for name, place in (("right", 150), ("left", 10), ("plain", None)):
        values = np.full((64, 192, 3), (90, 120, 90), np.uint8)
        if place is not None:
            values[14:50, place : place + 32] = (250, 20, 20)
        Image.fromarray(values).save(folder / f"{name}.png")
    return folder


@pytest.fixture
def catalogue(tmp_path, art):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(art)
        list(scan(catalogue, lambda: None))
        yield catalogue


def test_pictures_leave_their_middle_where_something_is(catalogue, art):
    *steps, end = propose_all(catalogue, 32, lambda: None)
    assert steps == [Proposing(done, 3) for done in range(4)]
    assert isinstance(end, Proposed)
    assert end.looked_at == 3
    assert set(end.framings) == {art / "right.png", art / "left.png"}
    assert end.framings[art / "right.png"].focus[0] > 0.7
    assert end.framings[art / "left.png"].focus[0] < 0.3
    assert [row.framing for row in catalogue.pictures()] == [None] * 3  # nothing is written


def test_the_usual_framing_stays_and_own_framings_are_left_alone(catalogue, art):
    catalogue.set_usual_framing(Framing(fill=Fill.EDGE, background=(1, 2, 3)))
    catalogue.set_framing({art / "left.png": Framing().to_json()})
    catalogue.set_weight([art / "plain.png"], 0)
    *_, end = propose_all(catalogue, 32, lambda: None)
    assert (end.looked_at, set(end.framings)) == (1, {art / "right.png"})
    framing = end.framings[art / "right.png"]
    assert (framing.fill, framing.background) == (Fill.EDGE, (1, 2, 3))


def test_stopping_ends_without_proposals(catalogue):
    events = list(propose_all(catalogue, 32, lambda: "stop"))
    assert not any(isinstance(event, Proposed) for event in events)
