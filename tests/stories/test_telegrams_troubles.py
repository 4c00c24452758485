"""Telegram refuses, drops, slows down and forgets; the picture arrives, once, and nobody else notices."""

import pytest

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.world import World

FLOOD = {"status": 429, "retry_after": 20}


def refused(description: str) -> dict[str, object]:
    """A fault: Telegram's 400 in these words."""
    return {
        "status": 400,
        "body": {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"},
    }


def copies(chat: Chat) -> list[MessageView]:
    """Everything in a chat that is the result, in whatever form."""
    return [m for m in chat.messages if m.from_bot and m.buttons and (m.photo or m.document or "http" in m.text)]


async def test_a_flood_in_one_chat_holds_up_that_chat_alone_even_over_a_restart(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(ann.id)}, **FLOOD)
    ann.private.say(ann, "/imagine a red fox")
    flood = await world.until(lambda: world.calls(ann.private, "sendPhoto"), within=20)
    until_then = len(world.calls(ann.private))
    await world.draws(bob)
    await world.restart_bot()
    ann.private.say(ann, "/help")
    bob.private.say(bob, "/imagine a blue whale")
    picture = await world.sees_picture(ann.private)
    assert (picture.date - flood[0].time).total_seconds() >= 20
    quiet = [call for call in world.calls(ann.private)[until_then:] if call.time < picture.date]
    assert not quiet  # it was left alone altogether
    assert len(world.pictures(bob.private)) == 2  # meanwhile
    await world.pass_time(5)
    assert len(copies(ann.private)) == 1


async def test_three_floods_within_five_seconds_mean_everybody(world: World) -> None:
    people = [world.telegram.person(f"Person {number}") for number in range(4)]
    last = people[-1]
    for person in people[:-1]:
        world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(person.id)}, **FLOOD)
        person.private.say(person, "/imagine a red fox")
    await world.until(lambda: len(world.telegram.journal.calls("sendPhoto")) == 3, within=20)
    floods_until = world.clock.now()
    last.private.say(last, "/imagine a red fox")
    first = await world.until(lambda: world.calls(last.private), within=40)
    assert (first[0].time - floods_until).total_seconds() >= 15
    for person in people:
        await world.sees_picture(person.private)


@pytest.mark.parametrize("end", ["drop", "answer"])
async def test_a_send_that_has_arrived_without_a_word_makes_one_extra_copy_at_most(world: World, end: str) -> None:
    world.telegram.faults.add(match="sendPhoto", do=True, end=end, status=502, body="<html>502</html>")
    ann = world.telegram.person("Ann")
    await world.draws(ann)
    await world.pass_time(60, step=1)
    assert 1 <= len(copies(ann.private)) <= 2
    assert len(world.calls(ann.private, "sendPhoto")) == 1  # what repairs it is an edit
    toasts = [(await world.press(ann.private, ann, copy, "U1")).text for copy in copies(ann.private)]
    assert toasts == ["U1: on its way.", "Already on it."][: len(toasts)]  # the buttons of both are the same ones
    await world.pass_time(10)
    assert len(world.provider.submissions(path="action")) == 1


async def test_never_a_third_copy_whatever_telegram_keeps_to_itself(world: World) -> None:
    """Every send arrives and is never confirmed, and the message that could be edited is gone."""
    world.telegram.faults.add(match="sendPhoto", do=True, end="drop", times=None)
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    status = await world.answer(ann.private, asked)
    ann.private.delete(ann, status.id)
    await world.sees_picture(ann.private)
    await world.pass_time(300, step=2)
    await world.restart_bot()
    await world.pass_time(60, step=2)
    assert len(copies(ann.private)) == 2


async def test_a_repair_that_stays_unclear_is_tried_more_and_more_seldom(world: World) -> None:
    world.telegram.faults.add(match="sendPhoto", end="drop")
    world.telegram.faults.add(match="editMessageMedia", end="drop", times=None)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: world.calls(ann.private, "sendPhoto"), within=20)
    before = len(world.calls(ann.private, "editMessageMedia"))
    await world.pass_time(120, step=0.5)
    assert len(world.calls(ann.private, "editMessageMedia")) - before <= 15  # each carries the whole picture
    world.telegram.faults.clear()
    await world.sees_picture(ann.private)
    await world.pass_time(60, step=1)
    assert len(copies(ann.private)) == 1


