"""Films: real H.264 that moves, begins as its picture, goes on where it was extended."""

import io
from itertools import pairwise

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from sandbox.painter.film import PART, RATE, Film, frames, mp4
from sandbox.painter.gallery import Gallery
from sandbox.painter.picture import Picture
from sandbox.painter.rendering import render

SEA = Picture(prompt="a lighthouse in a storm --ar 3:2", seed=4)


def difference(first: Image.Image, second: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(first, second.resize(first.size))).mean) / 3


def decoded(data: bytes) -> list[Image.Image]:
    with av.open(io.BytesIO(data), "r") as container:
        assert container.streams.video[0].codec_context.name == "h264"
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"
        return [frame.to_image() for frame in container.decode(video=0)]  # type: ignore[no-untyped-call]


def test_a_film_is_an_mp4_that_plays_before_it_is_all_there() -> None:
    data = mp4(Film(picture=SEA, parts=("low",)), 96)
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")
    shown = decoded(data)
    assert len(shown) == PART * RATE
    assert shown[0].size == Film(picture=SEA, parts=("low",)).size(96)


def test_it_begins_as_its_picture_and_moves() -> None:
    shown = decoded(mp4(Film(picture=SEA, parts=("high",)), 128))
    assert difference(shown[0], render(SEA, (256, 168))) < 8
    steps = [difference(a, b) for a, b in pairwise(shown)]
    assert sum(step > 0.2 for step in steps) > len(steps) * 0.8
    assert difference(shown[0], shown[-1]) > 5


def test_high_motion_moves_more_than_low() -> None:
    low, high = (list(frames(Film(picture=SEA, parts=(motion,)), 96)) for motion in ("low", "high"))
    assert difference(high[0], high[-1]) > difference(low[0], low[-1]) > 1


def test_each_seed_goes_its_own_way() -> None:
    ends = [list(frames(Film(picture=SEA, parts=("high",), seed=seed), 96))[-1] for seed in range(4)]
    assert len({end.tobytes() for end in ends}) == 4


def test_a_loop_ends_as_it_began() -> None:
    loop = list(frames(Film(picture=SEA, parts=("high",), loops=True), 96))
    assert difference(loop[0], loop[-1]) < 1
    assert difference(loop[0], loop[len(loop) // 2]) > 3


def test_an_end_is_reached() -> None:
    end = Picture(prompt="neon city --ar 3:2", seed=1)
    film = Film(picture=SEA, parts=("low",), end=end)
    shown = list(frames(film, 96))
    assert difference(shown[-1], render(end, film.size(96))) == 0
    assert difference(shown[0], shown[-1]) > 10


@pytest.mark.parametrize("motion", ["low", "high"])
def test_an_extension_begins_the_same_and_goes_on(motion: str) -> None:
    film = Film(picture=SEA, parts=("low",), seed=3)
    longer = film.extended("high" if motion == "high" else "low")
    short, long = list(frames(film, 64)), list(frames(longer, 64))
    assert len(long) == 2 * len(short)
    assert difference(short[-1], long[len(short) - 1]) == 0
    assert difference(long[len(short) - 1], long[-1]) > 0.5


def test_a_fine_film_has_more_pixels_and_a_gallery_shoots_once() -> None:
    film, fine = (Film(picture=SEA, parts=("low",), fine=fine) for fine in (False, True))
    assert fine.size(96)[0] > film.size(96)[0]
    gallery = Gallery(side=96)
    assert gallery.film(film) is gallery.film(film)
    assert Image.open(io.BytesIO(gallery.still(film))).format == "WEBP"
