"""Pictures that are excluded or weighted while a run goes on."""

import pytest

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import AllExcluded
from ganart.datasets.framing import Fill, Framing
from ganart.engine.asks import Ask, Change, KeptAsks
from ganart.engine.errors import TooFewPictures
from ganart.engine.gan.events import End, Mark, Marked, Phase, PhaseChanged, RunStarted, Trouble
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.model_file import read_info
from tests.engine.runs import record_of, resume, start, train
from tests.engine.toys import Asks, of_kind


def weigh(project, count, weight):
    """Weigh the first pictures of the catalogue."""
    with Catalogue(project.catalogue_path) as catalogue:
        rows = sorted(catalogue.pictures(), key=lambda row: row.path)
        catalogue.set_weight([row.path for row in rows[:count]], weight)


class Curating:
    """A poll that makes one of the changes after every third step and asks to take it over."""

    def __init__(self, project, changes):
        self.project = project
        self.changes = list(changes)
        self.steps = 0
        self.is_training = False

    def __call__(self):
        self.steps += self.is_training
        if not self.changes or self.steps % 3 != 2:
            return None
        self.steps += 1
        weigh(self.project, *self.changes.pop(0))
        return Ask.CURATE


def curated(project, *changes):
    """Train to the end while `changes` are made."""
    poll = Curating(project, changes)
    events = []
    for event in start(project, None, poll):
        poll.is_training = poll.is_training or isinstance(event, RunStarted)
        events.append(event)
    return events


def test_excluded_pictures_are_left_out_from_then_on(project):
    events = curated(project, (9, 0.0), (9, 1.0), (4, 2.0))
    marked = [event for event in of_kind(events, Marked) if event.mark is Mark.CURATED]
    assert [event.text for event in marked] == [
        "Pictures: 9 excluded",
        "Pictures: 9 added",
        "Pictures: 4 shown more often",
    ]
    folder = next(of_kind(events, RunStarted)).folder
    assert [mark for mark in read_marks(folder) if mark.mark is Mark.CURATED] == marked
    assert events[-1].end is End.BUDGET_SPENT
    phases = [event.phase for event in of_kind(events, PhaseChanged)]
    assert phases[-1] is Phase.TRAINING


def test_pictures_that_are_framed_anew_are_taken_over(project):
    def reframe():
        with Catalogue(project.catalogue_path) as catalogue:
            path = catalogue.pictures()[0].path
            catalogue.set_framing({path: Framing(fill=Fill.STRETCH, focus=(0, 0)).to_json()})

    class Reframing(Curating):
        def __call__(self):
            ask = super().__call__()
            if ask is Ask.CURATE:
                reframe()
            return ask

    poll = Reframing(project, [(0, 1.0)])
    events = []
    for event in start(project, None, poll):
        poll.is_training = poll.is_training or isinstance(event, RunStarted)
        events.append(event)
    (marked,) = [event for event in of_kind(events, Marked) if event.mark is Mark.CURATED]
    assert marked.text == "Pictures: 1 changed or framed anew"


def test_a_curated_run_is_described_by_the_pictures_it_is_shown(project):
    plain = read_info(train(project)[-1].checkpoint).data_hash
    events = curated(project, (9, 0.0))
    info = read_info(events[-1].checkpoint)
    assert info.data_hash != plain
    run_id = next(of_kind(events, RunStarted)).run_id
    again = resume(project, run_id, pictures=8)
    assert next(of_kind(again, RunStarted)).picture_count == 15
    assert read_info(again[-1].checkpoint).data_hash == info.data_hash
    assert not list(of_kind(again, Trouble))


@pytest.mark.parametrize(("count", "error"), [(24, AllExcluded), (23, TooFewPictures)])
def test_excluded_down_to_none_or_one_the_run_goes_on_as_it_was(project, count, error):
    events = curated(project, (count, 0.0))
    (trouble,) = of_kind(events, Trouble)
    assert isinstance(trouble.error, error)
    assert "goes on with the pictures that it had" in str(trouble.error)
    assert not [each for each in of_kind(events, Marked) if each.mark is Mark.CURATED]
    assert events[-1].end is End.BUDGET_SPENT
    assert record_of(project).steps == 16


def test_a_curated_run_comes_to_the_same_model_when_it_is_interrupted(project):
    """The order in which the weighted pictures come is kept in the midst of an epoch."""

    def steps(*asks):
        poll = Asks()
        weigh(project, 24, 1.0)
        events = []
        for event in start(project, None, poll):
            if isinstance(event, RunStarted):
                poll.queue = [None, None, Ask.CURATE, *asks]
                weigh(project, 9, 2.0)
            events.append(event)
        return events

    whole, stopped = steps(), steps(None, None, Ask.STOP)
    run_id = next(of_kind(stopped, RunStarted)).run_id
    resumed = resume(project, run_id)
    assert [each.mark for each in of_kind(stopped + resumed, Marked)] == [
        Mark.CURATED,
        Mark.RESUMED,
    ]
    hashes = [read_info(each[-1].checkpoint).model_hash for each in (whole, resumed)]
    assert hashes[0] == hashes[1]


def test_a_resumed_run_says_so_on_the_curves(project):
    events = train(project, None, None, None, Ask.STOP)
    run_id = next(of_kind(events, RunStarted)).run_id
    (marked,) = of_kind(resume(project, run_id), Marked)
    assert (marked.step, marked.mark) == (3, Mark.RESUMED)


def test_asks_that_come_while_a_stop_is_looked_for_are_kept():
    change = Change((("batch", 8),), "calmer")
    asks = KeptAsks(Asks(Ask.CURATE, change, None, Ask.SAVE))
    assert not asks.stopped()
    assert not asks.stopped()
    assert not asks.stopped()
    assert [asks() for _ in range(4)] == [Ask.CURATE, change, Ask.SAVE, None]
    asks = KeptAsks(Asks(Ask.SAMPLE, Ask.STOP))
    assert [asks.stopped(), asks.stopped(), asks.stopped()] == [False, True, True]
    assert [asks(), asks()] == [Ask.SAMPLE, Ask.STOP]
