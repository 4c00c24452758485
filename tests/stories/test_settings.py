"""`/settings`: what is chosen by buttons takes effect on what reaches the provider, and on what the chat sees."""

from collections.abc import Sequence

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


async def opened(world: World, chat: Chat, person: Person, thread: int | None = None) -> MessageView:
    await world.pass_time(3)
    return await world.answer(chat, chat.say(person, "/settings", thread=thread), within=10)


async def pressed(world: World, chat: Chat, person: Person, page: MessageView, *buttons: str) -> MessageView:
    """Press one after the other on a page that is edited in place; what it shows then."""
    for button in buttons:
        before = chat.message(page.id)
        toast = await world.press(chat, person, before, button)
        assert toast.text in {None, "", "Done.", "Hecho."}, toast.text
        await world.until(lambda: chat.message(page.id).edits > before.edits, 10)  # noqa: B023
    return chat.message(page.id)


def shown(page: MessageView) -> Sequence[str]:
    return [button.text for button in page.buttons]


async def test_what_a_person_chooses_is_in_the_next_prompt_and_can_be_let_go(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    assert "🎨 Model: as Midjourney has it" in page.text
    model = await pressed(world, ann.private, ann, page, "🎨 Model", "Niji 6")
    assert "Now: Niji 6" in model.text
    assert "✓ Niji 6" in shown(model)
    assert "Default" in shown(model)
    await pressed(world, ann.private, ann, page, "‹ Back", "📐 Aspect ratio", "3:2", "‹ Back", "✨ Stylize", "250")
    listed = await pressed(world, ann.private, ann, page, "‹ Back")
    assert "📐 Aspect ratio: 3:2\n" in listed.text
    await world.restart_bot()
    picture = await world.draws(ann, "a fox")
    assert "a fox --niji 6 --ar 3:2 --s 250" in picture.text
    usual = await world.answer(ann.private, ann.private.say(ann, "/prefer"), within=10)
    assert "--niji 6 --ar 3:2 --s 250" in usual.text
    await world.draws(ann, "a fox --v 7 --ar 1:1")
    again = await pressed(
        world, ann.private, ann, page, "🎨 Model", "Midjourney 7", "‹ Back", "📐 Aspect ratio", "Default"
    )
    assert "✓ Default" in shown(again)
    await world.draws(ann, "a fox")
    assert drawn(world) == ["a fox --niji 6 --ar 3:2 --s 250", "a fox --v 7 --ar 1:1 --s 250", "a fox --s 250 --v 7"]


async def test_the_mode_is_in_the_path_and_under_the_picture(world_with: WorldWith) -> None:
    world = await world_with(provider={"dialect": "gateway"})
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    await pressed(world, ann.private, ann, page, "🏎 Speed", "Turbo")
    picture = await world.draws(ann, "a fox")
    assert picture.text.endswith("turbo")
    await world.press(ann.private, ann, picture, "U1")
    await world.sees_picture(ann.private, after=picture.id)
    await world.draws(ann, "a fox --relax")  # what is written goes before what is chosen
    await pressed(world, ann.private, ann, page, "Default")
    await world.draws(ann, "a cat")
    assert [entry.path for entry in world.provider.submissions()] == [
        "/mj-turbo/mj/submit/imagine",
        "/mj-turbo/mj/submit/action",
        "/mj/submit/imagine",
        "/mj/submit/imagine",
    ]


async def test_a_mode_that_the_provider_does_not_know_is_left_out_and_not_offered(world_with: WorldWith) -> None:
    world = await world_with(provider={"serves": ("", "/mj-relax")})
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    await pressed(world, ann.private, ann, page, "🏎 Speed", "Turbo")
    picture = await world.draws(ann, "a fox")
    assert "turbo" not in picture.text
    speed = await pressed(world, ann.private, ann, page, "‹ Back", "🏎 Speed")
    assert {"Fast", "Relaxed"} <= set(shown(speed))
    assert "Turbo" not in shown(speed)
    assert len(world.provider.submissions(path="imagine")) == 1


async def test_what_the_provider_cannot_do_at_all_is_no_fault_of_the_mode(world_with: WorldWith) -> None:
    world = await world_with(provider={"dialect": "gateway"})
    world.paint_nothing()
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    await pressed(world, ann.private, ann, page, "🏎 Speed", "Turbo")
    ann.private.say(ann, "/shorten a very beautiful lighthouse")
    world.provider.faults.add(match="/mj/submit/shorten", status=404, body={"error": "not found"}, times=2)
    await world.until(lambda: "cannot do that" in world.told(ann.private), 20)
    assert "turbo" in (await world.draws(ann, "a fox")).text


@pytest.mark.parametrize("settings", [{"MIDJOURNEY_MODE": "relax"}, {"prefix": "/mj-fast"}])
async def test_where_the_operator_has_chosen_the_mode_nobody_else_does(
    world_with: WorldWith, settings: dict[str, str]
) -> None:
    world = await world_with(provider={"dialect": "gateway"})
    prefix = settings.get("prefix")
    given = {"MIDJOURNEY_BASE_URL": world.provider.base_url + prefix} if prefix else settings
    await world.restart_bot(**given)
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    assert "🏎 Speed" not in shown(page)
    await world.restart_bot(PREVIEWS="off")
    assert "👁 Previews" not in shown(await opened(world, ann.private, ann))


async def test_previews_can_be_done_without(world: World) -> None:
    world.provider.set_speed(all=15)
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    await pressed(world, ann.private, ann, page, "👁 Previews", "Off")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: "%" in m.text)
    await world.sees_picture(ann.private)
    assert not world.calls(ann.private, "editMessageMedia")
    await pressed(world, ann.private, ann, page, "On")
    ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: world.calls(ann.private, "editMessageMedia"), within=30)


