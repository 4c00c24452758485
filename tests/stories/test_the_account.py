"""The operator's account is refused: people are told plainly, the operator once, and nothing in flight is disturbed."""

from tests.world import World, WorldWith

OPERATOR = 10_001
REFUSED = {"error": {"message": "Invalid token (request id: 2025abc)", "type": "new_api_error", "code": ""}}
BROKE = {"description": "quota_not_enough ", "type": "upstream_error", "code": 4}


async def test_a_refused_key_is_told_plainly_and_alerts_the_operator_once(world_with: WorldWith) -> None:
    world = await world_with(ADMIN_USERS=str(OPERATOR))
    boss, ann = world.telegram.person("Boss"), world.telegram.person("Ann")
    assert boss.id == OPERATOR
    boss.private.say(boss, "/start")
    ann.private.say(ann, "/imagine a picture in flight")
    await world.until(lambda: world.provider.submissions(accepted=True))
    world.provider.faults.add(match="/mj/submit/*", times=None, status=401, body=REFUSED)
    world.provider.faults.add(match="/mj/task/list-by-condition", times=None, status=401, body=REFUSED)
    ann.private.say(ann, "/imagine a red fox")
    told = await world.sees(ann.private, lambda m: "account" in m.text)
    assert "a red fox" in told.text
    await world.sees(boss.private, lambda m: m.text.startswith("⚠️"))
    ann.private.say(ann, "/imagine a blue fox")
    await world.until(lambda: len([m for m in ann.private.messages if "account" in m.text]) == 2)
    assert len(world.provider.submissions()) == 2  # the third was not even sent
    await world.pass_time(120, step=5)
    assert len([m for m in boss.private.messages if m.text.startswith("⚠️")]) == 1
    await world.restart_bot()
    await world.pass_time(40, step=5)
    assert len([m for m in boss.private.messages if m.text.startswith("⚠️")]) == 1  # also over a restart
    assert (
        "Refuses the key since 2026-11-21" in (await world.answer(boss.private, boss.private.say(boss, "/status"))).text
    )
    world.provider.faults.clear()
    await world.pass_time(60, step=1)
    assert len([m for m in boss.private.messages if "accepts this bot's account again" in m.text]) == 1
    flight = await world.sees_picture(ann.private)
    assert "in flight" in flight.text
    ann.private.say(ann, "/imagine a green fox")
    assert "green" in (await world.sees_picture(ann.private, after=flight.id)).text


async def test_an_empty_balance_is_tried_again_by_one_request_after_a_while(world: World) -> None:
    ann = world.telegram.person("Ann")
    world.provider.faults.add(match="/mj/submit/*", status=400, body=BROKE)
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: "account" in m.text)
    await world.pass_time(60, step=1)
    ann.private.say(ann, "/imagine a blue fox")
    await world.until(lambda: len([m for m in ann.private.messages if "account" in m.text]) == 2)
    assert len(world.provider.submissions()) == 1
    await world.pass_time(300, step=5)
    ann.private.say(ann, "/imagine a green fox")
    assert "green" in (await world.sees_picture(ann.private)).text


async def test_an_address_that_points_elsewhere_never_gets_the_key(world_with: WorldWith) -> None:
    world = await world_with(ADMIN_USERS=str(OPERATOR))
    boss = world.telegram.person("Boss")
    elsewhere = {"location": "http://127.0.0.2:9/mj/submit/imagine"}
    world.provider.faults.add(match="/mj/submit/*", status=307, body="", headers=elsewhere)
    boss.private.say(boss, "/imagine a red fox")
    await world.sees(boss.private, lambda m: "MIDJOURNEY_BASE_URL" in m.text)
    assert len(world.provider.submissions()) == 1
