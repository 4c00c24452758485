"""The painter: the same again, the four of a family, every size one composition."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from sandbox.painter.blend import source
from sandbox.painter.gallery import Gallery, blurred, grid, png, single
from sandbox.painter.picture import Picture, extent
from sandbox.painter.reading import SCENES, aspect_of, read
from sandbox.painter.rendering import paint, render

SMALL = (96, 96)
PROMPTS = [
    "a lighthouse in a storm",
    "calm sea at sunset with a boat and waves",
    "mountains and a cabin in winter snow",
    "castle in the alps with balloons",
    "misty forest with a fox and fireflies",
    "neon city by night in the rain",
    "desert with pyramids",
    "saturn and an astronaut",
    "a bouquet of pink roses",
    "portrait of a queen",
    "a cat under the northern stars, black and white",
    "the meaning of tuesday",
    "",
    "灯塔 🌊",
]


def difference(first: Image.Image, second: Image.Image) -> float:
    """How far two pictures lie apart, 0 to 255."""
    parts = ImageStat.Stat(ImageChops.difference(first.convert("RGB"), second.convert("RGB"))).mean
    return sum(parts) / len(parts)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_same_prompt_and_seed_give_the_same_picture(prompt: str) -> None:
    first, second = paint(prompt, 7, SMALL), paint(prompt, 7, SMALL)
    assert first.tobytes() == second.tobytes()
    assert first.size == SMALL
    assert min(ImageStat.Stat(first).stddev) > 3, "an empty canvas is no picture"


def test_another_seed_gives_another_picture() -> None:
    assert difference(paint("a forest", 1, SMALL), paint("a forest", 2, SMALL)) > 5


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_four_of_a_grid_differ_visibly(prompt: str) -> None:
    four = [render(Picture(prompt=prompt, seed=3).variant(n), SMALL) for n in range(1, 5)]
    apart = [difference(a, b) for i, a in enumerate(four) for b in four[i + 1 :]]
    assert min(apart) > 4


def test_a_variation_is_nearer_than_another_of_the_grid() -> None:
    for prompt in ("mountains", "a lighthouse in a storm", "flowers"):
        chosen = Picture(prompt=prompt, seed=3).variant(2)
        here = render(chosen, SMALL)
        near = sum(difference(here, render(chosen.variant(n, 0.14), SMALL)) for n in range(1, 5)) / 4
        far = sum(difference(here, render(Picture(prompt=prompt, seed=3).variant(n), SMALL)) for n in (1, 3, 4)) / 3
        assert 0 < near < far


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_larger_picture_shows_the_same_composition(prompt: str) -> None:
    picture = Picture(prompt=prompt, seed=5).variant(1)
    large = render(picture, (384, 384)).resize(SMALL, Image.Resampling.BOX)
    assert difference(render(picture, (192, 192)).resize(SMALL, Image.Resampling.BOX), large) < 4


def test_a_grid_is_its_four_variants_side_by_side() -> None:
    picture = Picture(prompt="city at night", seed=1)
    sheet = grid(picture, 128)
    assert sheet.size == (128, 128)
    tile = sheet.crop((64, 64, 128, 128))
    assert tile.tobytes() == render(picture.variant(4), (64, 64)).tobytes()


def test_zooming_out_keeps_the_middle() -> None:
    picture = Picture(prompt="calm sea at sunset", seed=4)
    wide = render(picture.zoomed(2), (256, 256)).crop((64, 64, 192, 192))
    assert difference(wide, render(picture, (128, 128))) < 14
    assert difference(wide, render(Picture(prompt="calm sea at sunset", seed=5), (128, 128))) > difference(
        wide, render(picture, (128, 128))
    )


def test_a_pan_moves_what_was_there() -> None:
    picture = Picture(prompt="mountains", seed=4)
    here, there = render(picture, (128, 128)), render(picture.panned("right"), (192, 128))
    assert difference(here.crop((0, 4, 122, 124)), there.crop((0, 4, 122, 124))) == 0


def test_zooming_and_panning_have_an_end_and_never_fail() -> None:
    picture = Picture(prompt="forest", seed=1)
    for _ in range(6):
        picture = picture.zoomed(2).panned("right").panned("up")
    assert render(picture, SMALL).size == SMALL


def test_a_square_of_a_wide_picture_is_square() -> None:
    picture = Picture(prompt="desert --ar 16:9", seed=1).squared()
    assert extent(picture, 512) == (512, 512)


@pytest.mark.parametrize(
    ("prompt", "aspect"),
    [
        ("a --ar 16:9", 16 / 9),
        ("a --aspect 2:3 --v 7", 2 / 3),
        ("a", 1.0),
        ("a --ar 0:3", 1.0),
        ("a --ar 99:1", 3.0),
        ("a --ar 1:99", 1 / 3),
        ("a --ar 12345:1", 1.0),
    ],
)
def test_the_shape_is_read_from_the_prompt(prompt: str, aspect: float) -> None:
    assert aspect_of(prompt) == aspect


def test_a_wide_picture_is_wide() -> None:
    width, height = single(Picture(prompt="sea --ar 3:2", seed=1), 128).size
    assert width / height == pytest.approx(1.5, abs=0.1)


def test_each_scene_is_found_by_its_first_word() -> None:
    for scene, words in SCENES.items():
        assert read(f"a {words.split()[0]}").scene == scene
    assert read("nothing of that kind").scene == "abstract"


def test_what_a_prompt_excludes_is_not_seen() -> None:
    assert "fox" not in read("forest with a fox --no fox, birds").words


def test_grey_prompts_are_grey() -> None:
    hue = paint("black and white mountains", 1, SMALL).convert("HSV").getchannel("S")
    assert ImageStat.Stat(hue).mean[0] < 8


def test_a_region_is_painted_anew_and_the_rest_stays() -> None:
    picture = Picture(prompt="mountains", seed=2)
    mask = Image.new("L", (40, 40))
    mask.paste(255, (20, 0, 40, 40))
    other = render(picture.repainted("neon city", png(mask.convert("RGB")), 3), SMALL)
    before = render(picture, SMALL)
    assert difference(other.crop((0, 0, 40, 96)), before.crop((0, 0, 40, 96))) == 0
    assert difference(other.crop((56, 0, 96, 96)), before.crop((56, 0, 96, 96))) > 5


def test_a_blend_shows_its_sources() -> None:
    red, blue = (source(png(Image.new("RGB", (64, 64), colour))) for colour in ("red", "blue"))
    mixed = render(Picture(prompt="", seed=1, aspect=1.0, sources=(red, blue)), SMALL)
    means = ImageStat.Stat(mixed).mean
    assert means[0] > 40
    assert means[2] > 40
    assert means[1] < 20


def test_what_is_no_image_is_no_source() -> None:
    with pytest.raises(ValueError, match="not an image"):
        source(b"nothing")


def test_a_preview_comes_nearer_to_the_picture() -> None:
    clear = grid(Picture(prompt="a lighthouse in a storm", seed=1), 128)
    apart = [difference(clear, blurred(clear, clear.size, percent)) for percent in (15, 45, 90)]
    assert apart[0] > apart[1] > apart[2]


def test_a_gallery_paints_once_and_forgets_the_least_wanted() -> None:
    gallery = Gallery(side=64, room=2)
    pictures = [Picture(prompt="sea", seed=seed) for seed in range(3)]
    first = gallery.single(pictures[0])
    assert gallery.single(pictures[0]) is first
    gallery.single(pictures[1])
    gallery.single(pictures[2])
    again = gallery.single(pictures[0])
    assert again is not first
    assert again == first


def test_results_are_png_and_previews_webp() -> None:
    gallery, picture = Gallery(side=64), Picture(prompt="sea", seed=1)
    kinds = [gallery.grid(picture), gallery.single(picture, 2), gallery.preview(picture, 30)]
    opened = [Image.open(io.BytesIO(data)) for data in kinds]
    assert [image.format for image in opened] == ["PNG", "PNG", "WEBP"]
    assert [image.size for image in opened] == [(64, 64), (128, 128), (32, 32)]
