"""Small videos with sound, made for tests."""

import av
import numpy as np

RATE = 48_000


def moving(count, height=48, width=64):
    """Return smooth colourful frames, each unlike its neighbours."""
    y, x = np.mgrid[0:height, 0:width] / 24
    for number in range(count):
        turn = 2 * np.pi * number / count
        waves = np.stack([np.sin(3 * x + turn), np.cos(3 * y - turn), np.sin(3 * x - 3 * y)], -1)
        yield (127.5 + 127 * waves).astype(np.uint8)


def make_video(
    path, *, container="mp4", codec="libx264", sound="aac", seconds=1, fps=12, size=(64, 48)
):
    """Write a video with a tone of 440 Hz; `sound` is a codec or None."""
    with av.open(path, "w", format=container) as target:
        pictures = target.add_stream(codec, rate=fps)
        pictures.pix_fmt = "yuv420p"
        pictures.width, pictures.height = width, height = size
        tone = target.add_stream(sound, rate=RATE) if sound else None
        for pixels in moving(seconds * fps, height, width):
            target.mux(pictures.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        target.mux(pictures.encode())
        if tone is None:
            return path
        wave = np.sin(2 * np.pi * 440 * np.arange(seconds * RATE) / RATE)
        for begin in range(0, len(wave), 1000):
            part = (16_000 * wave[None, begin : begin + 1000]).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, begin
            target.mux(tone.encode(frame))
        target.mux(tone.encode())
    return path


def sound_of(path):
    """Return codec, length in seconds and loudness (RMS) of the sound in a video, or None."""
    with av.open(path) as container:
        if not container.streams.audio:
            return None
        codec = container.streams.audio[0].codec.canonical_name
        frames = list(container.decode(audio=0))
        samples = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
        length = sum(frame.samples / frame.sample_rate for frame in frames)
        loudness = samples.astype(float).std() / (32768 if samples.dtype == np.int16 else 1)
        return codec, length, loudness
