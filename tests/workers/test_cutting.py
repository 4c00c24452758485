"""A grid cut into its four."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workers import cutting
from workers.cutting import cut


def a_grid(width: int, height: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


@given(st.integers(2, 60), st.integers(2, 60), st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_every_pixel_is_in_exactly_one_of_the_four(width: int, height: int, kind: str) -> None:
    sizes = [Image.open(io.BytesIO(one)).size for one in cut(a_grid(width, height, kind))]
    assert len(sizes) == 4
    assert sum(w * h for w, h in sizes) == width * height
    assert sizes[0][0] + sizes[1][0] == width
    assert sizes[0][1] + sizes[2][1] == height


@given(st.binary(max_size=300), st.integers(0, 400))
def test_what_is_no_picture_or_a_torn_one_is_not_cut(junk: bytes, length: int) -> None:
    assert cut(junk) == ()
    assert len(cut(a_grid(40, 40)[:length])) in {0, 4}


def test_one_that_is_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MOST_PIXELS", 99)
    assert cut(a_grid(10, 10)) == ()
    assert cut(a_grid(1, 50)) == ()