async def test_remix_is_the_same_choice_as_by_its_command(world: World) -> None:
    world.provider.engine.remix = True
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    await pressed(world, ann.private, ann, page, "✏️ Remix", "Ask me")
    told = await world.answer(ann.private, ann.private.say(ann, "/remix"), within=10)
    assert "I ask you for words" in told.text
    picture = await world.draws(ann, "a fox")
    await world.press(ann.private, ann, picture, "V1")
    await world.sees(ann.private, lambda m: any(button.text == "As it is" for button in m.buttons) and "fox" in m.text)
    ann.private.say(ann, "/remix asis")
    await world.pass_time(2)
    listed = await pressed(world, ann.private, ann, page, "‹ Back")
    assert "✏️ Remix: As it is\n" in listed.text


async def test_the_language_is_kept_for_whoever_reads(world: World) -> None:
    ann = world.telegram.person("Ann")
    page = await opened(world, ann.private, ann)
    language = await pressed(world, ann.private, ann, page, "🌐 Language", "🇪🇸 Español")
    assert "✓ 🇪🇸 Español" in shown(language)
    assert "Ahora: 🇪🇸 Español" in language.text
    unset = await pressed(world, ann.private, ann, page, "Como diga Telegram")
    assert "✓ As Telegram says" in shown(unset)
    assert "Now: as Telegram says" in unset.text


