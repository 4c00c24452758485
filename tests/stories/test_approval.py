"""Strangers knock, an operator decides by a button: nothing is spent before, and each side hears of it once."""

import re

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

BOSS = 10_001
ASKED = "🙏 I have asked the operator"
LET_IN = "✅ The operator has let"


async def with_boss(world_with: WorldWith, **settings: str) -> tuple[World, Person]:
    """An operator who has begun a chat with the bot."""
    world = await world_with(ACCESS="approval", ADMIN_USERS=str(BOSS), **settings)
    boss = world.telegram.person("Boss")
    boss.private.say(boss, "/start")
    await world.settle()
    return world, boss


def cards(boss: Person) -> list[MessageView]:
    """The cards that an operator sees."""
    return [
        m for m in boss.private.messages if m.from_bot and any(b.data and b.data.startswith("u:") for b in m.buttons)
    ]


async def the_card(world: World, boss: Person, name: str) -> MessageView:
    """The card about somebody."""
    return await world.sees(boss.private, lambda m: m in cards(boss) and name in m.text)


async def decides(world: World, boss: Person, name: str, button: str) -> None:
    """The operator presses under the card about somebody."""
    await world.press(boss.private, boss, await the_card(world, boss, name), button)
    await world.settle()


async def test_an_unknown_person_is_asked_about_once_and_the_next_wish_after_the_approval_is_drawn(
    world_with: WorldWith,
) -> None:
    world, boss = await with_boss(world_with)
    ann = world.telegram.person("Ann")
    for words in ("a red fox", "a blue whale"):
        ann.private.say(ann, f"/imagine {words}")
        await world.pass_time(1)
    (card,) = cards(boss)
    assert all(part in card.text for part in ("Ann", "A person, in private", str(ann.id)))
    assert [b.text for b in card.buttons] == [
        "✅ Approve",
        "5 a day",
        "20 a day",
        "50 a day",
        "✖️ Refuse",
        "⛔ Block",
    ]
    await world.press(boss.private, boss, card, "✅ Approve")
    told = await world.sees(ann.private, lambda m: m.text.startswith(LET_IN))
    assert told.text.endswith("/imagine a red fox")
    assert told.entities[-1]["type"] == "code"
    await world.pass_time(5)
    assert not world.provider.submissions()
    shown = boss.private.message(card.id)
    assert "Let in by Boss, 2026-11-21" in shown.text
    assert [b.text for b in shown.buttons] == ["✏️ Change"]
    await world.draws(ann, "a red fox")
    assert world.told(ann.private).count(ASKED) == world.told(ann.private).count(LET_IN) == 1
    assert len(world.provider.submissions()) == 1


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_an_unknown_group_is_asked_about_when_the_bot_is_added_and_told_when_it_wishes(
    world_with: WorldWith, kind: str
) -> None:
    world, boss = await with_boss(world_with)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob], kind=kind)  # type: ignore[arg-type]
    card = await the_card(world, boss, "Friends")
    assert "A group · 3 members" in card.text
    assert "Asked by Ann" in card.text
    await world.pass_time(5)
    assert not group.messages
    group.say(bob, "/imagine a red fox")
    group.say(ann, "/imagine a blue whale")
    await world.pass_time(2)
    assert world.told(group).count(ASKED) == 1
    assert len(cards(boss)) == 1
    await world.press(boss.private, boss, card, "✅ Approve")
    told = await world.sees(group, lambda m: m.text.startswith(LET_IN))
    assert "/imagine a red fox" in told.text
    if kind == "group":
        group = group.migrate(ann)
        await world.settle()
    await world.draws(ann, chat=group)
    assert len(world.provider.submissions()) == 1


