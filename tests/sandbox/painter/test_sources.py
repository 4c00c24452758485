"""Images that were sent show in what is painted from them, and what was painted is known again."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from sandbox.painter.blend import shape_of, source
from sandbox.painter.gallery import Gallery, png
from sandbox.painter.memory import Memory
from sandbox.painter.picture import Picture
from sandbox.painter.rendering import paint, render

SIZE = (150, 100)
COLOURS = {"red": 0, "lime": 1, "blue": 2, "yellow": 3, "white": 4}


def plain(colour: str) -> bytes:
    return source(png(Image.new("RGB", (60, 40), colour)))


def near(image: Image.Image, colour: str) -> Image.Image:
    """Where an image has about this colour."""
    apart = ImageChops.difference(image, Image.new("RGB", image.size, colour)).split()
    worst = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2])
    return worst.point([255 if value < 40 else 0 for value in range(256)])


def middle(image: Image.Image, colour: str) -> float:
    """How far to the right a colour lies on average; fails if it isn't there."""
    columns = [
        ImageStat.Stat(near(image, colour).crop((x, 0, x + 1, image.height))).mean[0] for x in range(image.width)
    ]
    assert sum(columns) > 255, f"{colour} can't be found"
    return sum(x * weight for x, weight in enumerate(columns)) / sum(columns)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("index", [1, 2, 3, 4])
def test_a_blend_shows_each_source_in_the_order_given(count: int, index: int) -> None:
    names = list(COLOURS)[:count]
    for order in (names, names[::-1]):
        picture = Picture(prompt="", seed=8, aspect=1.5, sources=tuple(plain(name) for name in order))
        image = render(picture.variant(index), SIZE)
        places = [middle(image, name) for name in order]
        assert places == sorted(places)


def test_the_four_of_a_blend_differ() -> None:
    picture = Picture(prompt="", seed=8, aspect=1.5, sources=(plain("red"), plain("blue")))
    first, second = (render(picture.variant(n), SIZE) for n in (1, 2))
    assert first.tobytes() != second.tobytes()


def test_an_image_in_a_prompt_shows_as_much_as_its_weight_says() -> None:
    halves = Image.new("RGB", SIZE, "red")
    halves.paste("blue", (75, 0, 150, 100))
    kept = source(png(halves))

    def apart(share: float) -> float:
        image = render(Picture(prompt="a forest", seed=2, aspect=1.5, sources=(kept,), share=share), SIZE)
        red, blue = (ImageStat.Stat(image.crop(box)).mean for box in ((0, 0, 60, 100), (90, 0, 150, 100)))
        return (red[0] - red[2]) - (blue[0] - blue[2])

    assert abs(apart(0.0)) < 30
    assert apart(0.0) + 150 < apart(0.5) < apart(0.75)


def test_one_source_alone_stays_as_it_is() -> None:
    image = paint("a castle", 3, SIZE)
    shown = render(Picture(prompt="", seed=1, aspect=1.5, sources=(source(png(image)),)), SIZE)
    assert sum(ImageStat.Stat(ImageChops.difference(image, shown)).mean) / 3 < 4
    assert shape_of(source(png(image))) == 1.5


def test_a_style_gives_its_colours_and_not_its_things() -> None:
    image = render(Picture(prompt="mountains", seed=2, aspect=1.5, styles=(plain("red"),)), SIZE)
    red, green, blue = ImageStat.Stat(image).mean
    assert red > 2 * max(green, blue)
    assert min(ImageStat.Stat(image).stddev[:1]) > 3


def test_a_style_may_be_a_number() -> None:
    mountains = [paint(f"mountains{style}", 2, SIZE).tobytes() for style in ("", " --sref 7", " --sref 8", " --sref 7")]
    assert len(set(mountains)) == 3


def test_our_own_pictures_may_be_referred_to_before_they_are_painted() -> None:
    own = Picture(prompt="a rose, red", seed=1)
    image = render(Picture(prompt="mountains", seed=2, aspect=1.5, styles=(own,)), SIZE)
    assert image.tobytes() != paint("mountains", 2, SIZE).tobytes()


def test_a_face_is_in_the_middle_and_the_edges_stay() -> None:
    without = Picture(prompt="", seed=1, aspect=1.5, sources=(plain("blue"),))
    image = render(Picture(prompt="", seed=1, aspect=1.5, sources=(plain("blue"),), faces=(plain("red"),)), SIZE)
    assert 50 < middle(image, "red") < 100
    assert image.getpixel((75 - 17, 45 - 21)) == render(without, SIZE).getpixel((75 - 17, 45 - 21)), "it is an oval"
    edge = (0, 0, 150, 15)
    assert image.crop(edge).tobytes() == render(without, SIZE).crop(edge).tobytes()


def test_the_other_bots_pictures_are_flatter_and_brighter() -> None:
    usual, drawn = (render(Picture(prompt="a forest", seed=2, niji=niji), (128, 128)) for niji in (False, True))

    def tones(image: Image.Image) -> int:
        return len(image.getcolors(1 << 16) or ())

    def mean(image: Image.Image, channel: str) -> float:
        return ImageStat.Stat(image.convert("HSV").getchannel(channel)).mean[0]

    assert tones(drawn) * 10 < tones(usual)
    assert mean(drawn, "V") > mean(usual, "V")
    assert mean(drawn, "S") > mean(usual, "S")


def test_what_was_painted_is_known_after_it_was_shrunk_and_encoded_again() -> None:
    memory = Memory()
    gallery = Gallery(side=256, memory=memory)
    for seed, prompt in enumerate(("a castle --ar 3:2", "a forest with a fox", "saturn")):
        picture = Picture(prompt=prompt, seed=seed)
        for data in (gallery.grid(picture), gallery.single(picture.variant(3))):
            out = io.BytesIO()
            Image.open(io.BytesIO(data)).resize((90, 60 if "3:2" in prompt else 90)).save(out, "JPEG", quality=70)
            assert memory.recall(out.getvalue()) == prompt


def test_what_was_not_painted_here_is_not_known() -> None:
    memory = Memory(room=1)
    gallery = Gallery(side=64, memory=memory)
    sea = gallery.single(Picture(prompt="sea", seed=1))
    assert memory.recall(png(paint("sea", 2, (64, 64)))) is None
    assert memory.recall(sea) == "sea"
    gallery.single(Picture(prompt="", seed=1))
    assert memory.recall(sea) == "sea", "a picture without words teaches nothing"
    gallery.single(Picture(prompt="forest", seed=1))
    assert memory.recall(sea) is None, "the oldest is forgotten"
