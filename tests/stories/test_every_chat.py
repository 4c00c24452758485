"""Groups, topics, channels: from the wish to the enlarged picture, in the right place; what is not meant is nothing."""

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


def words_of_the_bot(chat: Chat) -> list[str]:
    """What the bot shows in a chat, pictures aside."""
    return [m.text for m in chat.messages if m.from_bot and not m.photo]


async def upscaled(world: World, chat: Chat, person: Person, asked: MessageView) -> MessageView:
    """The whole story in a chat: the picture answers the wish, and the enlarged one answers the picture."""
    grid = await world.sees(chat, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    toast = await world.press(chat, person, grid, "U2")
    assert toast.text == "U2: on its way."
    single = await world.sees_picture(chat, after=grid.id)
    assert single.reply_to == grid.id
    assert single.thread == grid.thread == asked.thread
    await world.pass_time(3)
    return single


async def test_a_group_hears_one_hello_then_answers_only(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    await world.settle()
    (hello,) = group.messages
    assert "/imagine@imagine_bot" in hello.text
    assert "I hear commands and answers to my messages, nothing else" in hello.text
    group.say(ann, "nice bot")
    group.say(ann, "/imagine@other_bot a cow")
    group.say(ann, "/nonsense@imagine_bot")
    await world.pass_time(2)
    assert words_of_the_bot(group) == [hello.text]
    single = await upscaled(world, group, bob, group.say(ann, "/imagine@imagine_bot a red fox"))
    assert "Bob" in single.text
    assert words_of_the_bot(group) == [hello.text]
    prompts = [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]
    assert prompts == ["a red fox"]


async def test_an_invitation_by_link_brings_one_hello_not_two(world: World) -> None:
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann], bot="left")
    await world.settle()
    group.set_bot(ann, "member")
    group.say(ann, "/start@imagine_bot group")
    await world.pass_time(2)
    assert len(words_of_the_bot(group)) == 1
    group.set_bot(ann, "administrator")
    await world.pass_time(2)
    assert len(words_of_the_bot(group)) == 1  # a promotion is no news


