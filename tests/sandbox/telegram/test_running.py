"""What the people who run a chat do: let in, restrict, slow down, move, delete."""

import pytest

from sandbox.telegram.errors import ApiError


async def heard(api, kind="message"):
    return [update[kind] for update in await api.updates() if kind in update]


@pytest.fixture
def bob(telegram):
    return telegram.person("Bob")


async def test_a_group_tells_who_comes_and_goes(api, telegram, ann, bob):
    group = telegram.group("Friends", [ann])
    assert group.messages == []
    group.set_member(ann, bob, "member")
    group.set_member(bob, bob, "left")
    group.set_bot(ann, "kicked")
    group.set_bot(ann, "member")
    came, went, kicked, back = (await heard(api))[1:]
    assert [user["id"] for user in came["new_chat_members"]] == [bob.id]
    assert came["from"]["id"] == ann.id
    assert went["left_chat_member"]["id"] == went["from"]["id"] == bob.id
    assert kicked["left_chat_member"]["id"] == back["new_chat_members"][0]["id"] == 4242
    statuses = [update["new_chat_member"]["status"] for update in await heard(api, "my_chat_member")]
    assert statuses == ["member", "kicked", "member"]
    assert len(group.messages) == 4


async def test_a_restricted_bot_sends_only_what_it_may(api, telegram, ann, picture):
    group = telegram.group("Friends", [ann])
    group.restrict_bot(ann, can_send_photos=False)
    await api("sendMessage", chat_id=group.id, text="a")
    await api("sendDocument", {"document": picture()}, chat_id=group.id)
    why = "Bad Request: not enough rights to send photos to the chat"
    assert await api.refused("sendPhoto", {"photo": picture()}, chat_id=group.id) == why
    group.restrict_bot(ann, can_send_messages=False, can_send_documents=False)
    why = "Bad Request: not enough rights to send text messages to the chat"
    assert await api.refused("sendMessage", chat_id=group.id, text="a") == why
    restricted = await api("getChatMember", chat_id=group.id, user_id=4242)
    assert (restricted["status"], restricted["is_member"]) == ("restricted", True)
    assert (restricted["can_send_messages"], restricted["can_send_photos"]) == (False, True)
    changes = await heard(api, "my_chat_member")
    assert [change["new_chat_member"]["status"] for change in changes] == ["member", "restricted", "restricted"]
    assert changes[-1]["old_chat_member"]["can_send_messages"] is True
    group.set_bot(ann, "member")
    await api("sendMessage", chat_id=group.id, text="a")


async def test_slow_mode_makes_bots_wait_but_not_administrators(api, telegram, ann, clock):
    group = telegram.group("Friends", [ann])
    group.set_slow_mode(ann, 30)
    await api("sendMessage", chat_id=group.id, text="a")
    clock.move(9.5)
    assert await api.refused("sendMessage", chat_id=group.id, text="a") == "Bad Request: SLOWMODE_WAIT_21"
    assert (await api("getChat", chat_id=group.id))["slow_mode_delay"] == 30
    clock.move(20.5)
    await api("sendMessage", chat_id=group.id, text="a")
    group.set_bot(ann, "administrator")
    await api("sendMessage", chat_id=group.id, text="a")


