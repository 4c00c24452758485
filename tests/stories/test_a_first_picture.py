"""A person writes /imagine in a private chat, watches, gets the picture, and presses its buttons."""

from tests.world import World


async def test_a_wish_is_acknowledged_develops_and_becomes_a_picture(world: World) -> None:
    ann = world.telegram.person("Ann")
    asked = ann.private.say(ann, "/imagine a lighthouse in a storm")
    status = await world.sees(ann.private, lambda m: m.from_bot, within=1)
    assert status.reply_to == asked.id
    assert "a lighthouse in a storm" in status.text
    developing = await world.sees(ann.private, lambda m: m.id == status.id and m.photo and "%" in m.text)
    assert developing.edits >= 1
    picture = await world.sees_picture(ann.private)
    assert picture.reply_to == asked.id
    assert picture.id != status.id
    assert "a lighthouse in a storm" in picture.text
    assert "Ann" in picture.text
    await world.pass_time(10)
    assert [m.id for m in ann.private.messages] == [asked.id, picture.id]  # the status message is gone
    assert len(world.provider.submissions()) == 1
