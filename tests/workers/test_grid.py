"""The grid: each pixel is in exactly one cell, and what is drawn is what will be changed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workers.grid import LONGEST_SIDE, PictureUnreadable, draw_grid, grid_mask
from workers.mask import Fault, MaskRefused, portable, white_share


def picture(size: tuple[int, int] = (90, 60), colour: str = "gray", kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image.convert("L") if image.format == "PNG" else image


@given(
    st.integers(3, 70), st.integers(3, 70), st.integers(1, 3), st.integers(2, 3), st.sets(st.integers(1, 6), min_size=1)
)
def test_cells_and_their_rest_make_the_whole_without_gap_or_overlap(
    width: int, height: int, columns: int, rows: int, chosen: set[int]
) -> None:
    every = set(range(1, columns * rows + 1))
    chosen &= every
    if not chosen or chosen == every:
        return
    one = opened(grid_mask(width, height, columns, rows, chosen)).tobytes()
    other = opened(grid_mask(width, height, columns, rows, every - chosen)).tobytes()
    assert all(a + b == 255 for a, b in zip(one, other, strict=True))
    apart = [opened(grid_mask(width, height, columns, rows, {cell})).tobytes() for cell in chosen]
    assert bytes(sum(values) for values in zip(*apart, strict=True)) == one


def test_cells_are_numbered_row_by_row_from_one() -> None:
    mask = opened(grid_mask(30, 20, 3, 2, [1, 6]))
    centres = [mask.getpixel((5 + 10 * column, 5 + 10 * row)) for row in range(2) for column in range(3)]
    assert centres == [255, 0, 0, 0, 0, 255]
    assert white_share(grid_mask(30, 20, 3, 2, [1, 6])) == 1 / 3


def test_it_is_portable_already() -> None:
    made = grid_mask(31, 17, 3, 3, (5,))
    assert portable(made, 31, 17) == made


def test_none_and_all_are_refused_and_unknown_cells_are_a_mistake() -> None:
    for cells, fault in (((), Fault.NOTHING_MARKED), (range(1, 10), Fault.EVERYTHING_MARKED)):
        with pytest.raises(MaskRefused) as refused:
            grid_mask(30, 30, 3, 3, cells)
        assert refused.value.fault is fault
    for cell in (0, 10, -1):
        with pytest.raises(ValueError, match="no cell"):
            grid_mask(30, 30, 3, 3, [cell])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_drawn_grid_is_a_jpeg_of_the_same_shape(kind: str) -> None:
    drawn = opened(draw_grid(picture((900, 600), kind=kind), 3, 3, ()))
    assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (900, 600))


def test_a_large_picture_is_made_smaller() -> None:
    assert opened(draw_grid(picture((4096, 2048)), 4, 4, ())).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_only_the_chosen_are_tinted() -> None:
    drawn = opened(draw_grid(picture((600, 600)), 3, 3, {2, 9}))
    spots = [drawn.getpixel((40 + 200 * column, 40 + 200 * row)) for row in range(3) for column in range(3)]
    tinted = {number for number, spot in enumerate(spots, 1) if isinstance(spot, tuple) and spot[2] - spot[1] > 40}
    assert tinted == {2, 9}


@pytest.mark.parametrize("colour", ["white", "black", "gray", "magenta"])
def test_a_number_has_light_and_dark_on_any_ground(colour: str) -> None:
    drawn = opened(draw_grid(picture((600, 600), colour), 3, 3, ())).convert("L")
    shades = drawn.crop((230, 230, 370, 370)).histogram()
    assert sum(shades[:60]) > 300
    assert sum(shades[220:]) > 300


@pytest.mark.parametrize("data", [b"", b"GIF89a", picture()[:60], picture((7000, 6000), "black", mode="L")])
def test_what_is_no_picture_or_too_large_is_refused(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        draw_grid(data, 3, 3, ())


def test_the_smallest_picture_can_be_drawn_on() -> None:
    assert opened(draw_grid(picture((1, 1)), 3, 3, {5})).size == (1, 1)


def test_an_alpha_channel_does_no_harm() -> None:
    assert opened(draw_grid(picture(mode="RGBA"), 2, 2, {1})).mode == "RGB"