async def test_reactions_can_be_forbidden(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    said = group.say(ann, "/hello")
    eyes = {"chat_id": group.id, "message_id": said.id, "reaction": [{"type": "emoji", "emoji": "👀"}]}
    await api("setMessageReaction", **eyes)
    group.set_reactions(ann, False)
    assert await api.refused("setMessageReaction", **eyes) == "Bad Request: REACTION_INVALID"
    await api("setMessageReaction", **eyes | {"reaction": []})


async def test_a_group_that_becomes_a_supergroup_is_told_of_on_both_sides(api, telegram, ann, bob):
    old = telegram.group("Friends", [ann, bob], kind="group", bot="administrator")
    markup = {"inline_keyboard": [[{"text": "go", "callback_data": "go"}]]}
    sent = await api("sendMessage", chat_id=old.id, text="a", reply_markup=markup)
    said = old.say(bob, "/hello")
    new = old.migrate(ann)
    assert telegram.chats[new.id] is new
    left, came = (await heard(api))[-2:]
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (old.id, new.id)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (new.id, old.id)
    for method, more in (("sendMessage", {"text": "a"}), ("getChat", {}), ("editMessageText", {"message_id": 1})):
        with pytest.raises(ApiError, match="group chat was upgraded to a supergroup chat") as moved:
            await api(method, chat_id=old.id, **more)
        assert moved.value.parameters == {"migrate_to_chat_id": new.id}
    old.press(bob, sent["message_id"], "go")
    assert (await api.updates())[-1]["callback_query"]["message"]["chat"]["id"] == old.id
    with pytest.raises(ValueError, match="has become"):
        old.say(ann, "hello?")
    with pytest.raises(ValueError, match="has become"):
        old.edit(bob, said.id, "hello?")
    with pytest.raises(ValueError, match="and once"):
        old.migrate(ann)
    new.say(bob, "we are here")
    await api("sendMessage", chat_id=new.id, text="me too")
    assert (await api("getChatMember", chat_id=new.id, user_id=ann.id))["status"] == "creator"


async def test_what_is_deleted_takes_nothing(api, telegram, ann, bob):
    small, large = telegram.group("Small", [ann], kind="group"), telegram.group("Large", [ann])
    for group, why in (
        (small, "Forbidden: the group chat was deleted"),
        (large, "Forbidden: bot was kicked from the supergroup chat"),
    ):
        group.delete_group(ann)
        assert await api.refused("sendMessage", chat_id=group.id, text="a") == why
        with pytest.raises(ValueError, match="deleted"):
            group.say(ann, "hello?")
    ann.delete_account()
    assert await api.refused("sendMessage", chat_id=ann.id, text="a") == "Forbidden: user is deactivated"
    with pytest.raises(ValueError, match="deleted"):
        ann.private.say(ann, "hello?")


async def test_members_do_not_run_a_group(telegram, ann, bob):
    group = telegram.group("Friends", [ann, bob])
    small = telegram.group("Small", [ann], kind="group")
    for act in (lambda: small.restrict_bot(ann), lambda: small.set_slow_mode(ann, 5)):
        with pytest.raises(ValueError, match="no supergroup"):
            act()
    for act in (
        lambda: group.restrict_bot(bob),
        lambda: group.set_slow_mode(bob, 5),
        lambda: group.delete_group(bob),
        lambda: ann.private.delete_group(ann),
    ):
        with pytest.raises(ValueError, match="no administrator"):
            act()


async def test_the_bot_can_leave(api, telegram, ann):
    group = telegram.group("Friends", [ann])
    await api("leaveChat", chat_id=group.id)
    assert await api.refused("leaveChat", chat_id=group.id) == "Forbidden: bot is not a member of the supergroup chat"
    assert (await heard(api, "my_chat_member"))[-1]["new_chat_member"]["status"] == "left"
    assert group.last().service["left_chat_member"]["id"] == 4242


async def test_every_status_can_be_asked_for_and_read_by_the_bots_library(api, bot, telegram, ann, bob):
    people = {status: telegram.person(status) for status in ("administrator", "member", "restricted", "left", "kicked")}
    group = telegram.group("Friends", [ann, bob], bot="administrator")
    for status, person in people.items():
        group.set_member(ann, person, "member")
        group.set_member(ann, person, status)
    for status, person in [("creator", ann), *people.items()]:
        assert (await api("getChatMember", chat_id=group.id, user_id=person.id))["status"] == status
        assert (await bot.get_chat_member(group.id, person.id)).status == status
    with pytest.raises(ValueError, match="can't write"):
        group.say(people["restricted"], "mmm")
    assert await api("getChatMemberCount", chat_id=group.id) == 6
    channel = telegram.channel("News", ann)
    channel.link(group)
    told = await bot.get_chat(telegram.group("Forum", [ann], forum=True).id)
    assert (told.is_forum, told.permissions.can_send_photos) == (True, True)
    assert (await bot.get_chat(group.id)).linked_chat_id == channel.id


async def test_the_bot_knows_whom_it_met_in_a_group_but_cannot_write_first(api, telegram, ann, bob):
    assert await api.refused("getChat", chat_id=bob.id) == "Bad Request: chat not found"
    telegram.group("Friends", [ann, bob])
    assert (await api("getChat", chat_id=bob.id))["first_name"] == "Bob"
    why = "Forbidden: bot can't initiate conversation with a user"
    assert await api.refused("sendMessage", chat_id=bob.id, text="a") == why
    bob.private.say(bob, "/start")
    await api("sendMessage", chat_id=bob.id, text="a")
