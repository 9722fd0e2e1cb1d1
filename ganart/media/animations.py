"""Loops as films and moving pictures, frame by frame, with their recipe inside."""

import math
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    VideoReformatter,
)
from PIL import Image

from ganart.errors import StudioError
from ganart.files import atomic_path
from ganart.media import png_file
from ganart.media.metadata import (
    MP4_KEY,
    PNG_KEYWORD,
    AnyRecipe,
    add_gif_comment,
    add_webp_exif,
    insert,
)
from ganart.media.pictures import Pixels
from ganart.text import QT_TRANSLATE_NOOP

_PALETTE_SIDE = 64
"""A palette is found from at most this many pixels each way; more costs time and changes little."""

_UNSETTLED_PIXELS = 100
"""A palette is good once so few pixels still change their colour; fewer take twice the time."""


os.environ.setdefault("SVT_LOG", "1")
"""Else the coder of AV1 writes pages about itself to the terminal; 1 are errors."""
_SMALL_PIXELS = 256 * 256
"""Frames up to here are coded sooner by one thread than by several that wait for each other."""
_FILMS = {"mp4", "matroska", "webm"}
"""Containers that keep the recipe among their own tags."""


class NoCodec(StudioError):
    """Details: `codec`."""

    happened = QT_TRANSLATE_NOOP("errors", "Films cannot be coded as {codec} on this computer.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was saved.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another way to code, or another format.")


@dataclass(frozen=True)
class Format:
    """How libav writes one kind of file."""

    container: str
    codec: str
    pixel_format: str
    encode: Callable[[Pixels, VideoReformatter], VideoFrame]
    """From a frame, with what keeps its tables from one frame to the next."""
    container_options: Mapping[str, str]
    codec_options: Mapping[str, str]
    max_side: int
    """Longest side in pixels that the codec takes."""
    tag: str = ""
    """Of the codec, where players want another than libav's."""
    max_fps: float = 120.0
    ticks_per_second: int | None = None
    """Resolution of the frames' times where the format has its own."""


@contextmanager
def animation(
    target: Path,
    fps: float,
    recipe: AnyRecipe | None = None,
    form: Format | None = None,
) -> Iterator[Callable[[Pixels], None]]:
    """Give a function that appends a frame to a file in the usual format of its suffix, or `form`.

    Frames are (height, width, 3) uint8 of one size and are not kept in memory. The file gets its
    name when the block ends, whole or not at all: whatever the block raises leaves no file behind.
    WebP and APNG are lossless; GIF has 256 colours a frame and at most 50 frames a second; films
    have even sides, for which an odd one grows by a pixel. Neighbouring WebP frames that are equal
    become one that lasts longer. Raises `DiskFull`, `FolderNotWritable` and `NoCodec`, and
    `ValueError` for another suffix, no or uneven frames.
    """
    suffix = target.suffix.lower()
    if form is None and suffix not in FORMATS:
        raise ValueError(f"{target.suffix!r} is none of {', '.join(FORMATS)}")
    if fps <= 0:
        raise ValueError(f"fps {fps} must be above 0")
    with atomic_path(target) as temporary:
        encoder = Encoder(temporary, form or FORMATS[suffix], fps, recipe)
        with encoder.container:
            yield encoder.add
            encoder.finish()
        if recipe is not None:
            add_recipe(temporary, recipe)


