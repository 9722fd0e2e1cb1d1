import av
import numpy as np
import pytest
from PIL import Image

from ganart.engine.asks import Ask
from ganart.engine.errors import TooFewMoments
from ganart.engine.gan.events import RunStarted
from ganart.engine.gan.models import checkpoints
from ganart.engine.gan.timelapse import TimelapsePlan, save_timelapse
from ganart.engine.latent.exports import Exported, Exporting
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from ganart.project.errors import BadRun
from tests.engine.runs import record_of, train
from tests.engine.toys import of_kind


@pytest.fixture
def run(project):
    """Return the folder of a run with four grids and three checkpoints."""
    asks = [None, Ask.SAMPLE, Ask.SAVE, None, Ask.SAMPLE, Ask.SAVE]
    return next(of_kind(train(project, None, *asks), RunStarted)).folder


def film(project, plan, folder=None, poll=lambda: None):
    """Save a time-lapse and return its frames."""
    *_, last = save_timelapse(project, record_of(project).id, plan, poll, folder)
    assert isinstance(last, Exported)
    with av.open(last.path) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_a_time_lapse_shows_the_grids_in_order(project, run):
    grids = [np.asarray(Image.open(path)) for path in sorted((run / "grids").iterdir())]
    assert len(grids) >= 3
    plan = TimelapsePlan(seconds=1, fps=3 * len(grids), suffix=".webp")
    *_, last = save_timelapse(project, run.name, plan, lambda: None)
    assert last.path.parent == project.artworks_folder
    with Image.open(last.path) as image:
        shown = []
        for number in range(image.n_frames):
            image.seek(number)
            shown.append((np.asarray(image.convert("RGB")), image.info["duration"]))
    assert all(np.array_equal(ours, grid) for (ours, _), grid in zip(shown, grids, strict=True))
    times = [duration for _, duration in shown]
    assert times[0] == pytest.approx(1000 / len(grids), abs=40)
    assert times[-1] == pytest.approx(1000 / len(grids) + 1000, abs=40)


def test_seeds_glide_from_checkpoint_to_checkpoint(project, run, tmp_path):
    plan = TimelapsePlan(seeds=(4, 7, 9), seconds=0.5, fps=10, suffix=".gif", scale=2)
    frames = film(project, plan, tmp_path)
    assert len(frames) == plan.frames + 10
    side = 2 * (2 * 8 + 3 * 2)
    assert frames[0].shape == (side, side, 3)
    moments = [each.path for each in checkpoints(run)]
    for frame, path in ((frames[0], moments[0]), (frames[-1], moments[-1])):
        (picture,) = Model.load(path).render([Point.at(4)])
        shown = frame[4:20:2, 4:20:2].astype(int)
        assert np.abs(shown - picture).mean() < 4  # 256 colours a frame
    assert not np.array_equal(frames[0], frames[2])
    assert all(np.array_equal(frame, frames[-1]) for frame in frames[plan.frames :])


@pytest.mark.parametrize(("gone", "end"), [([2], 3), ([2, 3], 1), ([0], 3)])
def test_a_moment_that_is_thinned_out_meanwhile_is_passed_over(gone, end, project, tmp_path):
    """Also that which was the newest when the film began."""
    run = next(of_kind(train(project, None, *[None, Ask.SAVE] * 3), RunStarted)).folder
    moments = [each.path for each in checkpoints(run)]
    assert len(moments) == 4
    (picture,) = Model.load(moments[end]).render([Point.at(4)])

    def thins_out():
        for number in gone:
            moments[number].unlink(missing_ok=True)

    plan = TimelapsePlan(seeds=(4,), seconds=0.5, fps=10, suffix=".gif")
    frames = film(project, plan, tmp_path, thins_out)
    assert len(frames) == plan.frames + 10
    assert np.abs(frames[-1][2:-2, 2:-2].astype(int) - picture).mean() < 4  # 256 colours a frame


def test_more_grids_than_frames_are_passed_over_evenly(project, run):
    assert len(film(project, TimelapsePlan(seconds=0.1, fps=20, suffix=".mp4"))) == 2 + 20


def test_stopped_there_is_no_film(project, run, tmp_path):
    plan = TimelapsePlan(seconds=5)
    events = list(save_timelapse(project, run.name, plan, lambda: Ask.STOP, tmp_path))
    assert events == [Exporting(0, plan.frames + 24)]
    assert not list(tmp_path.rglob("*time-lapse*"))


def test_a_run_with_too_few_moments_is_told(project, run, tmp_path):
    _, *others = sorted((run / "grids").iterdir())
    for path in others:
        path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(TooFewMoments, match="kept 1 moments"):
        list(save_timelapse(project, run.name, TimelapsePlan(), lambda: None, tmp_path))
    for path in list((run / "checkpoints").iterdir())[1:]:
        path.unlink()
    with pytest.raises(TooFewMoments):
        list(save_timelapse(project, run.name, TimelapsePlan(seeds=(1,)), lambda: None, tmp_path))
    with pytest.raises(BadRun):
        list(save_timelapse(project, "none", TimelapsePlan(), lambda: None, tmp_path))
