"""Points as people see them: refused with what is missing, given by an operator, shown by /balance."""

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.world import World, WorldWith

OPERATOR = "10001"
"""The first person of a world."""

ONLY_OPERATORS = "Only whoever runs this bot can do that, in a private chat with me."


async def says(world: World, chat: Chat, person: Person, words: str, *, answering: MessageView | None = None) -> str:
    """What the bot answers."""
    asked = chat.say(person, words, reply_to=answering.id if answering else None)
    return (await world.answer(chat, asked, within=5)).text


async def test_points_run_out_are_given_used_and_shown(world_with: WorldWith) -> None:
    world = await world_with(ADMIN_USERS=OPERATOR, DAILY_POINTS_PER_USER="6", DAILY_LIMIT_PER_USER="9", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    oda, ann = world.telegram.person("Oda"), world.telegram.person("Ann")
    group = world.telegram.group("Friends", [oda, ann])
    grid = await world.draws(ann)
    told = await says(world, ann.private, ann, "/imagine a blue whale")
    assert "This takes 4 points: 2 more than you have left today (2). It opens again in 14 h 59 min." in told
    await world.press(ann.private, ann, grid, "U1")
    await world.sees_picture(ann.private, after=grid.id)
    toast = await world.press(ann.private, ann, grid, "U2")
    assert (toast.text or "").startswith("This takes 2 points: 2 more than you have left today (0).")
    assert (await world.press(ann.private, ann, grid, "📎 Original")).text == "The file is on its way."  # is free

    asked = group.say(ann, "please")
    assert await says(world, group, ann, "/give 50", answering=asked) == ONLY_OPERATORS
    told = await says(world, group, oda, "/give 5", answering=asked)
    assert told == "🎁 Ann has been given 5 points. Ann has 5 given points now."
    await world.draws(ann, "a blue whale")
    assert f"{ann.id} has 0 given points now." in await says(world, oda.private, oda, f"/give {ann.id} -7")
    told = await says(world, oda.private, oda, f"/give {ann.id} 40")
    assert told == f"🎁 {ann.id} has been given 40 points. {ann.id} has 40 given points now."
    told = await says(world, ann.private, ann, "/balance")
    assert told.splitlines() == [
        "You have left today: 6 of 9 pictures, 0 of 6 points",
        "It opens again in 14 h 59 min.",
        "🎁 And 40 points that were given to you; they wait until the day's are used up.",
        "Points: 4 for a picture, 2 for a large one, 16 for a video.",
    ]
    assert "Answer a person's message" in await says(world, oda.private, oda, "/give")
    assert "Answer a person's message" in await says(world, oda.private, oda, "/give ann 50")


async def test_without_limits_a_balance_says_so_and_in_a_group_the_chats_share_stands_beside(
    world_with: WorldWith,
) -> None:
    world = await world_with(DAILY_POINTS_PER_CHAT="20")
    ann = world.telegram.person("Ann")
    group = world.telegram.group("Friends", [ann])
    assert (await says(world, ann.private, ann, "/balance")).startswith("There is no daily limit here")
    told = await says(world, group, ann, "/balance")
    assert told.startswith("This chat: 20 of 20 points\nIt opens again in")


async def test_an_operators_own_prices_hold(world_with: WorldWith) -> None:
    prices = {"DAILY_POINTS_PER_USER": "30", "PRICES": "imagine=10, imagine.turbo=31"}
    world = await world_with(provider={"serves": ("/mj-relax",)}, MIDJOURNEY_MODE="relax", **prices)
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann = world.telegram.person("Ann")
    await world.draws(ann)
    assert "25 of 30 points" in await says(world, ann.private, ann, "/balance")
    told = await says(world, ann.private, ann, "/imagine a red fox --turbo")
    assert told.startswith("This takes 31 points: 6 more than you have left today (25).")
    assert told.endswith("A day brings 30 points; the operator can give you more.")


async def test_fifty_in_the_same_moment_over_three_chats_and_exactly_five_are_taken(world_with: WorldWith) -> None:
    world = await world_with(DAILY_LIMIT_PER_USER="5", MAX_RUNNING_PER_USER="0", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=1)
    ann, groups = _ann_in_three(world)
    await world.stop_bot()
    for number in range(50):
        groups[number % 3].say(ann, f"/imagine fox <{number}>")
    await world.start_bot()
    await world.until(lambda: sum(len(world.pictures(chat)) for chat in groups) == 5)
    await world.until(lambda: sum(world.told(chat).count("of today are used") for chat in groups) == 45, within=400)
    assert len(world.provider.submissions()) == 5


async def test_fifty_in_the_same_moment_and_five_run_ten_wait_the_others_are_told(world_with: WorldWith) -> None:
    world = await world_with(MAX_RUNNING_PER_USER="5", PREVIEWS="off")
    world.paint_nothing()
    world.provider.set_speed(all=2)
    ann, groups = _ann_in_three(world)
    await world.stop_bot()
    for number in range(50):
        groups[number % 3].say(ann, f"/imagine fox <{number}>")
    await world.start_bot()
    at_once = []

    def all_there() -> bool:
        at_once.append(world.at_provider())
        return sum(len(world.pictures(chat)) for chat in groups) == 15

    await world.until(all_there, within=240)
    assert max(at_once) == 5
    await world.until(lambda: _count(groups) == 35, within=400)
    assert len(world.provider.submissions()) == 15


def _ann_in_three(world: World) -> tuple[Person, list[Chat]]:
    ann = world.telegram.person("Ann")
    return ann, [ann.private, *(world.telegram.group(f"Group {number}", [ann]) for number in range(2))]


def _count(chats: list[Chat]) -> int:
    return sum("pictures waiting already" in m.text for chat in chats for m in chat.messages)
