from pathlib import Path

import numpy as np

from ganart.engine.gan.audits import FOLDER, KEPT, forget_audits, read_audit, write_audit
from ganart.engine.gan.events import Audit, Copy, Ignored


def audit(step, copies=2):
    pictures = np.random.default_rng(step).integers(0, 256, (copies, 8, 8, 3), dtype=np.uint8)
    return Audit(
        step,
        tuple(
            Copy(number + 1, Path("/a b/ü.png"), number % 2 == 1, 0.25, each)
            for number, each in enumerate(pictures)
        ),
        (Ignored(Path("/c.jpg"), 1.5),),
    )


def test_the_newest_audit_is_read_as_it_was(tmp_path):
    for step in (3, 20):
        write_audit(tmp_path, audit(step))
    found = read_audit(tmp_path)
    assert found.ignored == audit(20).ignored
    for ours, theirs in zip(found.copies, audit(20).copies, strict=True):
        assert np.array_equal(ours.generated, theirs.generated)
        assert (ours.seed, ours.original, ours.mirrored, ours.ratio) == (
            theirs.seed,
            theirs.original,
            theirs.mirrored,
            theirs.ratio,
        )


def test_an_audit_that_found_nothing_is_kept_too(tmp_path):
    write_audit(tmp_path, Audit(1, (), ()))
    assert read_audit(tmp_path).copies == ()


def test_damaged_audits_are_passed_over(tmp_path):
    assert read_audit(tmp_path) is None
    for step in (1, 2, 3, 4, 5):
        write_audit(tmp_path, audit(step))
    folder = tmp_path / FOLDER
    (folder / "000000005.json").write_text('{"step": 5, "copies"')
    (folder / "000000004.png").unlink()
    (folder / "000000003.png").write_bytes(b"no picture")
    (folder / "000000002.json").write_text("[1]")
    assert read_audit(tmp_path).step == 1


def test_lost_and_old_audits_go(tmp_path):
    for step in range(1, KEPT + 4):
        write_audit(tmp_path, audit(step, copies=1))
    assert len(list((tmp_path / FOLDER).iterdir())) == 2 * KEPT
    forget_audits(tmp_path, 10)
    assert read_audit(tmp_path).step == 10
