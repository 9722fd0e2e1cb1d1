"""Reads moving pictures frame by frame: GIF, APNG, animated WebP, MP4 and other videos."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream
from PIL import Image

from ganart.errors import StudioError
from ganart.media.pictures import Pixels
from ganart.text import QT_TRANSLATE_NOOP

MAX_PIXELS = 40_000_000
"""Of one frame: 8K has 33 million."""
_DEMUXERS = "gif,apng,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,ogg"
"""Formats that are one file. Playlists are left out: they may name others, on the network too."""
_WHOLE = {"gif", "apng"}
"""Formats whose pictures are made of all that come before."""
BROKEN = (av.FFmpegError, OSError)
"""What libav raises for damaged files; the second where it leaves the file itself."""
_BROKEN_WEBP = (
    OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip
"""What Pillow raises; `datasets.decode` has it raise the last, too."""
_DEFAULT_FPS = 25.0
_LEAST_S = 0.001
"""Between two frames."""
_HD_HEIGHT = 720
_UNSPECIFIED = 2
"""libav's AVCOL_SPC_UNSPECIFIED."""
_OPAQUE = 255
_MOST_ASPECT = 4.0
"""Of pixels; more is nonsense of a damaged file."""
_MATRIX_BYTES = 9 * 4


class BadFilm(StudioError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "{path} cannot be played: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "The file was left as it is.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose a GIF, WebP, APNG or a usual video file.")


class BrokenFrame(StudioError):
    """Details: `path`, `frame` (counted from 1)."""

    happened = QT_TRANSLATE_NOOP("errors", "Frame {frame} of {path} cannot be read.")
    safe = QT_TRANSLATE_NOOP("errors", "The frame before it stays on in its place.")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a film, upright, of the size of the first."""

    pixels: Pixels
    at_s: float
    """When it is shown, counted from the beginning of the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """An opened film; its frames can be taken once."""

    width: int
    height: int
    frame_count: int
    """An estimate for some files; 0 where the file tells nothing."""
    fps: float
    """On average."""
    has_sound: bool
    frames: Iterator[Frame | BrokenFrame]
    """One at a time, in the order of time; what cannot be read is told and passed over."""
    jump: Callable[[float], None] | None = None
    """Have `frames` go on at so many seconds, or some before; None where all have to be read."""


@contextmanager
def open_film(path: Path) -> Iterator[Film]:
    """Open a film for the time of the block. Raises `BadFilm`; the file is only read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a FIFO would block for ever
            raise BadFilm(path=path, reason="it is no file")
        stream = path.open("rb")
    except OSError as error:
        raise BadFilm(path=path, reason=error.strerror) from error
    with stream:
        head = stream.read(12)
        stream.seek(0)
        if head[:4] == b"RIFF" and head[8:] == b"WEBP":
            yield _webp_film(path, stream)
            return
        with open_container(path, stream) as container:
            yield _film(path, container)


@contextmanager
def open_container(
    path: Path, stream: IO[bytes], demuxers: str = _DEMUXERS
) -> Iterator[InputContainer]:
    """Open a video with libav, in one of the formats `demuxers`. Raises `BadFilm` for others."""
    # The stream, not the path: libav reads addresses and patterns into odd names.
    options = {"format_whitelist": demuxers, "protocol_whitelist": ""}
    try:
        container = av.open(stream, "r", metadata_errors="ignore", options=options)
    except (*BROKEN, ValueError) as error:
        raise BadFilm(path=path, reason="it is damaged or no film") from error
    with container:
        yield container


def sound_stream(container: InputContainer) -> AudioStream | None:
    """Return the first sound track of a kind that libav knows."""
    # libav leaves out the codec of tracks that it cannot read, against PyAV's types.
    known = [each for each in container.streams.audio if cast("object", each.codec_context)]
    return known[0] if known else None


def _film(path: Path, container: InputContainer) -> Film:
    stream = _video_stream(container)
    if stream is None:
        raise BadFilm(path=path, reason="it has no picture")
    if not cast("object", stream.codec_context):  # as in `sound_stream`
        raise BadFilm(path=path, reason="its pictures are of an unknown kind")
    stream.thread_type = "AUTO"
    aspect = _pixel_aspect(stream)
    width, height = _shown_size(stream.width, stream.height, aspect)
    if width * height > MAX_PIXELS:
        raise BadFilm(path=path, reason="its pictures are too large")
    fps = float(stream.average_rate or stream.guessed_rate or _DEFAULT_FPS)
    seconds = (container.duration or 0) / av.time_base
    return Film(
        width=width,
        height=height,
        frame_count=stream.frames or round(seconds * fps),
        fps=fps,
        has_sound=sound_stream(container) is not None,
        frames=_frames(path, container, stream, fps, aspect),
        jump=None if container.format.name in _WHOLE else partial(_jump, container),
    )


def _jump(container: InputContainer, at_s: float) -> None:
    start = container.start_time or 0
    with suppress(*BROKEN):  # it stays where it is
        container.seek(start + round(at_s * av.time_base))


def _video_stream(container: InputContainer) -> VideoStream | None:
    """Return the film itself, where there is a cover or a preview too."""
    best = container.streams.best("video")
    return cast("VideoStream | None", best) or next(iter(container.streams.video), None)


def _pixel_aspect(stream: VideoStream) -> float:
    """Return how many times as wide as high pixels are: old television's are not square."""
    aspect = float(stream.sample_aspect_ratio or 1)
    return aspect if 1 / _MOST_ASPECT <= aspect <= _MOST_ASPECT else 1.0


def _shown_size(width: int, height: int, aspect: float) -> tuple[int, int]:
    """Return the size in square pixels; nothing gets smaller."""
    return (round(width * aspect), height) if aspect >= 1 else (width, round(height / aspect))


def _frames(
    path: Path, container: InputContainer, stream: VideoStream, fps: float, aspect: float
) -> Iterator[Frame | BrokenFrame]:
    start_s = (container.start_time or 0) / av.time_base
    number, at_s = 0, -_LEAST_S
    size: tuple[int, int] | None = None
    for decoded in _decoded(container, stream):
        number += 1
        if decoded is None or decoded.is_corrupt or _is_too_large(decoded, aspect):
            yield BrokenFrame(path=path, frame=number)
            continue
        told_s = at_s + 1 / fps if decoded.time is None else decoded.time - start_s
        at_s = max(at_s + _LEAST_S, told_s)  # it goes forward, whatever a damaged file says
        pixels = _upright(decoded, aspect)
        height, width = pixels.shape[:2]
        size = size or (width, height)
        if (width, height) != size:  # streams may change it on the way
            pixels = np.array(Image.fromarray(pixels).resize(size))
        yield Frame(pixels, at_s)


def _is_too_large(frame: VideoFrame, aspect: float) -> bool:
    width, height = _shown_size(frame.width, frame.height, aspect)
    return width * height > MAX_PIXELS


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame | None]:
    """Yield what the decoder gives, None for what it cannot read."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except BROKEN:
            yield None  # behind this the file cannot be followed any more
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except BROKEN:
            yield None


def _upright(frame: VideoFrame, aspect: float) -> Pixels:
    """Return a frame as sRGB pixels, turned as the camera says, on white where it is clear."""
    width, height = _shown_size(frame.width, frame.height, aspect)
    if any(component.is_alpha for component in frame.format.components) or frame.format.has_palette:
        clear = frame.to_ndarray(format="rgba", width=width, height=height)
        pixels = _on_white(cast("Pixels", clear))
    else:
        # HD videos that tell nothing: what players take them for; libav would take the old one.
        unknown = frame.colorspace == _UNSPECIFIED and frame.height >= _HD_HEIGHT
        space = Colorspace.ITU709 if unknown else None
        pixels = cast(
            "Pixels",
            frame.to_ndarray(format="rgb24", width=width, height=height, src_colorspace=space),
        )
    return np.ascontiguousarray(_turned(pixels, frame))


def _turned(pixels: Pixels, frame: VideoFrame) -> Pixels:
    """Turn and mirror pixels as the frame says, by the nearest of the eight ways."""
    try:
        content = _display_matrix(frame)
    except ValueError:  # It has data of a kind that PyAV does not know; this asks libav itself.
        return np.rot90(pixels, round(frame.rotation / 90))
    if len(content) != _MATRIX_BYTES:
        return pixels
    matrix = np.frombuffer(content, np.int32)
    # The place x, y is shown at a·x + c·y, b·x + d·y.
    a, b, _, c, d = (int(number) for number in matrix[:5])
    if abs(a) + abs(d) < abs(b) + abs(c):
        pixels, a, d = pixels.swapaxes(0, 1), c, b
    return pixels[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]


def _display_matrix(frame: VideoFrame) -> bytes:
    told = cast("SideData | None", frame.side_data.get("DISPLAYMATRIX"))
    return b"" if told is None else bytes(told)


def _on_white(pixels: Pixels) -> Pixels:
    """Lay (H, W, 4) on white."""
    alpha = pixels[..., 3:].astype(np.uint16)
    mixed = pixels[..., :3] * alpha + _OPAQUE * (_OPAQUE - alpha)
    return ((mixed + _OPAQUE // 2) // _OPAQUE).astype(np.uint8)


def _webp_film(path: Path, stream: IO[bytes]) -> Film:
    """Open an animated WebP, which libav cannot read."""
    try:
        image = Image.open(stream, formats=("WEBP",))
    except _BROKEN_WEBP as error:
        raise BadFilm(path=path, reason="it is damaged or no film") from error
    if image.width * image.height > MAX_PIXELS:
        raise BadFilm(path=path, reason="its pictures are too large")
    count = getattr(image, "n_frames", 1)
    return Film(
        width=image.width,
        height=image.height,
        frame_count=count,
        fps=_webp_fps(image),
        has_sound=False,
        frames=_webp_frames(path, image, count),
    )


def _webp_fps(image: Image.Image) -> float:
    """Return the rate that the length of the first frame stands for."""
    try:
        image.load()
    except _BROKEN_WEBP:
        return _DEFAULT_FPS
    return 1000 / max(1, image.info.get("duration") or 1000 / _DEFAULT_FPS)


def _webp_frames(path: Path, image: Image.Image, count: int) -> Iterator[Frame | BrokenFrame]:
    at_s = 0.0
    for number in range(count):
        try:
            image.seek(number)
            pixels = np.array(image.convert("RGBA"))
        except _BROKEN_WEBP:
            yield BrokenFrame(path=path, frame=number + 1)
            continue
        yield Frame(_on_white(pixels), at_s)
        at_s += (image.info.get("duration") or 1000 / _DEFAULT_FPS) / 1000
