"""Who may spend: everybody, those on the list, those let in; and how the first operator comes in."""

import re

import pytest

from tests.world import World, WorldWith

NO = "This bot draws for people its operator has let in."
ASKED = "🙏 I have asked the operator"


async def test_the_list_lets_people_and_groups_in_and_nobody_else(world_with: WorldWith) -> None:
    world = await world_with(ACCESS="allowlist")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group, other = (world.telegram.group(title, [ann, bob]) for title in ("In", "Out"))
    await world.restart_bot(ALLOWED_USERS=str(ann.id), ALLOWED_CHATS=str(group.id))
    await world.draws(ann)
    await world.draws(bob, chat=group)
    await world.settle()
    for chat, person in ((bob.private, bob), (other, ann)):  # in a group the group counts, not who asks
        asked = chat.say(person, "/imagine a blue whale")
        await world.settle()
        assert chat.last().text.startswith(NO)
        assert chat.last().reply_to == asked.id
    await world.pass_time(3)
    assert len(world.provider.submissions()) == 2


async def test_strangers_are_told_once_and_their_presses_every_time(world_with: WorldWith) -> None:
    world = await world_with(ACCESS="approval", ADMIN_USERS="10001")
    oda, eve = world.telegram.person("Oda"), world.telegram.person("Eve")
    group = world.telegram.group("Friends", [oda, eve])
    await world.draws(oda)
    grid = await world.draws(oda, chat=group)
    for _time in range(2):
        eve.private.say(eve, "/imagine a blue whale")
        group.say(eve, "/imagine a blue whale")
        await world.pass_time(1)
    assert world.told(eve.private).count(ASKED) == 1
    assert world.told(group).count(ASKED) == 1
    for _time in range(2):
        toast = await world.press(group, eve, grid, "U1")
        assert (toast.text or "").startswith(ASKED)
        assert toast.show_alert
    eve.private.say(eve, "a red fox, please")  # words may be offered, but not drawn
    await world.settle()
    offers = [m for m in eve.private.messages if m.buttons]
    for offer in offers:
        assert (await world.press(eve.private, eve, offer, "🎨 Draw this")).text
    await world.restart_bot()
    eve.private.say(eve, "/imagine again")
    await world.pass_time(3)
    assert world.told(eve.private).count(ASKED) == 1  # remembered over a restart
    assert len(world.provider.submissions()) == 2


async def test_the_first_to_open_the_newest_link_runs_the_bot(
    world_with: WorldWith, capsys: pytest.CaptureFixture[str]
) -> None:
    world = await world_with(ACCESS="approval")
    await world.restart_bot()
    older, newest = re.findall(r"https://t\.me/imagine_bot\?start=(claim_\S+)", capsys.readouterr().out)
    oda, eve = world.telegram.person("Oda"), world.telegram.person("Eve")
    group = world.telegram.group("Friends", [eve, oda])
    group.say(eve, f"/start {newest}")  # a link opened in a group is no claim
    eve.private.say(eve, f"/start {older}")
    eve.private.say(eve, "/start claim_")
    eve.private.say(eve, f"/start {newest}x")
    await world.settle()
    assert "You run this bot" not in world.told(eve.private) + world.told(group)
    oda.private.say(oda, f"/start {newest}")
    await world.settle()
    assert "You run this bot now" in world.told(oda.private)
    eve.private.say(eve, f"/start {newest}")
    await world.settle()
    assert "This link has been used" in eve.private.last().text
    await world.draws(oda)
    eve.private.say(eve, "/imagine a blue whale")
    await world.settle()
    assert ASKED in world.told(eve.private)
    await world.restart_bot()
    assert "claim_" not in capsys.readouterr().out  # there is an operator, so there is no link
    await world.draws(oda)
    assert len(world.provider.submissions()) == 2


async def test_neither_the_token_nor_the_key_nor_an_id_of_the_providers_reaches_a_chat(world: World) -> None:
    ann = world.telegram.person("Ann")
    grid = await world.draws(ann)
    await world.press(ann.private, ann, grid, "U1")
    await world.sees_picture(ann.private, after=grid.id)
    known = [task["id"] for task in world.provider.tasks()]
    secrets = ["canary", "MJ::", *known, *(str(entry.body["state"]) for entry in world.provider.submissions())]
    for call in world.telegram.journal:
        for secret in secrets:
            assert secret not in str(call.params), call.method
