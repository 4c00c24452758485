"""`make pictures`: it still works, and the pages show what it makes."""

import re
from pathlib import Path

import pytest
from PIL import Image

from sandbox.pictures import FOLDER, SCENES, make

HOUSE = Path(__file__).parents[3]


def shown() -> set[Path]:
    """The pictures that the README and the docs show."""
    pages = [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")]
    return {
        (page.parent / address).resolve()
        for page in pages
        for address in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }


def test_the_pages_show_each_picture_that_is_made_and_no_other() -> None:
    made = {FOLDER / f"{name}.webp" for name in SCENES}
    assert shown() == made
    assert set(FOLDER.iterdir()) == made
    for path in made:
        assert path.stat().st_size < 300_000, path.name  # a README is to open at once


@pytest.mark.browser
@pytest.mark.process
async def test_they_can_be_made_anew(tmp_path: Path, chromium: str) -> None:
    assert chromium
    (path,) = await make(tmp_path, "club")
    with Image.open(path) as image, Image.open(FOLDER / "club.webp") as kept:
        assert image.size == kept.size
        colours = image.convert("RGB").resize((64, 40)).getcolors(64 * 40) or []
        assert len(colours) > 500  # no empty page
