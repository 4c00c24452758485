"""A group moves, a person blocks the bot and comes back, the bot is thrown out: each in the middle of a picture."""

import pytest

from sandbox.telegram.chat import Chat
from tests.world import World, WorldWith


async def test_a_group_becomes_a_supergroup_in_the_middle_of_a_picture(world_with: WorldWith) -> None:
    world = await world_with(ACCESS="allowlist", DAILY_LIMIT_PER_CHAT="5")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    old = world.telegram.group("Friends", [ann, bob], kind="group")
    await world.restart_bot(ALLOWED_CHATS=str(old.id))
    before = await world.draws(ann, "a red fox", old)
    old.say(ann, "/imagine a blue whale")
    await world.pass_time(2)
    new = old.migrate(ann)
    whale = await world.sees_picture(new)
    assert "a blue whale" in whale.text
    await world.pass_time(30, step=1)
    assert len(world.pictures(new)) == 1
    await world.press(new, bob, whale, "U1")
    single = await world.sees_picture(new, after=whale.id)
    await world.press(old, bob, before, "U3")  # the buttons in the old part of the conversation work on
    third = await world.sees_picture(new, after=single.id)
    assert "a red fox" in third.text
    await world.draws(bob, "a green frog", new)
    told = await world.answer(new, new.say(bob, "/imagine one more"))
    assert "This chat's 5 pictures of today are used." in told.text
    await world.restart_bot()
    assert len(world.provider.submissions()) == 5
    assert not [call for call in world.calls(old) if call.time > third.date]


async def test_the_move_is_noticed_by_the_refusal_alone(world: World) -> None:
    """The service messages are lost, as after a day without the bot."""
    ann = world.telegram.person("Ann")
    old = world.telegram.group("Friends", [ann], kind="group")
    old.say(ann, "/imagine a blue whale")
    await world.pass_time(2)
    await world.stop_bot()
    new = old.migrate(ann)
    world.telegram.updates.forget_all()
    await world.start_bot()
    whale = await world.sees_picture(new)
    await world.press(new, ann, whale, "U1")
    await world.sees_picture(new, after=whale.id)


async def waits(world: World, chat: Chat) -> str:
    """The bot's offer of what has waited."""
    offer = await world.sees(chat, lambda m: m.from_bot and m.buttons and "wait" in m.text, within=10)
    return offer.text


async def test_who_blocks_the_bot_and_returns_is_offered_what_came_meanwhile_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    for words in ("a red fox", "a blue whale", "a green frog"):
        ann.private.say(ann, f"/imagine {words}")
    await world.pass_time(2)
    ann.block()
    await world.pass_time(60, step=1)
    assert not world.pictures(ann.private)
    await world.restart_bot()
    ann.unblock()
    assert await waits(world, ann.private) == "3 finished pictures wait for this chat."
    await world.pass_time(60, step=5)
    assert not world.pictures(ann.private)
    offers = [m for m in ann.private.messages if "wait for this chat" in m.text]
    assert len(offers) == 1
    taps = [ann.private.press(ann, offers[0].id, "Bring them") for _time in range(3)]
    for tap in taps:
        await tap.answered()
    await world.until(lambda: len(world.pictures(ann.private)) == 3, within=30)
    await world.pass_time(30, step=1)
    assert len(world.pictures(ann.private)) == 3
    assert not [m for m in ann.private.messages if m.from_bot and not m.photo and "finished" not in m.text]
    picture = world.pictures(ann.private)[0]
    await world.press(ann.private, ann, picture, "U1")
    await world.sees_picture(ann.private, after=world.pictures(ann.private)[-1].id)
    assert len(world.provider.submissions(path="imagine")) == 3


async def test_who_is_back_before_the_picture_is_gets_it_as_if_nothing_had_been(world: World) -> None:
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    ann.block()
    await world.pass_time(2)
    ann.unblock()
    picture = await world.sees_picture(ann.private)
    assert picture.reply_to == asked.id
    await world.pass_time(10)
    assert [m.id for m in ann.private.messages if m.from_bot] == [picture.id]


async def test_who_returns_while_the_news_is_bad_hears_it_at_once(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.fail("a red fox")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(1)
    ann.block()
    await world.pass_time(60, step=1)
    ann.unblock()
    told = await world.sees(ann.private, lambda m: "😔" in m.text, within=10)
    assert "a red fox" in told.text
    assert not [m for m in ann.private.messages if "wait for this chat" in m.text]


@pytest.mark.parametrize("status", ["kicked", "left"])
async def test_a_group_that_throws_the_bot_out_and_lets_it_in_again(world: World, status: str) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    group.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    group.set_bot(ann, status)  # type: ignore[arg-type]
    before = len(world.calls(group))
    await world.draws(bob)
    await world.pass_time(300, step=5)
    assert len(world.calls(group)) - before <= 4
    group.set_bot(ann, "member")
    assert await waits(world, group) == "1 finished picture waits for this chat."
    offer = group.last()
    await world.press(group, bob, offer, "Bring it")  # it costs nothing, so anybody may
    await world.sees_picture(group, within=10)
    assert "comes now" in group.message(offer.id).text


async def test_where_the_bot_may_not_send_photos_the_picture_comes_as_a_file_or_a_link(world: World) -> None:
    ann = world.telegram.person("Ann")
    group, mute = world.telegram.group("Files", [ann]), world.telegram.group("Mute", [ann])
    group.restrict_bot(ann, can_send_photos=False)
    await world.settle()
    group.say(ann, "/imagine a red fox")
    file = await world.sees(group, lambda m: m.document and m.buttons)
    await world.press(group, ann, file, "U1")
    mute.say(ann, "/imagine a blue whale")
    await world.pass_time(2)
    mute.restrict_bot(ann, can_send_messages=False, can_send_photos=False, can_send_documents=False)
    await world.pass_time(60, step=1)
    mute.set_bot(ann, "member")
    assert await waits(world, mute) == "1 finished picture waits for this chat."


async def test_a_deleted_account_disturbs_nobody(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    ann.delete_account()
    before = len(world.calls(ann.private))
    await world.draws(bob)
    await world.pass_time(300, step=5)
    assert len(world.calls(ann.private)) - before <= 4
