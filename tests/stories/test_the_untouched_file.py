"""📎 Original under every picture brings the file as the provider made it."""

import httpx

from tests.world import World, WorldWith


async def made(world: World) -> bytes:
    (task,) = world.provider.tasks()
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(task["imageUrl"])).content


async def test_the_file_is_byte_for_byte_the_providers_and_comes_as_an_answer(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    picture = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, picture, "📎 Original")
    file = await world.sees(ann.private, lambda m: m.document)
    assert file.document == await made(world)
    assert file.reply_to == picture.id
    assert len(world.provider.submissions()) == 1


async def test_the_second_time_it_comes_from_telegram_itself_though_the_provider_lost_it(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    picture = await world.sees_picture(ann.private)
    await world.press(ann.private, ann, picture, "📎 Original")
    first = await world.sees(ann.private, lambda m: m.document)
    world.provider.faults.add(match="/pictures/*", times=None, status=404)
    await world.press(ann.private, ann, picture, "📎 Original")
    again = await world.sees(ann.private, lambda m: m.document and m.id > first.id)
    assert again.document == first.document


async def test_a_file_that_is_gone_is_said_to_be_gone(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    picture = await world.sees_picture(ann.private)
    world.provider.faults.add(match="/pictures/*", times=None, status=404)
    await world.press(ann.private, ann, picture, "📎 Original")
    told = await world.sees(ann.private, lambda m: "any more" in m.text)
    assert told.reply_to == picture.id


async def test_with_a_storage_chat_the_file_outlives_the_provider(world_with: WorldWith) -> None:
    world = await world_with(STORAGE_CHAT="-1004000000000")
    ann = world.telegram.person("Ann")
    vault = world.telegram.channel("Vault", ann)
    await world.restart_bot(STORAGE_CHAT=str(vault.id))
    ann.private.say(ann, "/imagine a red fox")
    picture = await world.sees_picture(ann.private)
    kept = await world.sees(vault, lambda m: m.document)
    world.provider.faults.add(match="/pictures/*", times=None, status=404)
    await world.press(ann.private, ann, picture, "📎 Original")
    file = await world.sees(ann.private, lambda m: m.document)
    assert file.document == kept.document


async def test_an_expired_address_is_asked_for_anew(world: World) -> None:
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    (entry,) = await world.until(lambda: world.provider.submissions(accepted=True))
    address = f"{world.provider.base_url}/pictures/nowhere/1.png"
    world.provider.show(entry.task_id or "", imageUrl=address)
    await world.until(lambda: world.provider.ledger.requests["/pictures/{id}"])
    world.provider.show(entry.task_id or "")
    picture = await world.sees_picture(ann.private)
    assert picture.photo == await made(world)