def add_recipe(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a finished file, unless its format took it at the beginning."""
    match path.suffix.lower():
        case ".gif":
            add_gif_comment(path, recipe)
        case ".webp":
            add_webp_exif(path, recipe)
        case ".apng":
            text = png_file.text_chunk(PNG_KEYWORD, recipe.to_json())
            insert(path, png_file.HEADER_BYTES, text)


class Encoder:
    """One libav container with a stream of pictures, opened at the first frame."""

    def __init__(
        self,
        path: Path,
        form: Format,
        fps: float,
        recipe: AnyRecipe | None = None,
        ticks_per_second: int | None = None,
    ) -> None:
        """`ticks_per_second` is the resolution of the times at which frames are added, if any."""
        self._form = form
        self._reformatter = VideoReformatter()
        self._rate = Fraction(min(fps, form.max_fps)).limit_denominator(1001)
        ticks = form.ticks_per_second or ticks_per_second
        self._tick = Fraction(1, ticks) if ticks else 1 / self._rate
        self._shortest = math.floor(1 / (self._tick * Fraction(form.max_fps)))
        self._newest = -self._shortest
        self._shape: tuple[int, ...] = ()
        self._count = 0
        self.container = av.open(
            path, "w", format=form.container, options=dict(form.container_options)
        )
        if recipe is not None and form.container in _FILMS:
            self.container.metadata[MP4_KEY] = recipe.to_json()
        try:
            stream = self.container.add_stream(
                form.codec, rate=self._rate, options=dict(form.codec_options)
            )
        except ValueError as error:  # libav was built without it
            self.container.close()
            raise NoCodec(codec=form.codec) from error
        self._stream = cast("av.VideoStream", stream)

    def add(self, pixels: Pixels, at_s: float | None = None) -> None:
        """Encode the next frame, shown from `at_s` on, or a frame's length after the one before.

        Frames that follow sooner than the format can show them are left out.
        """
        at = Fraction(self._count) / self._rate if at_s is None else Fraction(at_s)
        ticks = round(at / self._tick)
        if self._count and ticks - self._newest < max(1, self._shortest):
            return
        frame = self._form.encode(pixels, self._reformatter)
        if not self._count:
            self._shape = pixels.shape
            self._begin(frame)
        elif pixels.shape != self._shape:
            raise ValueError(f"frame {self._count} is {pixels.shape}, the first {self._shape}")
        frame.pts = self._newest = ticks
        frame.time_base = self._tick
        self._count += 1
        self.container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the codec still holds back."""
        if not self._count:
            raise ValueError("a loop needs at least one frame")
        self.container.mux(self._stream.encode())

    def _begin(self, sample: VideoFrame) -> None:
        stream = self._stream
        stream.width, stream.height = sample.width, sample.height
        stream.pix_fmt = self._form.pixel_format
        stream.codec_context.time_base = self._tick
        if self._form.tag:
            stream.codec_context.codec_tag = self._form.tag
        if sample.width * sample.height <= _SMALL_PIXELS:
            stream.codec_context.thread_count = 1
        if self._form.container in _FILMS:
            _tag_colours(stream.codec_context)


def _gif_frame(pixels: Pixels, _reformatter: VideoReformatter) -> VideoFrame:
    """Choose 256 colours for this frame alone and dither."""
    image = Image.fromarray(pixels)
    step = -(-max(image.size) // _PALETTE_SIDE)
    sample = Image.fromarray(pixels[::step, ::step])
    if sample.getcolors(256) and image.getcolors(256):
        palette = image.quantize(256)  # few colours: these exactly
    else:
        palette = sample.quantize(256, kmeans=_UNSETTLED_PIXELS)
    indexed = image.quantize(palette=palette)
    colours = np.full((256, 4), 255, np.uint8)  # alpha, red, green, blue
    chosen = np.array(indexed.getpalette("RGB"), np.uint8).reshape(-1, 3)
    colours[: len(chosen), 1:] = chosen
    # The types of `from_ndarray` leave out that pal8 takes the indices and their palette.
    both: Any = (np.asarray(indexed), colours)
    return VideoFrame.from_ndarray(both, format="pal8")


def _webp_frame(pixels: Pixels, reformatter: VideoReformatter) -> VideoFrame:
    return reformatter.reformat(VideoFrame.from_ndarray(pixels, format="rgb24"), format="bgra")


def _apng_frame(pixels: Pixels, _reformatter: VideoReformatter) -> VideoFrame:
    return VideoFrame.from_ndarray(pixels, format="rgb24")


def _film_frame(pixels: Pixels, reformatter: VideoReformatter) -> VideoFrame:
    height, width = pixels.shape[:2]
    odd = height % 2 or width % 2
    edges = ((0, height % 2), (0, width % 2), (0, 0))
    even = np.pad(pixels, edges, mode="edge") if odd else np.ascontiguousarray(pixels)
    return reformatter.reformat(
        VideoFrame.from_ndarray(even, format="rgb24"),
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )


def _tag_colours(codec: av.VideoCodecContext) -> None:
    """Say how the colours were coded, for players guess differently by the size of the picture."""
    codec.colorspace = Colorspace.ITU709
    codec.color_primaries = ColorPrimaries.BT709
    codec.color_trc = ColorTrc.BT709
    codec.color_range = ColorRange.MPEG


def has_codec(codec: str) -> bool:
    """Whether libav was built with a codec, by libav's name for it."""
    try:
        av.Codec(codec, "w")
    except ValueError:  # av.codec.UnknownCodecError
        return False
    return True


def film_format(container: str, codec: str, quality: int) -> Format:
    """Return how a film is coded; `codec` is "h264", "h265", "vp9" or "av1", `quality` 1 to 100.

    At 90 a film loses nothing that people see.
    """
    # What the scales of these codecs call a constant rate factor: 0 is best, 51 or 63 worst.
    fine, coarse = round(44 - quality / 3), round(63 - quality * 0.53)
    names = {"h264": "libx264", "h265": "libx265", "vp9": "libvpx-vp9", "av1": "libsvtav1"}
    options = {
        "h264": {"crf": str(fine), "preset": "veryfast"},
        "h265": {"crf": str(fine), "preset": "fast", "x265-params": "log-level=error"},
        "vp9": {"crf": str(coarse), "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"},
        "av1": {"crf": str(coarse), "preset": "8"},
    }
    return Format(
        container=container,
        codec=names[codec],
        pixel_format="yuv420p",
        encode=_film_frame,
        container_options={"movflags": "+faststart"} if container == "mp4" else {},
        codec_options=options[codec],
        max_side=16_384,
        # Apple's players know H.265 by this name only.
        tag="hvc1" if codec == "h265" and container == "mp4" else "",
    )


FORMATS: Mapping[str, Format] = {
    ".gif": Format(
        container="gif",
        codec="gif",
        pixel_format="pal8",
        encode=_gif_frame,
        container_options={"loop": "0"},  # for ever
        codec_options={},
        max_side=65_535,
        max_fps=50.0,  # browsers slow down what asks for less than 2 hundredths a frame
        ticks_per_second=100,
    ),
    ".webp": Format(
        container="webp",
        codec="libwebp_anim",
        pixel_format="bgra",
        encode=_webp_frame,
        container_options={"loop": "0"},
        codec_options={"lossless": "1"},
        max_side=16_383,
    ),
    ".apng": Format(
        container="apng",
        codec="apng",
        pixel_format="rgb24",
        encode=_apng_frame,
        container_options={"plays": "0"},  # for ever
        codec_options={"pred": "mixed"},
        max_side=65_535,
    ),
    ".mp4": film_format("mp4", "h264", 90),
    ".webm": film_format("webm", "vp9", 90),
}
"""The usual formats of loops by file suffix."""
