"""A press that animates, at providers that know it and at those that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import TwoPicturesWanted
from domain.task import Motion, PictureId, Press, RemoteId, Video
from services import ways
from services.alterations import read_animate, swap_in_album
from tests.services.house import ANNA, NOON, OPEN, House

PICTURE = PictureId("file")
HIGH = "MJ::JOB::animate_high::1::u::SOLO"
EXTEND = "MJ::JOB::animate_low_extend::2::u"
TAKE_ONE = "MJ::JOB::video_virtual_upscale::2::u"


def press(custom_id: str) -> Press:
    return Press(parent=RemoteId("7"), custom_id=custom_id)


@pytest.mark.parametrize(
    ("custom_id", "off", "way"),
    [
        (HIGH, (), press(HIGH)),
        (HIGH, ("action animate_high",), Video(prompt="a fox", picture=PICTURE, motion=Motion.HIGH)),
        (HIGH, ("action",), Video(prompt="a fox", picture=PICTURE, motion=Motion.HIGH)),
        (HIGH, ("action animate_high", "video"), None),
        (HIGH, ("video",), press(HIGH)),
        (EXTEND, ("action animate_low_extend",), Video(prompt="a fox", extends=RemoteId("7"), index=1)),
        (TAKE_ONE, (), press(TAKE_ONE)),
        (TAKE_ONE, ("action video_virtual_upscale",), None),
    ],
)
def test_a_press_goes_the_way_that_there_is(custom_id: str, off: tuple[str, ...], way: Press | Video | None) -> None:
    assert ways.choose(press(custom_id), off, picture=PICTURE, words="a fox") == way
    assert ways.is_offered(custom_id, off) is (way is not None)


def test_without_the_picture_there_is_no_other_way() -> None:
    assert ways.choose(press(HIGH), ("action animate_high",)) is None


@pytest.mark.parametrize(
    ("words", "video"),
    [
        ("", Video(prompt="")),
        ("high", Video(prompt="", motion=Motion.HIGH)),
        ("LOW a fox", Video(prompt="a fox")),
        ("high loop\na fox runs high", Video(prompt="a fox runs high", motion=Motion.HIGH, loop=True)),
        ("loop high a fox", Video(prompt="a fox", motion=Motion.HIGH, loop=True)),
        ("highly strange", Video(prompt="highly strange")),
        ("a fox, high", Video(prompt="a fox, high")),
    ],
)
def test_motion_and_loop_are_told_first(words: str, video: Video) -> None:
    assert read_animate(words) == video


@given(st.text(max_size=200))
def test_whatever_is_said_is_read_and_no_words_are_lost(words: str) -> None:
    video = read_animate(f"high {words}x")
    assert video.prompt.endswith("x")
    assert video.motion in {Motion.HIGH, Motion.LOW}


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_an_album_for_a_swap_has_two_pictures(house: House, count: int) -> None:
    with pytest.raises(TwoPicturesWanted):
        await house.run(swap_in_album, ANNA, [PictureId(str(n)) for n in range(count)], OPEN, NOON)
