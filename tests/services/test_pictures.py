"""Albums, baskets and references, as the services have them: what is recorded, once, and what is refused before."""

from dataclasses import replace

import pytest

from domain.delivery import DeliveryKind
from domain.errors import (
    AlreadyPressed,
    ButtonGone,
    NotAllowed,
    NotHere,
    NotYours,
    PicturesTrouble,
    PicturesUnfit,
    QuotaExceeded,
)
from domain.gathering import Gathering, GatheringKind, GatheringState, Part, Shown, Use
from domain.requester import Requester
from domain.rules import Access
from domain.task import Blend, Describe, Dimensions, Imagine, PictureId, Role
from services import albums, baskets, photos
from storage import gatherings, providers
from tests.services.house import ANNA, BEN, PROVIDER, House, in_group


def shown(message_id: int, unique: str = "") -> Shown:
    """A picture of a message."""
    return Shown(message_id=message_id, picture=PictureId(f"p{message_id}"), unique=unique or f"u{message_id}")


def part(message_id: int, command: str | None = None, words: str = "", *, readable: bool = True) -> Part:
    """A message of an album."""
    return Part(message_id=message_id, shown=shown(message_id) if readable else None, command=command, words=words)


async def album(house: House, *parts: Part, owner: Requester = ANNA, name: str = "a") -> Gathering:
    """An album of these parts, in the order of their coming."""
    for one in parts:
        await house.run(albums.note_part, replace(owner, message_id=one.message_id), name, one, house.now)
    found = await house.run(gatherings.select_album, owner, name)
    assert found is not None
    return found


async def complete(house: House, found: Gathering) -> Gathering | None:
    """All have come."""
    return await house.run(albums.complete, found, house.rules, house.now)


async def use(house: House, found: Gathering, how: Use, requester: Requester = ANNA) -> Gathering:
    """Choose."""
    return await house.run(baskets.use, requester, found.id, how, house.rules, house.now)


def test_each_part_restarts_the_timer_up_to_a_limit() -> None:
    assert albums.QUIET.total_seconds() == 2
    assert albums.LONGEST.total_seconds() == 10


async def test_an_album_blends_in_the_order_of_its_messages_once(house: House) -> None:
    found = await album(house, part(14), part(11, "blend", "landscape"), part(13))
    assert found.owner.message_id == 11
    assert await complete(house, found) is None
    assert await complete(house, found) is None  # somebody was first
    (task,) = await house.tasks()
    assert task.submission == Blend(
        pictures=(PictureId("p11"), PictureId("p13"), PictureId("p14")), dimensions=Dimensions.LANDSCAPE
    )
    assert (task.prompt, task.title, task.reply_to) == ("", "/blend landscape", 11)
    assert await house.counted(task.id) == "held"
    await house.one(task.id, DeliveryKind.STATUS)


async def test_the_timer(house: House) -> None:
    begun = house.now
    found = await album(house, part(11))
    assert found.due_at == begun + albums.QUIET
    for message_id in range(12, 22):
        house.pass_time(1.5)
        found = await album(house, part(message_id))
    assert found.due_at == begun + albums.LONGEST


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([part(n, "blend" if n == 1 else None) for n in range(1, 7)], PicturesTrouble.TOO_MANY),
        ([part(1, "blend"), part(2, readable=False)], PicturesTrouble.NOT_A_PICTURE),
        ([part(1, "blend", "a cat"), part(2)], PicturesTrouble.WORDS),
        ([part(1, "blend", "square portrait"), part(2)], PicturesTrouble.WORDS),
        ([part(1, "animate"), part(2)], PicturesTrouble.ALBUM_COMMAND),
        ([part(1, "imagine"), part(2)], PicturesTrouble.NO_WORDS),
        ([part(n, "imagine" if n == 1 else None, "a fox") for n in range(1, 7)], PicturesTrouble.TOO_MANY),
        ([part(n) for n in range(1, 7)], PicturesTrouble.TOO_MANY),
    ],
)
async def test_what_cannot_be_is_refused_before_anything_is_recorded(
    house: House, parts: list[Part], why: PicturesTrouble
) -> None:
    with pytest.raises(PicturesUnfit) as caught:
        await complete(house, await album(house, *parts))
    assert caught.value.why is why
    assert not await house.tasks()


