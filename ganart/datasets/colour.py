"""Any Pillow image as sRGB RGB: depth, palette, inks, colour profiles and transparency."""

from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageCms

Colour = tuple[int, int, int]
"""Red, green, blue in sRGB, each 0 to 255."""

WHITE: Colour = (255, 255, 255)


def to_srgb(image: Image.Image, background: Colour = WHITE) -> Image.Image:
    """Return `image` as 8-bit RGB in sRGB, transparent parts laid on `background`."""
    return laid_on(background, *split_alpha(image))


def laid_on(background: Colour, colours: Image.Image, alpha: Image.Image | None) -> Image.Image:
    """Return `colours` on a plain ground that shows where `alpha` lets it.

    With `alpha` it is laid on in place: a huge picture need not be there twice.
    """
    if alpha is not None:
        colours.paste(background, mask=ImageChops.invert(alpha))
    return colours


def split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return the colours of `image` as 8-bit RGB in sRGB, and its alpha as L where it has one."""
    profile = image.info.get("icc_profile")
    gamma = None if profile or "srgb" in image.info else image.info.get("gamma")
    image = _eight_bit(image)
    alpha = None
    if image.has_transparency_data:
        clear = "LA" if image.mode in {"1", "L", "LA", "La"} else "RGBA"
        # The pictures may be huge: no copy is made that is not needed, here and below.
        image = image if image.mode == clear else image.convert(clear)
        alpha = image.getchannel("A")
    if image.mode in {"1", "LA"}:
        colours = image.convert("L")
    elif image.mode in {"L", "RGB", "CMYK"}:
        colours = image
    else:
        colours = image.convert("RGB")
    return _through_gamma(_through_profile(colours, profile), gamma), alpha


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring deep grey (16-bit, 32-bit, float) to 0..255; other modes pass unchanged.

    Integers of 16 bits span 0..65535. The wider modes do not say what white is: the least of 1
    (floats only), 255, 65535 and their own maximum that holds them all is taken for it.
    """
    if not image.mode.startswith(("I", "F")):
        return image
    # In place as far as can be, since the pictures may be huge.
    values = np.array(image).astype(np.float32, copy=False)
    transparent = image.info.get("transparency")
    clear = values == transparent if isinstance(transparent, int) else None
    white = 65535.0 if image.mode.startswith("I;16") else _white(values, image.mode == "F")
    values *= 255.0 / white
    np.rint(values, out=values)
    np.clip(values, 0.0, 255.0, out=values)
    grey = Image.fromarray(values.astype(np.uint8))
    if clear is not None:
        grey.putalpha(Image.fromarray(np.where(clear, 0, 255).astype(np.uint8)))
    return grey


def _white(values: npt.NDArray[np.float32], has_fractions: bool) -> float:
    """Return what is white among grey values; what is no number among them becomes 0."""
    np.nan_to_num(values, copy=False, posinf=0.0, neginf=0.0)
    top = float(values.max(initial=0.0))
    usual = (1.0, 255.0, 65535.0) if has_fractions else (255.0, 65535.0)
    return next((limit for limit in usual if top <= limit), top)


def _through_gamma(colours: Image.Image, gamma: object) -> Image.Image:
    """Turn RGB into sRGB where a PNG states its `gamma`, as browsers do; most state sRGB's own.

    It is the exponent from light to stored values, 1 for light itself.
    """
    if not isinstance(gamma, float) or not _LEAST_GAMMA <= gamma <= _MOST_GAMMA:
        return colours
    if abs(gamma / _USUAL_GAMMA - 1) < _ALIKE:
        return colours
    light = (np.arange(256) / 255) ** (1 / gamma)
    levels = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return colours.point((levels * 255).round().astype(int).tolist() * 3)


_USUAL_GAMMA = 1 / 2.2
_ALIKE = 0.05
_LEAST_GAMMA, _MOST_GAMMA = 0.1, 10.0
"""Others are nonsense, and would leave nothing to be seen."""


def _through_profile(colours: Image.Image, profile: object) -> Image.Image:
    """Turn L, RGB or CMYK into sRGB by an embedded ICC profile, or plainly where none fits."""
    if isinstance(profile, bytes) and profile:
        space = _space(profile)
        if space == "RGB" and colours.mode == "L":
            colours = colours.convert("RGB")
        if _MODES.get(space) == colours.mode:
            transform = _transform(profile, colours.mode)
            if transform is not None:
                return ImageCms.applyTransform(colours, transform) or colours
    # A picture that is RGB already is not copied: it may be huge.
    return colours if colours.mode == "RGB" else colours.convert("RGB")


_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}


@lru_cache(maxsize=16)
def _space(profile: bytes) -> str:
    """Return the colour space that an ICC profile describes, '' if it is damaged."""
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
    except (OSError, ImageCms.PyCMSError):
        return ""
    return str(opened.profile.xcolor_space).strip()


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from `profile` to sRGB; None if it is damaged or changes nothing."""
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            # What picture editors do by default: keep the colours that fit, keep shadows apart.
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if _changes_nothing(transform, mode) else transform
    except (OSError, ImageCms.PyCMSError):
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Tell whether plain conversion is as good to within 1 of 255: most files say 'sRGB'.

    Going through a profile takes several times as long as decoding a JPEG.
    """
    chart = _CHART.convert(mode)
    through = np.asarray(ImageCms.applyTransform(chart, transform), dtype=np.int16)
    return bool(abs(through - np.asarray(chart.convert("RGB"))).max() <= 1)


def _chart() -> Image.Image:
    """Return 17 × 17 × 17 colours, evenly over the RGB cube."""
    steps = np.linspace(0, 255, 17).round().astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1)
    return Image.fromarray(cube.reshape(17 * 17, 17, 3))


_CHART = _chart()
