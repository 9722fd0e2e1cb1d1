"""The networks of a batch: loads each look when it is first wanted."""

import numpy as np
import torch

from ganart.engine import device as devices
from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.instant import Stylizer
from ganart.errors import StudioError
from ganart.media.pictures import Pixels


class Stylizers:
    """Stylizes photos with the looks of a plan; to be called from one thread.

    Raises `BadOption` for a device that is not there.
    """

    def __init__(self, plan: BatchPlan) -> None:
        self._looks = plan.looks
        self._device, _ = devices.choose(plan.device)
        self._loaded: dict[int, Stylizer | StudioError] = {}
        torch.set_num_threads(plan.threads or devices.default_threads())

    def __call__(self, pixels: Pixels, look: int) -> Pixels:
        """Stylize a photo (height, width, 3) with the look of an index; the size is kept.

        Raises what `Stylizer.load` raises, each time, and `OutOfMemory`.
        """
        with devices.memory_guard(self._device):
            stylizer = self._stylizer(look)
            photo = torch.from_numpy(pixels).to(self._device).permute(2, 0, 1)[None]
            result = stylizer.apply(photo.float().div_(255))[0]
            picture = result.clamp(0, 1).mul(255).round().byte().permute(1, 2, 0)
            return np.ascontiguousarray(picture.cpu().numpy())

    def _stylizer(self, look: int) -> Stylizer:
        if look not in self._loaded:
            try:
                self._loaded[look] = Stylizer.load(self._looks[look], self._device)
            except StudioError as error:
                self._loaded[look] = error
        loaded = self._loaded[look]
        if isinstance(loaded, StudioError):
            raise loaded
        return loaded