async def test_an_anonymous_admin_owns_pictures_as_the_group_and_presses_as_a_person(world_with: WorldWith) -> None:
    world = await world_with(PRESS_POLICY="owner")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    asked = group.say(ann, "/imagine a red fox", anonymous=True)
    grid = await world.sees(group, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    assert "Ann" not in grid.text
    assert "Friends" in grid.text
    toast = await world.press(group, bob, grid, "U1")
    assert toast.text == "Only the person who asked for this picture can do that."
    await world.press(group, ann, grid, "U1")
    await world.sees_picture(group, after=grid.id)


async def test_who_writes_as_a_channel_is_that_channel(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="1")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    hers, his = world.telegram.channel("Anns news", ann), world.telegram.channel("Bobs news", bob)
    for person, channel in ((ann, hers), (bob, his)):
        asked = group.say(person, "/imagine a red fox", as_channel=channel)
        await world.until(lambda: len(world.pictures(group)) == (1 if person is ann else 2))  # noqa: B023
        picture = world.pictures(group)[-1]
        assert picture.reply_to == asked.id
        assert channel.id != group.id
        assert f"{person.name}s news" in picture.text
    again = group.say(ann, "/imagine a blue whale", as_channel=hers)
    told = await world.answer(group, again)
    assert "picture of today is used" in told.text
    assert len(world.provider.submissions()) == 2


@pytest.mark.parametrize("admin", [False, True])
async def test_in_a_forum_everything_stays_in_its_topic(world: World, admin: bool) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    forum = world.telegram.group("Art", [ann, bob], forum=True, bot="administrator" if admin else "member")
    await world.settle()
    topic, other = forum.create_topic(ann, "Foxes"), forum.create_topic(ann, "Whales")
    single = await upscaled(world, forum, bob, forum.say(ann, "/imagine a red fox", thread=topic))
    assert single.thread == topic
    whale = await upscaled(world, forum, ann, forum.say(bob, "/imagine a blue whale", thread=other))
    assert whale.thread == other
    general = await upscaled(world, forum, ann, forum.say(bob, "/imagine a green frog"))
    assert general.thread is None
    help_ = await world.answer(forum, forum.say(bob, "/help", thread=topic), within=70)
    assert help_.thread == topic
    assert {m.thread for m in forum.messages if m.from_bot} == {topic, other, None}
    await world.press(forum, ann, single, "📎 Original")
    file = await world.sees(forum, lambda m: m.document)
    assert file.thread == topic


@pytest.mark.parametrize("how", ["closed", "deleted"])
async def test_a_topic_that_goes_in_the_middle_of_a_picture_is_left_with_a_word_once(world: World, how: str) -> None:
    ann = world.telegram.person("Ann")
    forum = world.telegram.group("Art", [ann], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    forum.say(ann, "/imagine a red fox", thread=topic)
    await world.pass_time(2)
    if how == "closed":
        forum.close_topic(ann, topic)
    else:
        forum.delete_topic(ann, topic)
    picture = await world.sees_picture(forum)
    assert picture.thread is None
    assert "The topic it was asked in takes nothing" in picture.text
    assert "a red fox" in picture.text
    assert "Ann" in picture.text
    await world.pass_time(30, step=1)
    assert len(world.pictures(forum)) == 1
    await world.press(forum, ann, picture, "U1")  # it stands in General now, and so does what comes of it
    single = await world.sees_picture(forum, after=picture.id)
    assert single.thread is None
    assert "takes nothing" not in single.text


async def test_a_reply_in_a_group_without_topics_is_not_taken_for_one(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    first = group.say(ann, "look at this")
    single = await upscaled(world, group, bob, group.say(bob, "/imagine a red fox", reply_to=first.id))
    assert single.thread is None


async def test_a_channel_asks_by_posts_and_presses_by_its_admins(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    channel = world.telegram.channel("Gallery", ann)
    channel.set_member(ann, bob, "member")
    await world.settle()
    assert not words_of_the_bot(channel)  # no hello before all subscribers
    asked = channel.say(ann, "/imagine a red fox")
    grid = await world.sees(channel, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    assert "Ann" not in grid.text
    for button in ("U1", "📎 Original", "🗑"):
        toast = await world.press(channel, bob, grid, button)
        assert "admins" in (toast.text or "") or "Only the person" in (toast.text or ""), button
        assert toast.show_alert
    assert len(world.provider.submissions()) == 1
    single = await upscaled(world, channel, ann, asked)
    assert "Ann" not in single.text
    edited = channel.say(ann, "hello")
    channel.edit(ann, edited.id, "/imagine a cow")
    await world.pass_time(2)
    assert len(world.provider.submissions()) == 2
    assert [m.text for m in channel.messages if m.from_bot and not m.photo] == []


async def test_a_post_and_its_forward_into_the_discussion_are_one_wish(world: World) -> None:
    ann = world.telegram.person("Ann")
    channel = world.telegram.channel("Gallery", ann)
    group = world.telegram.group("Discussion", [ann], bot="administrator")
    channel.link(group)
    asked = channel.say(ann, "/imagine a red fox")
    await world.sees(channel, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == asked.id)
    await world.pass_time(5)
    assert len(world.provider.submissions()) == 1
    assert not world.pictures(group)


async def test_who_presses_is_the_chats_own_choice(world: World) -> None:
    ann, bob, eve = (world.telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    group = world.telegram.group("Friends", [ann, bob, eve])
    grid = await world.draws(bob, chat=group)
    question = await world.answer(group, group.say(bob, "/presses"))
    assert "Everybody here" in question.text
    toast = await world.press(group, bob, question, "Admins")
    assert toast.text == "In this chat only its admins can do that."
    await world.press(group, ann, question, "Admins")
    await world.sees(group, lambda m: m.id == question.id and m.text.endswith("Admins"))
    assert (await world.press(group, eve, grid, "U1")).text == "In this chat only its admins can do that."
    await world.restart_bot()
    assert (await world.press(group, eve, grid, "U1")).text == "In this chat only its admins can do that."
    asked = len(world.telegram.journal.calls("getChatMember"))
    for _time in range(5):
        await world.press(group, eve, grid, "U1")
    assert len(world.telegram.journal.calls("getChatMember")) == asked  # it is remembered
    assert not world.provider.submissions(path="action")
    group.set_member(ann, eve, "administrator")
    await world.pass_time(61, step=5)
    await world.press(group, eve, grid, "U1")
    await world.sees_picture(group, after=grid.id)
    await world.press(group, bob, grid, "U2")  # his own
    await world.until(lambda: len(world.provider.submissions(path="action")) == 2)


async def test_where_telegram_does_not_tell_who_is_an_admin_nothing_is_spent(world_with: WorldWith) -> None:
    world = await world_with(PRESS_POLICY="admins")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    grid = await world.draws(ann, chat=group)
    world.telegram.faults.add(match="getChatMember", status=400)
    toast = await world.press(group, bob, grid, "U1")
    assert toast.text == "Telegram does not tell me just now who is an admin here. Please try again."
    assert not world.provider.submissions(path="action")


async def test_the_bin_takes_a_picture_out_of_the_chat(world: World) -> None:
    ann, bob, eve = (world.telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    group = world.telegram.group("Friends", [ann, bob, eve])
    first, second = await world.draws(bob, "a red fox", group), await world.draws(bob, "a blue whale", group)
    assert (await world.press(group, eve, first, "🗑")).text == "Only the person who asked for this picture can do that."
    assert (await world.press(group, bob, first, "🗑")).text == "It goes."
    assert (await world.press(group, ann, second, "🗑")).text == "It goes."
    await world.until(lambda: not world.pictures(group), within=5)
    old = await world.draws(bob, "a green frog", group)
    await world.pass_time(49 * 3600, step=3600)
    await world.press(group, bob, old, "🗑")
    told = await world.sees(group, lambda m: "48 hours" in m.text, within=5)
    assert told.reply_to == old.id
    assert group.message(old.id) in group.messages


async def test_a_forged_press_spends_nothing_in_any_kind_of_chat(world: World) -> None:
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    group, other = (world.telegram.group(title, [ann, eve]) for title in ("Friends", "Others"))
    channel = world.telegram.channel("Gallery", ann)
    channel.set_member(ann, eve, "member")
    await world.settle()
    grid, theirs = await world.draws(ann, chat=group), await world.draws(ann, chat=other)
    post = channel.say(ann, "/imagine a red fox")
    framed = await world.sees(channel, lambda m: m.from_bot and m.photo and m.buttons and m.reply_to == post.id)
    spent = len(world.provider.submissions())
    stolen, removal = grid.button("U1").data or "", grid.button("🗑").data or ""
    for chat, under, data in (
        (other, theirs, stolen),  # of a picture that stands elsewhere
        (other, theirs, removal),
        (channel, framed, stolen),
        (channel, framed, framed.button("U1").data or ""),  # of this picture, by a reader
        (channel, framed, framed.button("🗑").data or ""),
        (eve.private, eve.private.say(eve, "/help"), framed.button("U1").data or ""),
        (group, grid, "p:0"),  # a choice that only admins make
        (group, grid, "p:9"),
    ):
        press = chat.press_data(eve, under.id, data)
        await world.settle()
        answer = await press.answered()
        assert answer.text, data
        assert "on its way" not in answer.text.lower()
    await world.pass_time(5)
    assert len(world.provider.submissions()) == spent
    assert len(world.pictures(group)) == len(world.pictures(other)) == len(world.pictures(channel)) == 1
