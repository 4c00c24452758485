"""How much at once and a day: counted right whatever comes at the same moment, told kindly, given back fairly."""

import re
from datetime import UTC, datetime

from sandbox.telegram.chat import Chat
from tests.world import World, WorldWith


def place(world: World, chat: Chat, words: str) -> int | None:
    """The place in line that a person reads for a wish."""
    shown = next((m.text for m in chat.messages if m.from_bot and m.text.endswith(words)), "")
    found = re.search(r"place (\d+)", shown)
    return int(found[1]) if found else None


async def test_one_at_a_time_places_are_told_and_fall_and_all_arrive_in_order(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1")
    ann = world.telegram.person("Ann")
    wishes = ["a red fox", "a blue whale", "a green frog"]
    for words in wishes:
        ann.private.say(ann, f"/imagine {words}")
    await world.settle()
    assert [place(world, ann.private, words) for words in wishes] == [None, 1, 2]
    at_once, places = [], []

    def all_there() -> bool:
        at_once.append(world.at_provider())
        places.append(place(world, ann.private, wishes[2]))
        return len(world.pictures(ann.private)) == 3

    await world.until(all_there)
    assert max(at_once) == 1
    assert list(dict.fromkeys(places)) == [2, 1, None]
    assert [next(words for words in wishes if words in m.text) for m in world.pictures(ann.private)] == wishes
    assert [entry.body["prompt"] for entry in world.provider.submissions()] == wishes


async def test_more_than_ten_in_line_are_refused_kindly(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="1")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    for number in range(12):
        ann.private.say(ann, f"/imagine fox <{number}>")
    await world.draws(bob)  # another's line is another's
    refusal = await world.sees(ann.private, lambda m: "You have 10 pictures waiting already" in m.text)
    assert refusal.reply_to == 12
    await world.until(lambda: len(world.pictures(ann.private)) == 11)
    assert not world.provider.submissions(prompt="<11>")


async def test_all_together_never_run_more_than_the_house_allows(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING="2", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=2)
    people = [world.telegram.person(f"Person {number}") for number in range(3)]
    for person in people * 2:
        person.private.say(person, "/imagine a red fox")
    at_once = []

    def all_there() -> bool:
        at_once.append(world.at_provider())
        return all(len(world.pictures(person.private)) == 2 for person in people)

    await world.until(all_there)
    assert max(at_once) == 2
    assert len(world.provider.submissions()) == 6


async def test_turns_go_round_between_people_and_each_sees_a_falling_place(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING="3", MAX_RUNNING_PER_USER="0", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=8)
    people = [world.telegram.person(name) for name in ("Ann", "Bob", "Cem")]
    for person in people:  # whoever asks first asks for everything first
        for number in range(6):
            person.private.say(person, f"/imagine {person.user.first_name} <{number}>")
    wishes = [(person, f"{person.user.first_name} <{number}>") for person in people for number in range(6)]
    places: dict[str, list[int]] = {words: [] for _person, words in wishes}
    at_once = []

    def all_there() -> bool:
        at_once.append(world.at_provider())
        for person, words in wishes:
            if (now := place(world, person.private, words)) is not None:
                places[words].append(now)
        return all(len(world.pictures(person.private)) == 6 for person in people)

    await world.until(all_there, within=240)
    assert max(at_once) == 3
    sent = [entry.body["prompt"] for entry in world.provider.submissions()]
    rounds = [sorted(prompt.split()[0] for prompt in sent[start : start + 3]) for start in range(3, 18, 3)]
    assert sum(one == ["Ann", "Bob", "Cem"] for one in rounds) >= 3, sent  # Ann had asked when nobody else was there
    for words, seen in places.items():
        assert seen == sorted(seen, reverse=True), (words, seen)
    assert sum(len(set(seen)) > 1 for seen in places.values()) >= 9, places
    told = world.telegram.journal.calls("sendMessage", "editMessageText")
    assert any("Ready in less than a minute." in str(call.params) for call in told)


async def test_whoever_cancels_while_waiting_has_it_back_at_once(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING="1", DAILY_LIMIT_PER_USER="2", PREVIEWS="off")
    world.provider.set_speed(all=20)
    ann = world.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    ann.private.say(ann, "/imagine a blue whale")
    waiting = await world.sees(ann.private, lambda m: "place 1" in m.text)
    await world.press(ann.private, ann, waiting, "Cancel")
    await world.sees(ann.private, lambda m: "Nothing was sent" in m.text)
    ann.private.say(ann, "/imagine a green frog")
    await world.sees(ann.private, lambda m: "place 1" in m.text and "a green frog" in m.text)
    assert not world.provider.submissions(prompt="whale")


async def test_the_days_share_is_counted_given_back_and_new_at_midnight(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="2")
    ann = world.telegram.person("Ann")
    world.provider.set_speed(all=1)
    grid = await world.draws(ann)
    world.provider.fail("whale")
    ann.private.say(ann, "/imagine a blue whale")
    await world.sees(ann.private, lambda m: m.from_bot and "a blue whale" in m.text and "went wrong" in m.text)
    await world.press(ann.private, ann, grid, "U1")  # a press counts; the failure does not
    await world.sees_picture(ann.private, after=grid.id)
    asked = ann.private.say(ann, "/imagine a green frog")
    refused = await world.answer(ann.private, asked, within=5)
    assert "2 pictures of today are used" in refused.text
    hours, minutes = map(int, re.findall(r"(\d+) (?:h|min)", refused.text))
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    assert abs((midnight - world.clock.now()).total_seconds() - (hours * 60 + minutes) * 60) <= 60
    toast = await world.press(ann.private, ann, grid, "U2")
    assert "opens again" in (toast.text or "")
    assert len(world.provider.submissions(path="action")) == 1

    world.clock.advance((midnight - world.clock.now()).total_seconds() - 30)
    await world.settle()
    ann.private.say(ann, "/imagine a green frog")
    await world.pass_time(1)
    assert "It opens again in 0 h 0 min." in ann.private.last().text
    await world.pass_time(30)
    await world.draws(ann, "a green frog")


async def test_a_chats_share_is_its_members_together(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_CHAT="1")
    ann, bob = world.telegram.person("Ann"), world.telegram.person("Bob")
    group = world.telegram.group("Friends", [ann, bob])
    await world.draws(ann, chat=group)
    asked = group.say(bob, "/imagine a blue whale")
    refused = await world.answer(group, asked)
    assert "This chat's 1 picture of today is used" in refused.text
    await world.draws(bob)  # elsewhere


async def test_limits_hold_when_everything_comes_at_the_same_moment(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="3", MAX_RUNNING_PER_USER="2", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    groups = [world.telegram.group(f"Group {number}", [ann]) for number in range(4)]
    await world.stop_bot()
    for _round in range(3):
        for chat in (ann.private, *groups):  # side by side: each chat has a lane of its own
            chat.say(ann, "/imagine a red fox")
    await world.start_bot()
    at_once = []

    def all_there() -> bool:
        at_once.append(world.at_provider())
        return sum(len(world.pictures(chat)) for chat in (ann.private, *groups)) == 3

    await world.until(all_there)
    await world.pass_time(5)
    assert max(at_once) == 2
    assert len(world.provider.submissions()) == 3
    answers = [m for chat in (ann.private, *groups) for m in chat.messages if "of today are used" in m.text]
    assert len(answers) == 12


async def test_fifty_at_once_all_arrive_each_where_it_was_asked(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="0", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=2)
    people = [world.telegram.person(f"Person {number}") for number in range(10)]
    for number in range(50):
        person = people[number % 10]
        person.private.say(person, f"/imagine one of many <{number}>")
    await world.until(lambda: sum(len(world.pictures(person.private)) for person in people) == 50, within=60)
    await world.pass_time(3)
    for number in range(50):
        person = people[number % 10]
        (picture,) = (m for m in world.pictures(person.private) if f"<{number}>" in m.text)
        assert f"<{number}>" in person.private.message(picture.reply_to or 0).text
    assert len(world.provider.submissions()) == 50
    asked = sum(n for path, n in world.provider.ledger.requests.items() if path.startswith("/mj/task/"))
    assert asked <= 10  # one question a round for all of them
