"""What operators ask and are told: how it goes, what is wrong, each once; and nobody else learns any of it."""

import csv
import io

from sandbox.telegram.town import Person
from services.watch import Disk
from tests.world import World, WorldWith

BOSS = 10_001


async def with_boss(world_with: WorldWith, **settings: str) -> tuple[World, Person]:
    """An operator who has begun a chat with the bot."""
    world = await world_with(ADMIN_USERS=str(BOSS), **settings)
    boss = world.telegram.person("Boss")
    boss.private.say(boss, "/start")
    await world.settle()
    return world, boss


async def asks(world: World, boss: Person, command: str) -> str:
    """What the operator reads."""
    return (await world.answer(boss.private, boss.private.say(boss, command), within=10)).text


def alerts(boss: Person, sign: str = "⚠️") -> list[str]:
    return [m.text for m in boss.private.messages if m.from_bot and m.text.startswith(sign)]


async def test_the_status_tells_the_line_and_the_days_figures(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with, MAX_RUNNING_PER_USER="1", MIDJOURNEY_MODE="default")
    ann = world.telegram.person("Ann")
    world.provider.fail("a sad frog")
    await world.draws(ann)
    ann.private.say(ann, "/imagine a sad frog")
    await world.until(lambda: "went wrong" in world.told(ann.private))
    world.provider.set_speed(all=400)
    for _time in range(3):
        ann.private.say(ann, "/imagine a red fox")
    await world.until(lambda: world.at_provider() == 1)
    await world.pass_time(130, step=5)
    told = await asks(world, boss, "/status")
    assert "mode default" in told
    assert "✅ Takes requests." in told
    assert "At the provider: 1. Waiting: 2." in told
    assert f"The oldest: task 3 in chat {ann.id}, since 2 min." in told
    assert "Asked: 5. Delivered: 1. Failed: 1. Refused: 0. Unclear: 0." in told
    group = world.telegram.group("Friends", [boss, ann])
    await world.settle()
    said = group.say(boss, "/status")
    ann.private.say(ann, "/status")
    await world.pass_time(2)
    assert group.last().id == said.id
    assert ann.private.last().text == "Only whoever runs this bot can do that, in a private chat with me."


async def test_what_the_provider_lacks_is_told(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    world.provider.faults.add(match="/mj/submit/shorten", times=None, status=404, body={"error": "Not Found"})
    boss.private.say(boss, "/shorten a very long prompt about foxes")
    await world.until(lambda: "cannot do that" in world.told(boss.private))
    assert "Does without: shorten" in await asks(world, boss, "/status")


async def test_an_unclear_charge_is_told_once_and_its_end_too(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/task/list", times=6, status=503)
    for words in ("a red fox", "a blue whale"):
        world.provider.faults.add(match="/mj/submit/imagine", do=True, status=504, body="")
        ann.private.say(ann, f"/imagine {words}")
    await world.until(lambda: alerts(boss), within=60)
    await world.restart_bot()
    await world.until(lambda: alerts(boss, "✅"), within=300)
    assert len(alerts(boss)) == 1
    assert "/unclear" in alerts(boss)[0]
    assert alerts(boss, "✅") == ["✅ No request is unclear any more: all have turned up."]


async def test_a_disk_that_runs_full_is_told_once_until_there_is_room(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    for free in (600_000_000, 499_000_000, 300_000_000, 510_000_000):
        world.disk = Disk(free=free, total=10**12)
        await world.pass_time(60, step=10)
    await world.restart_bot()
    assert len(alerts(boss)) == 1
    assert "499 MB are free" in alerts(boss)[0]
    world.disk = Disk(free=700_000_000, total=10**12)
    await world.until(lambda: alerts(boss, "✅ There is room"))
    world.disk = Disk(free=100_000_000, total=1_000_000_000)  # a small disk: a tenth is enough
    await world.pass_time(60, step=10)
    assert len(alerts(boss)) == 1
    world.disk = Disk(free=40_000_000, total=1_000_000_000)
    await world.until(lambda: len(alerts(boss)) == 2)


async def test_updates_that_lie_aside_come_as_a_card_that_lets_them_go(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    ann = world.telegram.person("Ann")
    world.telegram.updates.put("message", {"message_id": "nonsense"})
    await world.until(lambda: alerts(boss), within=60)
    card = next(m for m in boss.private.messages if m.text.startswith("⚠️ 1 message of a person could not be handled"))
    data = card.button("Let go").data or ""
    forged = await ann.private.press_data(ann, ann.private.say(ann, "/help").id, data).answered()
    assert forged.text == "Only whoever runs this bot can do that, in a private chat with me."
    await world.pass_time(60, step=10)
    assert len(alerts(boss)) == 1
    await world.press(boss.private, boss, card, "Let go")
    await world.sees(boss.private, lambda m: m.id == card.id and "was let go" in m.text)
    await world.pass_time(60, step=10)
    assert not alerts(boss)


async def test_the_stats_are_a_picture_of_the_days_with_who_asks_most(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    for person, chat, times in ((ann, group, 3), (bob, bob.private, 2)):
        for _time in range(times):
            await world.draws(person, chat=chat)
    picture = await world.answer(boss.private, boss.private.say(boss, "/stats 7"), within=5)
    assert picture.size == (1280, 720)
    assert "Requests of 7 days" in picture.text
    assert "Asked: 5. Delivered: 5." in picture.text
    assert f"3 · Ann · {ann.id}\n2 · Bob · {bob.id}" in picture.text
    assert picture.text.endswith(f"3 · Without a name · {group.id}")
    for said in ("/stats 0", "/stats 1000", "/stats ever", "/usage ٣"):
        assert "For how long?" in await asks(world, boss, said)


async def test_the_usage_is_a_file_whose_cells_calculate_nothing(world_with: WorldWith) -> None:
    world, boss = await with_boss(world_with)
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person('=HYPERLINK("https://evil.example")')
    await world.draws(ann)
    ann.private.say(ann, "/shorten a very long prompt about foxes")
    await world.pass_time(10)
    group = world.telegram.group("Friends", [ann])
    await world.draws(ann, chat=group)
    file = await world.answer(boss.private, boss.private.say(boss, "/usage"), within=5)
    assert file.document_name == "usage-2026-11-01.csv"
    assert file.text == "3 requests, from 2026-11-01 to 2026-11-30 (UTC)."
    rows = list(csv.DictReader(io.StringIO((file.document or b"").decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["IMAGINE", "SHORTEN", "IMAGINE"]
    assert {row["mode"] for row in rows} == {"default"}
    assert {row["state"] for row in rows} == {"succeeded"}
    assert {row["day"] for row in rows} == {"2026-11-21"}
    assert [row["chat kind"] for row in rows] == ["private", "private", "group"]
    assert rows[0]["person"] == str(ann.id)
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert rows[2]["chat"] == f"'{group.id}"
    empty = await world.answer(boss.private, boss.private.say(boss, "/usage 2026-10"), within=5)
    assert empty.text == "0 requests, from 2026-10-01 to 2026-10-31 (UTC)."
