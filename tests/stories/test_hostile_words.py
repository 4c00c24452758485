"""Whatever people and providers write, in every field that comes back: it arrives, as text, and styles nothing."""

import pytest

from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.windows import asked, single
from tests.world import World, WorldWith

WORDS = {
    "markup": "<b>bold</b> & <a href='tg://user?id=1'>x</a> *_[y](http://a.example)_* `code` ||spoiler|| {holes} %s \\",
    "directions": "a \u202efox\u202c \u2066in\u2069 \u200fsnow",
    "invisible": "a\u200b\u2060\ufeff fox\u00ad \U000e0061\U000e007f",
    "halves": "🦊" * 2000,
    "joined": "👨‍👩‍👧‍👦" * 200 + " a\u0301" * 400,
    "addresses": "@durov #tag $TON /start https://a.example/?q=<i> mailto:a@b.example +49301234567",
    "lines": "a fox\n\n\u2028✅ Paid.\r\n\u2029Nothing to see here",
    "commands": "a fox /imagine@other_bot /cancel",
}
OURS = {"blockquote", "expandable_blockquote", "code", "bold", "text_mention"}
STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00"


def styles(message: MessageView) -> set[str]:
    """How parts of a message look."""
    return {one["type"] for one in message.entities}


def refused(world: World) -> list[tuple[str, str | None]]:
    """What Telegram did not take."""
    return [(one.method, one.description) for one in world.telegram.journal if one.status == 400]


def foot(message: MessageView) -> str:
    """Who asked, and the rest of the last line."""
    return message.text.splitlines()[-1]


@pytest.mark.parametrize("kind", WORDS)
async def test_words_and_names_come_back_as_they_are_and_steer_nothing(world: World, kind: str) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1.0)
    words = WORDS[kind]
    ann: Person = world.telegram.person(words[:60])
    group = world.telegram.group(words[:100], [ann])
    for chat in (ann.private, group):
        wish = chat.say(ann, f"/imagine {words}")
        question = await world.sees(chat, lambda m, wish=wish: m.from_bot and m.reply_to == wish.id)  # type: ignore[misc]
        if any(button.text == "Send anyway" for button in question.buttons):
            await world.press(chat, ann, question, "Send anyway")
        picture = await world.sees(chat, lambda m: m.from_bot and m.photo and m.buttons)
        await world.pass_time(3)
        for shown in (m for m in chat.history if m.from_bot):
            assert styles(shown) <= OURS, shown.entities
        assert not set(STEERING) & set(foot(picture)), foot(picture)
        assert "\n" not in foot(picture)
    sent = {entry.body["prompt"] for entry in world.provider.submissions(path="imagine")}
    assert len(sent) == 1
    assert [line.strip() for line in sent.pop().splitlines()] == [line.strip() for line in words.strip().splitlines()]
    assert not refused(world)


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind != "halves"])
async def test_a_providers_words_style_nothing_in_any_field(world_with: WorldWith, kind: str) -> None:
    world = await world_with(ADMIN_USERS="10001")
    world.paint_nothing()
    words = WORDS[kind]
    ann = world.telegram.person("Ann")
    banned = {"code": 24, "description": words, "properties": {"bannedWord": words, "promptEn": words}}
    invalid = {"code": 4, "description": words, "result": words}
    account = {"error": {"message": f"quota_not_enough {words}", "type": words, "code": words}}
    for status, body in ((200, banned), (400, invalid), (402, account)):
        world.provider.faults.add(match="/mj/submit/imagine", status=status, body=body)
        before = len(ann.private.history)
        ann.private.say(ann, "/imagine a red fox")
        await world.sees(ann.private, lambda m, b=before: m.id > b + 1 and m.from_bot and "fox" in m.text)  # type: ignore[misc]
        await world.pass_time(6)
    await world.pass_time(400, step=10)  # until the account is asked about again
    ann.private.say(ann, "/imagine a blue whale")
    await world.until(lambda: [t for t in world.provider.tasks() if "whale" in t["prompt"]])
    (task,) = (t for t in world.provider.tasks() if "whale" in t["prompt"])
    world.provider.show(task["id"], status="FAILURE", failReason=words, description=words, promptEn=words)
    await world.sees(ann.private, lambda m: m.from_bot and "whale" in m.text and not m.photo and m.entities)
    picture = await single(world, ann)
    question = await asked(world, ann.private, ann, picture, "🔍 Custom Zoom")
    assert question.text
    for shown in (m for chat in world.telegram.chats.values() for m in chat.history if m.from_bot):
        assert styles(shown) <= OURS, shown.entities
        for line in shown.text.splitlines():
            assert "✅ Paid" not in line[:6]
    assert not refused(world)
