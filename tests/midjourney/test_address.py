"""A provider's address, however it was copied."""

import pytest

from midjourney.address import normalise_base, split_base

DASHED = "/mj-{mode}"
PLAIN = "/{mode}"


@pytest.mark.parametrize(
    ("url", "mode", "mode_path", "expected"),
    [
        ("https://api.example", "default", DASHED, "https://api.example"),
        ("https://api.example/", "default", DASHED, "https://api.example"),
        ("https://api.example/mj", "default", DASHED, "https://api.example"),
        ("https://api.example/mj/", "default", DASHED, "https://api.example"),
        ("https://api.example/mj/mj//", "default", DASHED, "https://api.example"),
        ("https://api.example/mj-fast", "default", DASHED, "https://api.example/mj-fast"),
        ("https://api.example/mj-fast/mj/", "default", DASHED, "https://api.example/mj-fast"),
        ("https://api.example/mj/mj-fast", "default", DASHED, "https://api.example/mj-fast"),
        ("https://api.example/fast", "default", DASHED, "https://api.example/fast"),
        ("https://api.example/fast/mj", "default", DASHED, "https://api.example/fast"),
        ("https://api.example/quick-turbo/mj", "default", "/quick-{mode}", "https://api.example/quick-turbo"),
        ("https://api.example", "relax", DASHED, "https://api.example/mj-relax"),
        ("https://api.example/mj", "relax", PLAIN, "https://api.example/relax"),
        ("https://api.example/mj-fast", "relax", DASHED, "https://api.example/mj-relax"),
        ("https://api.example/v1/mj", "fast", DASHED, "https://api.example/v1/mj-fast"),
        ("https://api.example/breakfast", "default", DASHED, "https://api.example/breakfast"),
        ("HTTPS://API.Example:443/mj", "default", DASHED, "https://api.example"),
        ("http://10.0.0.5:8080/mj", "default", DASHED, "http://10.0.0.5:8080"),
        ("http://[::1]:3000/mj", "default", DASHED, "http://[::1]:3000"),
    ],
)
def test_an_address_is_normalised(url, mode, mode_path, expected):
    root = normalise_base(url, mode, mode_path)
    assert root == expected
    assert "/mj/mj/" not in root + "/mj/submit/imagine"
    assert normalise_base(root, "default", mode_path) == root


def test_the_base_for_pictures_has_no_mode_in_it():
    assert split_base("https://api.example/v1/mj-fast/mj", DASHED) == ("https://api.example/v1", "/mj-fast")
