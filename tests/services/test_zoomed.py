"""The prompt of a zoom: what was chosen takes the place of what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.question import RATIOS, ZOOMS, zoom_in, zoomed


@pytest.mark.parametrize(
    ("prompt", "zoom", "ratio", "expected"),
    [
        ("a fox", None, None, "a fox --zoom 2"),
        ("a fox", "1.5", None, "a fox --zoom 1.5"),
        ("a fox --zoom 1.3", None, None, "a fox --zoom 1.3"),
        ("a fox --zoom 1.3 --v 7", "1.8", None, "a fox --v 7 --zoom 1.8"),
        ("a fox --ar 3:2", "2", None, "a fox --ar 3:2 --zoom 2"),
        ("a fox --ar 3:2 --v 7", "1", "1:1", "a fox --v 7 --zoom 1 --ar 1:1"),
        ("a fox --aspect 3:2", None, "16:9", "a fox --zoom 2 --ar 16:9"),
        ("a fox --zoom 5", None, None, "a fox --zoom 2"),
        ("a fox --zoom", None, None, "a fox --zoom 2"),
        ("a fox --zoomed --arty", None, "1:1", "a fox --zoomed --arty --zoom 2 --ar 1:1"),
        ("a\n\nfox", None, None, "a\n\nfox --zoom 2"),
    ],
)
def test_it_names_one_zoom_and_one_shape(prompt: str, zoom: str | None, ratio: str | None, expected: str) -> None:
    assert zoomed(prompt, zoom, ratio) == expected


@given(
    st.lists(st.sampled_from(["a", "fox", "--zoom", "1.5", "9", "--ar", "3:2", "\n", "--v 7", "—"]), max_size=12),
    st.sampled_from([None, *ZOOMS]),
    st.sampled_from([None, *RATIOS]),
)
def test_whatever_stood_there(parts: list[str], zoom: str | None, ratio: str | None) -> None:
    prompt = zoomed(" ".join(parts), zoom, ratio)
    assert prompt.count("--zoom ") == 1
    found = zoom_in(prompt)
    assert found is not None
    assert 1 <= float(found) <= 2
    if zoom:
        assert found == zoom
    if ratio:
        assert prompt.endswith(f"--ar {ratio}")
        assert prompt.count("--ar") == 1