async def test_a_send_that_never_arrived_is_made_again_and_arrives_once(world: World) -> None:
    world.telegram.faults.add(match="sendPhoto", status=502, body="<html>502</html>", times=2)
    world.telegram.faults.add(match="editMessageMedia", status=502, times=3)
    ann = world.telegram.person("Ann")
    await world.draws(ann)
    await world.pass_time(60, step=1)
    assert len(copies(ann.private)) == 1


async def test_telegram_may_be_away_for_a_while(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    await world.telegram.stop()
    await world.pass_time(60, step=1)
    await world.telegram.start()
    await world.sees_picture(ann.private)
    await world.pass_time(10)
    assert len(copies(ann.private)) == 1
    bob = world.telegram.person("Bob")
    await world.draws(bob)


async def test_a_picture_takes_the_next_form_when_telegram_refuses_one(world: World) -> None:
    ann, bob, cy = (world.telegram.person(name) for name in ("Ann", "Bob", "Cy"))
    dimensions = refused("PHOTO_INVALID_DIMENSIONS")
    world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(ann.id)}, **dimensions)
    for person in (bob, cy):
        world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(person.id)}, times=None, **dimensions)
    world.telegram.faults.add(
        match="sendDocument", where={"chat_id": str(cy.id)}, times=None, status=413, body="<html>413</html>"
    )
    jpeg = await world.draws(ann)
    assert (jpeg.photo or b"").startswith(b"\xff\xd8")
    for person in (bob, cy):
        person.private.say(person, "/imagine a red fox")
    file = await world.sees(bob.private, lambda m: m.document)
    assert (file.document or b"").startswith(b"\x89PNG")
    assert file.buttons
    link = await world.sees(cy.private, lambda m: "http" in m.text)
    assert link.buttons
    await world.pass_time(20)
    for person, message in ((ann, jpeg), (bob, file), (cy, link)):
        assert [m.id for m in person.private.messages if m.from_bot] == [message.id]
        assert person.name in message.text
    await world.press(cy.private, cy, link, "U1")
    await world.until(lambda: world.provider.submissions(path="action", accepted=True))


async def test_wrong_entities_and_refused_buttons_cost_only_themselves(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    unparsed = refused("can't parse entities: entity begins after the end of the text at UTF-16 offset 40")
    world.telegram.faults.add(match="send*", where={"chat_id": str(ann.id)}, **unparsed)
    world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(ann.id)}, **unparsed)
    picture = await world.draws(ann)
    assert "a red fox" in picture.text
    assert not picture.entities
    invalid = refused("BUTTON_DATA_INVALID")
    world.telegram.faults.add(match="sendPhoto", where={"chat_id": str(bob.id)}, **invalid)
    asked = bob.private.say(bob, "/imagine a red fox")
    bare = await world.sees(bob.private, lambda m: m.photo and m.reply_to == asked.id and "%" not in m.text)
    assert bare.photo
    assert len(world.calls(bob.private, "sendPhoto")) == 2


async def test_deleted_messages_are_no_trouble(world: World) -> None:
    """The status message, and the wish that the picture would reply to."""
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a red fox")
    status = await world.answer(ann.private, asked)
    ann.private.delete(ann, status.id)
    ann.private.delete(ann, asked.id)
    picture = await world.sees_picture(ann.private)
    assert picture.reply_to is None
    await world.pass_time(10)
    assert [m.id for m in ann.private.messages] == [picture.id]
    assert len(world.calls(ann.private, "sendMessage", "sendPhoto")) == 2


async def test_a_person_who_blocks_the_bot_is_left_alone_and_disturbs_nobody(world: World) -> None:
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.pass_time(2)
    ann.block()
    before = len(world.calls(ann.private))
    await world.draws(bob)
    await world.pass_time(600, step=5)
    assert len(world.calls(ann.private)) - before <= 4


async def test_a_group_that_becomes_a_supergroup_gets_its_pictures_there(world: World) -> None:
    ann = world.telegram.person("Ann")
    old = world.telegram.group("Friends", [ann], kind="group")
    grid = await world.draws(ann, chat=old)
    old.say(ann, "/imagine a blue whale")
    await world.pass_time(2)
    new = world.telegram.group("Friends", [ann])
    moved = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    world.telegram.faults.add(match="*", where={"chat_id": str(old.id)}, times=None, status=400, body=moved)
    whale = await world.sees_picture(new)
    assert "a blue whale" in whale.text
    assert grid.id
    await world.press(new, ann, whale, "U1")
    await world.sees_picture(new, after=whale.id)