async def test_a_topic_goes_before_its_chat_and_a_person_before_both(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    forum = world.telegram.group("Art", [ann, bob], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    page = await opened(world, forum, ann)
    assert "⚙️ Settings of this chat" in page.text
    assert "This topic" not in shown(page)
    await pressed(world, forum, ann, page, "📐 Aspect ratio", "3:2", "‹ Back", "🎨 Model", "Midjourney 7")
    await world.pass_time(60, step=5)
    inside = await opened(world, forum, ann, topic)
    there = await pressed(world, forum, ann, inside, "This topic")
    assert "⚙️ Settings of this topic" in there.text
    assert "📐 Aspect ratio: 3:2 (from this chat)" in there.text
    ratio = await pressed(world, forum, ann, inside, "📐 Aspect ratio")
    assert "Now: 3:2 (from this chat)" in ratio.text
    assert "✓ Default" in shown(ratio)
    await pressed(world, forum, ann, inside, "1:1")
    await world.pass_time(60, step=5)
    own = await opened(world, bob.private, bob)
    await pressed(world, bob.private, bob, own, "🎨 Model", "Niji 5")
    for person, thread, words in ((ann, None, "a"), (ann, topic, "b"), (bob, topic, "c"), (bob, None, "d --ar 9:16")):
        asked = forum.say(person, f"/imagine {words}", thread=thread)
        await world.sees(forum, lambda m: m.photo and m.buttons and m.reply_to == asked.id)  # noqa: B023
    assert drawn(world) == [
        "a --ar 3:2 --v 7",
        "b --ar 1:1 --v 7",
        "c --niji 5 --ar 1:1",
        "d --ar 9:16 --niji 5",
    ]


async def test_pictures_of_a_chat_can_be_covered(world: World) -> None:
    world.provider.set_speed(all=15)
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    page = await opened(world, group, ann)
    await pressed(world, group, ann, page, "🙈 Spoiler", "On")
    await world.pass_time(60, step=5)
    grid = await world.draws(ann, chat=group)
    assert [call.params.get("has_spoiler") for call in world.calls(group, "sendPhoto")] == ["true"]
    previews = [call.params["media"] for call in world.calls(group, "editMessageMedia")]
    assert previews
    assert all('"has_spoiler": true' in media for media in previews)
    await world.press(group, ann, grid, "✂️ Four singles")
    await world.until(lambda: world.calls(group, "sendMediaGroup"))
    (album,) = world.calls(group, "sendMediaGroup")
    assert album.params["media"].count('"has_spoiler": true') == 4
    await world.draws(ann)
    assert not any("has_spoiler" in call.params for call in world.calls(ann.private, "sendPhoto"))


async def test_in_a_quiet_chat_only_results_are_said(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    page = await opened(world, group, ann)
    await pressed(world, group, ann, page, "🤫 Quiet", "On")
    await world.pass_time(60, step=5)
    before = len(world.calls(group))
    asked = group.say(bob, "/imagine a red fox")
    picture = await world.sees_picture(group)
    await world.pass_time(20, step=1)
    assert [call.method for call in world.calls(group)[before:]] == ["setMessageReaction", "sendPhoto"]
    assert picture.reply_to == asked.id
    await world.press(group, bob, picture, "U1")
    await world.sees_picture(group, after=picture.id)
    await world.pass_time(20, step=1)
    methods = [call.method for call in world.calls(group)[before:]]
    assert methods.count("sendMessage") == 0
    group.set_bot(ann, "left")
    group.set_bot(ann, "member")
    await world.pass_time(5)
    assert [call.method for call in world.calls(group)[before:]].count("sendMessage") == 0
    channel = world.telegram.channel("Gallery", ann)
    await world.settle()
    post = await opened(world, channel, ann)
    await pressed(world, channel, ann, post, "🤫 Quiet", "On")
    await world.pass_time(60, step=5)
    before = len(world.calls(channel))
    channel.say(ann, "/imagine a red fox")
    await world.sees_picture(channel)
    assert [call.method for call in world.calls(channel)[before:]] == ["sendPhoto"]


async def test_a_closed_command_gets_one_polite_line_and_charges_nothing(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    forum = world.telegram.group("Art", [ann, bob], forum=True)
    topic = forum.create_topic(ann, "Talk")
    page = await opened(world, forum, ann, topic)
    closed = await pressed(world, forum, ann, page, "This topic", "🚪 Commands", "✓ /imagine", "✓ /blend")
    assert "Now: closed: /imagine, /blend" in closed.text
    assert {"✗ /imagine", "✗ /blend", "✓ /animate"} <= set(shown(closed))
    await pressed(world, forum, ann, page, "✗ /blend")
    await world.pass_time(60, step=5)
    told = await world.answer(forum, forum.say(bob, "/imagine a fox", thread=topic))
    assert told.text == "/imagine is closed here by the admins."
    said = len(forum.messages)
    forum.say(bob, "/imagine a fox", thread=topic)
    forum.say(ann, "/imagine", thread=topic)
    await world.pass_time(5)
    assert len(forum.messages) == said + 2
    assert not world.provider.submissions()
    asked = forum.say(bob, "/imagine a fox")  # elsewhere it is open
    await world.sees(forum, lambda m: m.photo and m.reply_to == asked.id)
    await pressed(world, forum, ann, page, "Default")
    asked = forum.say(bob, "/imagine a cat", thread=topic)
    await world.sees(forum, lambda m: m.photo and m.reply_to == asked.id)


async def test_who_presses_is_one_choice_by_either_command_and_a_topics_own(world: World) -> None:
    ann, bob, eve = (world.telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    forum = world.telegram.group("Art", [ann, bob, eve], forum=True)
    topic = forum.create_topic(ann, "Foxes")
    page = await opened(world, forum, ann, topic)
    await pressed(world, forum, ann, page, "👆 Who presses", "Who asked for it")
    told = await world.answer(forum, forum.say(bob, "/presses"), within=10)
    assert told.text.endswith("Who asked for it")
    await world.press(forum, ann, told, "Admins")
    await world.sees(forum, lambda m: m.id == told.id and m.text.endswith("Admins"))
    listed = await pressed(world, forum, ann, page, "‹ Back")
    assert "👆 Who presses: Admins\n" in listed.text
    await pressed(world, forum, ann, page, "This topic", "👆 Who presses", "Everybody here")
    await world.pass_time(60, step=5)
    pictures = []
    for thread in (None, topic):
        asked = forum.say(bob, "/imagine a fox", thread=thread)
        pictures.append(
            await world.sees(forum, lambda m: m.photo and m.buttons and m.reply_to == asked.id)  # noqa: B023
        )
    general, inside = pictures
    assert "only its admins" in ((await world.press(forum, eve, general, "U1")).text or "")
    assert (await world.press(forum, eve, inside, "U1")).text == "U1: on its way."


async def test_only_admins_choose_for_a_chat_and_others_get_a_kind_word(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    await world.settle()
    told = await opened(world, group, bob)
    assert told.text.startswith("The settings of this chat are its admins'.")
    (link,) = told.buttons
    assert link.url == "https://t.me/imagine_bot?start=settings"
    bob.private.say(bob, "/start settings")
    await world.sees(bob.private, lambda m: "⚙️ Your settings" in m.text)
    page = await opened(world, group, ann)
    for data in ("🎨 Model", page.button("🎨 Model").data or ""):
        toast = await world.press(group, bob, page, data)
        assert toast.text == "In this chat only its admins can do that."
    for forged in ("set:2", "set:100", "set:0", "set:10502", "set:999999999", "set:20101", "set:10499"):
        press = group.press_data(bob, page.id, forged)
        assert (await press.answered(5)).text, forged
    await world.pass_time(2)
    assert group.message(page.id).edits == 0
    anonymous = await world.answer(group, group.say(ann, "/settings", anonymous=True), within=20)
    assert "⚙️ Settings of this chat" in anonymous.text
    await pressed(world, group, ann, anonymous, "📐 Aspect ratio", "3:2")
    group.set_member(ann, bob, "administrator")
    await world.pass_time(61, step=5)
    await pressed(world, group, bob, page, "🎨 Model")
    channel = world.telegram.channel("Gallery", ann)
    channel.set_member(ann, bob, "member")
    post = await opened(world, channel, ann)
    assert (await world.press(channel, bob, post, "🎨 Model")).text == "In this chat only its admins can do that."
    await pressed(world, channel, ann, post, "🎨 Model", "Midjourney 7")


async def test_anothers_page_says_nothing_about_ones_own(world: World) -> None:
    """A page in a private chat is its person's; a forged press elsewhere chooses nothing."""
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    page = await opened(world, ann.private, ann)
    group = world.telegram.group("Friends", [ann, eve])
    await world.settle()
    own = page.button("🎨 Model").data or ""
    press = group.press_data(ann, group.messages[0].id, own)
    assert (await press.answered(5)).text == "That button does not belong here."
    press = eve.private.press_data(eve, eve.private.say(eve, "/help").id, "set:10202")
    assert (await press.answered(5)).text == "That button does not belong here."
