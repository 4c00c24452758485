"""While a picture is being drawn: one status message, edited seldom, never backwards, gone in the end."""

import json
import re
from itertools import pairwise

import pytest

from sandbox.telegram.journal import Call
from tests.world import World, WorldWith


def words_of(call: Call) -> str:
    """What an edit says."""
    media = json.loads(call.params["media"]) if "media" in call.params else {}
    return str(call.params.get("text") or call.params.get("caption") or media.get("caption") or "")


@pytest.mark.parametrize(("kind", "gap"), [("private", 5), ("group", 15)])
async def test_edits_keep_their_distance_never_go_back_and_end_with_the_picture(
    world: World, kind: str, gap: int
) -> None:
    world.provider.set_speed(all=55)
    ann = world.telegram.person("Ann")
    chat = ann.private if kind == "private" else world.telegram.group("Friends", [ann])
    await world.pass_time(60, step=5)  # hello is said, and the minute in which it counts is over
    hello = len(world.calls(chat, "sendMessage"))
    chat.say(ann, "/imagine a red fox")
    await world.until(lambda: world.provider.tasks() and world.provider.tasks()[0]["progress"] == "31%", within=60)
    (task,) = world.provider.tasks()
    world.provider.show(task["id"], progress="7%")  # a gateway's stale copy
    await world.pass_time(12)
    world.provider.show(task["id"])
    await world.sees_picture(chat)
    await world.pass_time(20, step=1)

    made = world.calls(chat, "sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageMedia")[
        hello:
    ]
    assert [made[0].method, made[-1].method] == ["sendMessage", "sendPhoto"]
    edits = made[1:-1]
    assert len(edits) >= 3
    assert any(call.method == "editMessageMedia" for call in edits)
    moments = [call.time for call in edits]
    assert (moments[0] - made[0].time).total_seconds() >= 1
    assert all((later - earlier).total_seconds() >= gap for earlier, later in pairwise(moments))
    shown = [int(found[1]) for call in edits if (found := re.search(r"(\d+)%", words_of(call)))]
    assert shown == sorted(shown)
    assert shown[-1] >= 31
    assert world.calls(chat)[-1].method == "deleteMessage"
    assert [m.from_bot and bool(m.photo) for m in chat.messages][-2:] == [False, True]


async def test_without_previews_the_words_alone_tell_how_it_goes(world_with: WorldWith) -> None:
    world = await world_with(PREVIEWS="off")
    world.provider.set_speed(all=15)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: "%" in m.text)
    await world.sees_picture(ann.private)
    assert not world.calls(ann.private, "editMessageMedia")
    assert len(world.calls(ann.private, "sendPhoto")) == 1
    assert world.provider.ledger.requests["/pictures/{id}"] == 1


async def test_a_preview_that_cannot_be_had_is_no_trouble(world: World) -> None:
    world.provider.set_speed(all=15)
    world.provider.faults.add(match="/pictures/*", status=404, times=3)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.sees(ann.private, lambda m: "%" in m.text and not m.photo)
    await world.sees_picture(ann.private)
    assert len(world.provider.submissions()) == 1


async def test_the_providers_own_queue_is_told(world: World) -> None:
    world.provider.engine.line.places = 1
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    ann.private.say(ann, "/imagine a red fox")
    await world.settle()
    bob.private.say(bob, "/imagine a blue whale")
    await world.sees(bob.private, lambda m: "1 picture is before it" in m.text, within=5)
    await world.sees_picture(bob.private)


async def test_progress_is_what_gives_way_when_telegram_is_short_of_breath(world: World) -> None:
    """Edits are refused all the time; they are neither repeated in a hurry nor in the way of the picture."""
    world.provider.set_speed(all=15)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await world.settle()
    world.telegram.faults.add(match="editMessage*", status=400, times=None)
    await world.sees_picture(ann.private, within=25)
    refused = [call.time for call in world.calls(ann.private, "editMessageText", "editMessageMedia")]
    assert all((later - earlier).total_seconds() >= 5 for earlier, later in pairwise(refused)), len(refused)
    await world.pass_time(5)
    assert len(ann.private.messages) == 2  # the wish and the picture
