"""What people like to have in every prompt, and the styles that they call by name."""

from sandbox.telegram.entities import cut
from sandbox.telegram.views import MessageView
from tests.world import World


def drawn(world: World) -> list[str]:
    return [entry.body["prompt"] for entry in world.provider.submissions(path="imagine")]


def copied(message: MessageView) -> list[str]:
    return [cut(message.text, one["offset"], one["length"]) for one in message.entities if one["type"] == "code"]


async def test_what_is_preferred_is_added_shown_and_cleared(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    empty = await world.answer(ann.private, ann.private.say(ann, "/prefer"))
    assert copied(empty) == ["/prefer --ar 3:2 --s 200"]
    kept = await world.answer(ann.private, ann.private.say(ann, "/prefer —ar 3:2 --s 200"), within=10)
    assert copied(kept) == ["--ar 3:2 --s 200"]
    await world.restart_bot()
    picture = await world.draws(ann, "a fox")
    assert "a fox --ar 3:2 --s 200" in picture.text
    await world.draws(ann, "a fox --aspect 1:1")
    await world.draws(ann, "a fox --stylize 5 --ar 2:3")
    shown = await world.answer(ann.private, ann.private.say(ann, "/prefer"), within=10)
    assert copied(shown) == ["--ar 3:2 --s 200", "/prefer off"]
    cleared = await world.answer(ann.private, ann.private.say(ann, "/prefer off"), within=10)
    assert "Nothing is added" in cleared.text
    await world.draws(ann, "a fox")
    assert drawn(world) == [
        "a fox --ar 3:2 --s 200",
        "a fox --aspect 1:1 --s 200",
        "a fox --stylize 5 --ar 2:3",
        "a fox",
    ]


async def test_only_parameters_are_kept_and_doubts_about_them_are_told(world: World) -> None:
    ann = world.telegram.person("Ann")
    for words in ("a cat", "a cat --ar 3:2", "--repeat 4", "--ar {3:2, 1:1}"):
        told = await world.answer(ann.private, ann.private.say(ann, f"/prefer {words}"), within=10)
        assert "Only parameters" in told.text
    long = await world.answer(ann.private, ann.private.say(ann, "/prefer --no " + "x" * 600), within=10)
    assert "too long" in long.text
    doubtful = await world.answer(ann.private, ann.private.say(ann, "/prefer --shiny 5"), within=10)
    assert "I do not know --shiny" in doubtful.text
    assert copied(doubtful) == ["--shiny 5"]
    ann.private.say(ann, "/imagine a fox --ar 1:1")  # without a question: it was told, and kept
    await world.until(lambda: drawn(world), 10)
    assert drawn(world) == ["a fox --ar 1:1 --shiny 5"]


async def test_a_chat_prefers_by_its_admins_and_a_person_wins_over_it(world: World) -> None:
    world.paint_nothing()
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob], kind="group")  # Ann has made it
    refused = await world.answer(group, group.say(bob, "/prefer chat --v 7 --s 50"))
    assert "only its admins" in refused.text
    kept = await world.answer(group, group.say(ann, "/prefer chat --v 7 --s 50"), within=5)
    assert "All prompts in this chat" in kept.text
    await world.answer(group, group.say(bob, "/prefer --niji 6"), within=5)
    await world.draws(ann, "a fox", group)
    await world.pass_time(20)
    await world.draws(bob, "a cat", group)
    await world.draws(ann, "a dog")
    assert drawn(world) == ["a fox --v 7 --s 50", "a cat --niji 6 --s 50", "a dog"]
    kinds = [entry.body["botType"] for entry in world.provider.submissions(path="imagine")]
    assert kinds == ["MID_JOURNEY", "NIJI_JOURNEY", "MID_JOURNEY"]
    moved = group.migrate(ann)
    await world.pass_time(20)
    await world.draws(ann, "a cow", moved)
    refused = await world.answer(moved, moved.say(bob, "/prefer chat off"), within=5)
    assert "only its admins" in refused.text
    await world.answer(moved, moved.say(ann, "/prefer chat off"), within=5)
    await world.pass_time(20)
    await world.draws(ann, "a hen", moved)
    assert drawn(world)[-2:] == ["a cow --v 7 --s 50", "a hen"]


async def test_a_style_is_kept_listed_called_and_removed(world: World) -> None:
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    none = await world.answer(ann.private, ann.private.say(ann, "/style"))
    assert "/imagine a cat #noir" in copied(none)
    told = ann.private.say(ann, "/style noir black and white, film grain --s 300")
    kept = await world.answer(ann.private, told, within=10)
    assert "#noir black and white, film grain --s 300" in kept.text
    await world.answer(ann.private, ann.private.say(ann, "/style #Flat flat colours"), within=10)
    listed = await world.answer(ann.private, ann.private.say(ann, "/style"), within=10)
    assert listed.text.splitlines()[:2] == ["#flat flat colours", "#noir black and white, film grain --s 300"]
    picture = await world.draws(ann, "a cat, #noir --ar 3:2")
    assert "a cat, black and white, film grain --ar 3:2 --s 300" in picture.text
    await world.draws(ann, "a #FLAT cat #other --s 5 no#noir #noir")
    await world.draws(bob, "a cat #noir")
    gone = await world.answer(ann.private, ann.private.say(ann, "/style noir off"), within=10)
    assert "#noir is gone" in gone.text
    await world.draws(ann, "a cat #noir")
    assert drawn(world) == [
        "a cat, black and white, film grain --ar 3:2 --s 300",
        "a flat colours cat #other --s 5 no#noir black and white, film grain",
        "a cat #noir",
        "a cat #noir",
    ]
    bad = await world.answer(ann.private, ann.private.say(ann, "/style no/name x"), within=10)
    assert "name is one word" in bad.text


async def test_a_style_that_stands_for_several_is_asked_about(world: World) -> None:
    ann = world.telegram.person("Ann")
    await world.answer(ann.private, ann.private.say(ann, "/style two {red, blue}"))
    question = await world.answer(ann.private, ann.private.say(ann, "/imagine a #two cat"), within=10)
    await world.press(ann.private, ann, question, "Draw 2 pictures (2 charges)")
    await world.until(lambda: drawn(world) == ["a red cat", "a blue cat"])


async def test_twenty_styles_are_kept_and_no_more(world: World) -> None:
    ann = world.telegram.person("Ann")
    for number in range(20):
        ann.private.say(ann, f"/style s{number} " + "🦊" * 400)
        await world.pass_time(1.5, step=0.5)
    full = await world.answer(ann.private, ann.private.say(ann, "/style one-more x"), within=30)
    assert "You keep 20 styles already" in full.text
    changed = await world.answer(ann.private, ann.private.say(ann, "/style s3 changed"), within=30)
    assert "Kept" in changed.text
    listed = await world.answer(ann.private, ann.private.say(ann, "/style"), within=30)
    assert "#s3 changed" in listed.text