async def test_the_same_picture_twice(house: House) -> None:
    twice = Part(message_id=12, shown=shown(12, "u11"), command=None, words="")
    with pytest.raises(PicturesUnfit) as caught:
        await complete(house, await album(house, part(11, "blend"), twice))
    assert caught.value.why is PicturesTrouble.SAME
    await house.run(baskets.collect, ANNA, (shown(1),), house.rules, house.now)
    with pytest.raises(PicturesUnfit):
        await house.run(baskets.collect, ANNA, (shown(2, "u1"),), house.rules, house.now)


async def test_a_late_part_is_told_and_one_of_an_offer_still_belongs_to_it(house: House) -> None:
    used = await album(house, part(11, "blend"), part(12))
    await complete(house, used)
    with pytest.raises(PicturesUnfit) as caught:
        await album(house, part(13))
    assert caught.value.why is PicturesTrouble.LATE
    offer = await complete(house, await album(house, part(21), part(22), name="b"))
    assert offer is not None
    assert offer.kind is GatheringKind.OFFER
    again = await house.run(albums.note_part, ANNA, "b", part(23), house.now)
    assert again is not None
    assert again.id == offer.id
    assert len(again.shown) == 3


async def test_a_groups_album_without_a_command_is_nothing(house: House) -> None:
    assert await complete(house, await album(house, part(11), part(12), owner=in_group(ANNA))) is None
    assert not await house.tasks()


async def test_a_lonely_part_in_a_group_begins_a_basket(house: House) -> None:
    found = await album(house, part(11, "blend"), owner=in_group(ANNA))
    assert albums.is_alone(found)
    basket = await complete(house, found)
    assert basket is not None
    assert (basket.kind, len(basket.shown)) == (GatheringKind.BASKET, 1)
    with pytest.raises(PicturesUnfit) as caught:
        await complete(house, await album(house, part(21, "imagine", "x"), owner=in_group(ANNA), name="b"))
    assert caught.value.why is PicturesTrouble.HIDDEN


async def test_a_basket_is_its_owners_in_its_chat_and_used_once(house: House) -> None:
    ann, ben = in_group(ANNA), in_group(BEN)
    for message_id in (1, 2):
        found = await house.run(baskets.collect, ann, (shown(message_id),), house.rules, house.now)
    with pytest.raises(NotYours):
        await use(house, found, Use.BLEND, ben)
    with pytest.raises(NotHere):
        await use(house, found, Use.BLEND, ANNA)
    assert (await use(house, found, Use.PORTRAIT, ann)).state is GatheringState.USED
    for how in Use:
        with pytest.raises(AlreadyPressed):
            await use(house, found, how, ann)
    (task,) = await house.tasks()
    assert task.submission == Blend(pictures=(PictureId("p1"), PictureId("p2")), dimensions=Dimensions.PORTRAIT)
    with pytest.raises(ButtonGone):
        await house.run(baskets.use, ann, 4242, Use.BLEND, house.rules, house.now)


async def test_a_full_day_leaves_the_basket_open(house: House) -> None:
    house.rules = replace(house.rules, daily_per_user=1)
    await house.imagine()
    found = await house.run(baskets.collect, ANNA, (shown(1), shown(2)), house.rules, house.now)
    with pytest.raises(QuotaExceeded):
        await use(house, found, Use.BLEND)
    house.rules = replace(house.rules, daily_per_user=2)
    await use(house, found, Use.BLEND)


