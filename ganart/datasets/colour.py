"""Any Pillow image as sRGB RGB: depth, palette, inks, colour profiles and transparency."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

Colour = tuple[int, int, int]
"""Red, green, blue in sRGB, each 0 to 255."""

WHITE: Colour = (255, 255, 255)


def to_srgb(image: Image.Image, background: Colour = WHITE) -> Image.Image:
    """Return `image` as 8-bit RGB in sRGB, transparent parts laid on `background`."""
    return laid_on(background, *split_alpha(image))


def laid_on(background: Colour, colours: Image.Image, alpha: Image.Image | None) -> Image.Image:
    """Return `colours` on a plain ground that shows where `alpha` lets it."""
    if alpha is None:
        return colours
    flat = Image.new("RGB", colours.size, background)
    flat.paste(colours, mask=alpha)
    return flat


def split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return the colours of `image` as 8-bit RGB in sRGB, and its alpha as L where it has one."""
    profile = image.info.get("icc_profile")
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
    return _through_profile(colours, profile), alpha


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring deep grey (16-bit, 32-bit, float) to 0..255; other modes pass unchanged.

    Integers of 16 bits span 0..65535. The wider modes do not say what white is: the least of 1
    (floats only), 255, 65535 and their own maximum that holds them all is taken for it.
    """
    if image.mode.startswith("I;16"):
        values = np.asarray(image).astype(np.float32)
        white = 65535.0
    elif image.mode in {"I", "F"}:
        values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
        top = float(values.max(initial=0.0))
        usual = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
        white = next((limit for limit in usual if top <= limit), top)
    else:
        return image
    grey = Image.fromarray((values * (255.0 / white)).round().clip(0, 255).astype(np.uint8))
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey.putalpha(Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8)))
    return grey


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