async def test_a_group_that_has_not_wished_yet_is_greeted_when_it_is_let_in(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    ann = world.telegram.person("Ann")
    group, other = (world.telegram.group(title, [ann]) for title in ("Friends", "Others"))
    channel = world.telegram.channel("Gallery", ann)
    for name in ("Friends", "Gallery"):
        await decides(world, boss, name, "✅ Approve")
    await decides(world, boss, "Others", "✖️ Refuse")
    await world.pass_time(5)
    assert world.told(group).startswith(LET_IN)
    assert "/imagine@imagine_bot" in world.told(group)
    assert not channel.messages  # no word before all subscribers
    assert not other.messages  # nobody there has asked
    other.say(ann, "/imagine a red fox")
    await world.pass_time(1)
    assert "has not let you in" in world.told(other)
    await world.draws(ann, chat=channel)
    assert len(world.provider.submissions()) == 1


async def test_a_strangers_forged_press_does_nothing_and_so_does_an_operators_in_a_group(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    eve = world.telegram.person("Eve")
    group = world.telegram.group("Friends", [eve, boss])
    asked = eve.private.say(eve, "/imagine a red fox")
    card = await the_card(world, boss, "Eve")
    approve = card.button("✅ Approve").data or ""
    posted = group.say(boss, "hello")
    for chat, person, under in ((eve.private, eve, asked), (group, eve, posted), (group, boss, posted)):
        toast = await chat.press_data(person, under.id, approve).answered()
        assert toast.text == "Only whoever runs this bot can do that, in a private chat with me."
    for command in ("/people", f"/block {boss.id}", f"/unblock {eve.id}", "/unclear"):
        eve.private.say(eve, command)
        group.say(boss, command)
    await world.pass_time(5)
    assert "Only whoever runs this bot" in world.told(eve.private)
    assert not group.last().from_bot  # in groups nobody answers
    assert boss.private.message(card.id).edits == 0
    eve.private.say(eve, "/imagine a red fox")
    await world.pass_time(3)
    assert not world.provider.submissions()


async def refused_and_blocked_again(world: World, eve: Person, group: Chat, grid: MessageView) -> None:
    """All that somebody who is blocked can try brings no sound."""
    shown, calls = (eve.private.last(), group.last()), len(world.telegram.journal.calls("answerCallbackQuery"))
    mine = [eve.private.say(eve, text).id for text in ("/imagine a fox", "/start", "/start w1", "/help", "hello")]
    group.say(eve, "/imagine a fox")
    pressed = [group.press(eve, grid.id, button) for button in ("U1", "📎 Original")]
    await world.pass_time(5)
    assert eve.private.last().id == mine[-1]
    assert [m for m in eve.private.messages if m.from_bot and m.id > shown[0].id] == []
    assert [m for m in group.messages if m.from_bot and m.id > shown[1].id] == []
    assert all(press.answer is None for press in pressed)
    assert len(world.telegram.journal.calls("answerCallbackQuery")) == calls


async def test_who_is_blocked_hears_nothing_anywhere_also_after_a_restart_until_it_ends(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    ann, eve = world.telegram.person("Ann"), world.telegram.person("Eve")
    group = world.telegram.group("Friends", [ann, eve])
    await decides(world, boss, "Friends", "✅ Approve")
    grid = await world.draws(ann, chat=group)
    eve.private.say(eve, "/imagine a red fox")
    await decides(world, boss, "Eve", "⛔ Block")
    spent = len(world.provider.submissions())
    await refused_and_blocked_again(world, eve, group, grid)
    await world.restart_bot()
    await refused_and_blocked_again(world, eve, group, grid)
    assert len(world.provider.submissions()) == spent
    await world.draws(ann, "a blue whale", group)  # nobody else is touched by it
    boss.private.say(boss, f"/unblock {eve.id}")
    await world.sees(boss.private, lambda m: m.text.startswith("🚪 Eve"))
    await decides(world, boss, "Eve", "20 a day")
    await world.draws(eve, "a red fox")
    await world.draws(eve, "a red fox", group)


async def test_an_operator_blocks_by_number_and_what_waits_in_line_is_let_go(world_with: WorldWith) -> None:
    world = await world_with(ADMIN_USERS=str(BOSS), MAX_RUNNING_PER_USER="1")  # open to all
    boss, eve = world.telegram.person("Boss"), world.telegram.person("Eve")
    for number in range(3):
        eve.private.say(eve, f"/imagine fox {number}")
    await world.until(lambda: world.at_provider() == 1)
    for said, told in (("/block", "Which person or chat?"), (f"/block {boss.id}", "That is an operator")):
        boss.private.say(boss, said)
        await world.sees(boss.private, lambda m: told in m.text)  # noqa: B023
    boss.private.say(boss, f"/block {eve.id}")
    await world.sees(boss.private, lambda m: m.text.startswith("⛔") and "blocked" in m.text)
    await world.sees_picture(eve.private)  # what was paid for comes
    await world.pass_time(30, step=1)
    assert len(world.provider.submissions()) == 1
    eve.private.say(eve, "/imagine fox 4")
    await world.pass_time(2)
    assert not eve.private.last().from_bot
    boss.private.say(boss, f"/unblock {eve.id}")
    await world.settle()
    await world.draws(eve)


async def test_an_approval_with_a_limit_goes_before_the_general_one(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with, DAILY_LIMIT_PER_USER="1", DAILY_LIMIT_PER_CHAT="2")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    for person, button in ((ann, "5 a day"), (bob, "✅ Approve")):
        person.private.say(person, "/imagine a fox")
        await decides(world, boss, person.name, button)
    assert "Up to 5 pictures a day." in world.told(ann.private)
    for _time in range(5):
        await world.draws(ann)
    told = await world.answer(ann.private, ann.private.say(ann, "/imagine one more"), within=5)
    assert "5 pictures of today are used" in told.text
    await world.draws(bob)
    told = await world.answer(bob.private, bob.private.say(bob, "/imagine one more"), within=5)
    assert "Your 1 picture of today is used" in told.text
    assert len(world.provider.submissions()) == 6


async def test_the_first_of_two_operators_decides_and_a_decision_can_be_changed(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    other = world.telegram.person("Oda")
    await world.restart_bot(ADMIN_USERS=f"{boss.id},{other.id}")
    other.private.say(other, "/start")
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    hers, his = await the_card(world, other, "Ann"), await the_card(world, boss, "Ann")
    late = other.private.press(other, hers.id, "⛔ Block")
    toast = await boss.private.press(boss, his.id, "✅ Approve").answered()
    assert {toast.text, (await late.answered()).text} == {"Done.", "That was decided already. The card shows by whom."}
    await world.pass_time(3)
    texts = {(await the_card(world, one, "Ann")).text for one in (boss, other)}
    assert len(texts) == 1  # both read the same
    await world.press(other.private, other, hers, "✏️ Change")
    await world.sees(other.private, lambda m: m.id == hers.id and len(m.buttons) > 1)
    await world.press(other.private, other, hers, "✅ Approve")
    await world.sees(boss.private, lambda m: "Let in by Oda" in m.text)
    await world.press(other.private, other, hers, "✏️ Change")
    await world.sees(other.private, lambda m: m.id == hers.id and len(m.buttons) > 1)
    await world.press(other.private, other, hers, "✖️ Refuse")
    await world.sees(boss.private, lambda m: "Refused by Oda" in m.text)
    await world.sees(ann.private, lambda m: "has not let you in" in m.text)
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    assert not ann.private.last().from_bot  # told once
    boss.private.say(boss, "/people")
    listed = await world.sees(boss.private, lambda m: m.text.startswith("People and chats, 1 to 1 of 1"))
    await world.press(boss.private, boss, listed, "1")
    again = await world.sees(boss.private, lambda m: m.id > listed.id and "Refused by Oda" in m.text)
    await world.press(boss.private, boss, again, "✏️ Change")
    await world.sees(boss.private, lambda m: m.id == again.id and len(m.buttons) > 1)
    await world.press(boss.private, boss, again, "✅ Approve")
    await world.settle()
    await world.draws(ann)
    assert len(world.provider.submissions()) == 1


async def test_a_card_waits_until_somebody_claims_the_bot(
    world_with: WorldWith, capsys: pytest.CaptureFixture[str]
) -> None:
    world = await world_with(ACCESS="approval")
    ann, oda = world.telegram.person("Ann"), world.telegram.person("Oda")
    link = re.findall(r"start=(claim_\S+)", capsys.readouterr().out)[-1]
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    assert world.told(ann.private).startswith(ASKED)
    oda.private.say(oda, f"/start {link}")
    await decides(world, oda, "Ann", "✅ Approve")
    await world.draws(ann)
    listed = world.telegram.journal.calls("setMyCommands")[-1].params
    assert '"people"' in str(listed["commands"])
    assert str(oda.id) in str(listed["scope"])


async def test_fifty_strangers_make_fifty_cards_and_the_rest_wait_for_decisions(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    people = [world.telegram.person(f"Stranger <{number}>") for number in range(60)]
    for _time in range(2):
        for person in people:
            person.private.say(person, "/imagine a red fox")
    await world.until(lambda: len(cards(boss)) == 50, within=120)
    await world.pass_time(30, step=1)
    assert len(cards(boss)) == 50
    assert not world.telegram.floods
    for person in people:
        assert world.told(person.private).count(ASKED) == 1
    await decides(world, boss, "Stranger <7>", "⛔ Block")
    await world.until(lambda: len(cards(boss)) == 51)
    boss.private.say(boss, "/people")
    listed = await world.sees(boss.private, lambda m: "1 to 8 of 60" in m.text)
    await world.press(boss.private, boss, listed, "▶️")
    await world.sees(boss.private, lambda m: m.id == listed.id and "9 to 16 of 60" in m.text)
    assert not world.provider.submissions()