async def test_a_basket_that_was_let_go_is_no_more(house: House) -> None:
    found = await house.run(baskets.collect, ANNA, (shown(1), shown(2)), house.rules, house.now)
    await use(house, found, Use.CANCEL)
    with pytest.raises(ButtonGone):
        await use(house, found, Use.BLEND)
    house.pass_time(1)
    fresh = await house.run(baskets.collect, ANNA, (shown(3),), house.rules, house.now)
    assert fresh.id != found.id
    house.pass_time(901)
    assert (await house.run(baskets.collect, ANNA, (shown(4),), house.rules, house.now)).id != fresh.id


@pytest.mark.parametrize("how", [one for one in Use if one is not Use.CANCEL])
async def test_an_empty_basket_has_nothing_to_give(house: House, how: Use) -> None:
    found = await house.run(baskets.collect, ANNA, (), house.rules, house.now)
    with pytest.raises(PicturesUnfit):
        await use(house, found, how)


async def test_whoever_may_not_spend_collects_nothing(house: House) -> None:
    house.rules = replace(house.rules, access=Access.ALLOWLIST)
    with pytest.raises(NotAllowed):
        await house.run(baskets.collect, ANNA, (shown(1),), house.rules, house.now)
    with pytest.raises(NotAllowed):
        await house.run(baskets.offer, ANNA, (shown(1),), "", house.rules, house.now)


async def test_a_picture_put_aside_goes_along_once(house: House) -> None:
    found = await house.run(baskets.offer, ANNA, (shown(1),), "", house.rules, house.now)
    await use(house, found, Use.REFERENCE)
    assert await house.run(photos.has_reference, ANNA, house.now)
    assert not await house.run(photos.has_reference, BEN, house.now)
    with pytest.raises(PicturesUnfit):
        await house.run(photos.imagine, ANNA, "--sref", (), house.rules, house.now)
    for words in ("a fox --sref", "a fox"):
        await house.run(photos.imagine, ANNA, words, (), house.rules, house.now)
    first, second = await house.tasks()
    assert isinstance(first.submission, Imagine)
    assert [(one.picture, one.role) for one in first.submission.attached] == [("p1", Role.STYLE)]
    assert second.submission == Imagine(prompt="a fox")


async def test_no_uploads_are_known_before_anything_is_recorded(house: House) -> None:
    await house.run(providers.note, PROVIDER, "upload", house.now.replace(hour=13))
    with pytest.raises(PicturesUnfit) as caught:
        await house.run(photos.imagine, ANNA, "a fox --cref", (shown(1),), house.rules, house.now)
    assert caught.value.why is PicturesTrouble.NO_UPLOADS
    await house.run(photos.imagine, ANNA, "a fox", (shown(1),), house.rules, house.now)


async def test_describe_and_draw_from_an_offer(house: House) -> None:
    first = await house.run(baskets.offer, ANNA, (shown(1),), "", house.rules, house.now)
    await use(house, first, Use.DESCRIBE)
    second = await house.run(baskets.offer, ANNA, (shown(2),), "a fox", house.rules, house.now)
    await use(house, second, Use.DRAW)
    assert [task.submission for task in await house.tasks()][:1] == [Describe(picture=PictureId("p1"))]
    (_described, drawn) = await house.tasks()
    assert drawn.prompt == "a fox"


async def test_what_it_says_is_one_message_as_long_as_that_can_be(house: House) -> None:
    found = await house.run(baskets.collect, ANNA, (shown(1),), house.rules, house.now)
    await house.run(baskets.show, found, {"text": "one"}, house.now)
    found = await house.run(baskets.collect, ANNA, (shown(2),), house.rules, house.now)
    await house.run(baskets.show, found, {"text": "two"}, house.now)
    (delivery,) = await house.claim()
    assert delivery.body["text"] == "two"  # it had not gone out
    found = await house.run(baskets.collect, ANNA, (shown(3),), house.rules, house.now)
    await house.run(baskets.show, found, {"text": "three"}, house.now)  # just on its way: another one
    assert [one.body["text"] for one in await house.claim()] == ["three"]
