"""What a run's record says of faults between the steps."""

import pytest

from ganart.engine.errors import OutOfMemory
from ganart.engine.gan import trainer
from tests.engine.runs import record_of, train


@pytest.mark.parametrize("fault", [MemoryError(), RuntimeError("CUDA out of memory. Tried to")])
def test_running_out_of_memory_while_drawing_is_recorded_in_a_sentence(project, monkeypatch, fault):
    def fail(config, state):
        raise fault

    monkeypatch.setattr(trainer, "_sample", fail)
    with pytest.raises(OutOfMemory) as told:
        train(project)
    record = record_of(project)
    assert record.status == "failed"
    assert record.message == str(told.value)
