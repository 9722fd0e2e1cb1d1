"""Colours where equal distances look about equally different: Ottosson's Oklab (2020)."""

import numpy as np
import numpy.typing as npt

_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    dtype=np.float32,
)
"""Linear red, green, blue to the responses of three kinds of cones."""
_OPPONENTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    dtype=np.float32,
)
"""Cube roots of those to lightness, green to red, blue to yellow."""
_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)
"""Light of each of the 256 levels of sRGB."""


def to_oklab(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Map sRGB (..., 3) to lightness 0 ... 1, and green to red, blue to yellow ±0.4."""
    cones = np.cbrt(_LINEAR[pixels] @ _CONES.T)
    opponents: npt.NDArray[np.float32] = cones @ _OPPONENTS.T
    return opponents


def to_srgb_levels(colours: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """Map Oklab (..., 3) back to sRGB; what screens cannot show is brought to what they can."""
    cones = (np.asarray(colours, np.float64) @ np.linalg.inv(_OPPONENTS.astype(np.float64)).T) ** 3
    light = (cones @ np.linalg.inv(_CONES.astype(np.float64)).T).clip(0, 1)
    levels = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (levels * 255).round().astype(np.uint8)
