"""The crash windows of a task's life: at which point, how one gets there, and what the database says then."""

import io
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from PIL import Image

from domain.failpoints import Point
from sandbox.telegram.town import Person
from tests.fire.evidence import Kind, Request
from tests.fire.scenes import answers, ask, press, shown, until_quiet
from tests.outside import Outside

Had = Mapping[int, Request]
"""What people had asked for before, by person."""
Act = Callable[[Outside, list[Person], Had], Awaitable[list[Request]]]
"""What these people do, for the bot to come to that point; what they have asked for by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A moment, and what a kill there may lead to at the worst."""

    point: Point
    act: Act
    left: str
    """Asks the database what is true just then."""
    end: Kind = "picture"
    """What the first of them is told in the end."""
    prepare: Act | None = None
    """What they have done before; the bot runs, and is then started anew."""
    away: bool = False
    """Whether the bot is away when they act."""
    once: bool = False
    """Whether it is come to once in a run, or once for all updates that come together."""
    also: str = ""
    """Fail points that have to be armed with it."""


NOTHING = "SELECT NOT EXISTS (SELECT 1 FROM inbox)"
TO_BE_HANDLED = "SELECT count(*) FROM inbox WHERE state = 'pending' AND NOT EXISTS (SELECT 1 FROM tasks)"
HANDLED = "SELECT count(*) FROM inbox WHERE state = 'done'"
TAKEN = "SELECT count(*) FROM tasks WHERE state = 'recorded' AND lease_until IS NOT NULL"
NO_SCHEMA = "SELECT count(*) = 0 FROM sqlite_master"
AN_OPEN_ALBUM = "SELECT count(*) FROM gatherings WHERE state = 'open'"


def task(state: str) -> str:
    """The newest task is in that state."""
    return f"SELECT state = '{state}' FROM tasks ORDER BY id DESC LIMIT 1"


def news(kind: str, state: str) -> str:
    """News of that kind is in that state."""
    return f"SELECT count(*) FROM deliveries WHERE kind = '{kind}' AND state = '{state}'"


async def wish(_outside: Outside, people: list[Person], _had: Had) -> list[Request]:
    """They ask for pictures."""
    return [ask(person) for person in people]


async def quick_wish(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """The pictures are done when the bot looks for the first time."""
    outside.provider.set_speed(all=0.0)
    return await wish(outside, people, had)


async def wish_after_wish(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They ask, and somebody else does when that was taken: only then Telegram hears that it was."""
    asked = len(outside.telegram.journal.calls("getUpdates"))
    requests = await wish(outside, people, had)
    await outside.until(lambda: len(outside.telegram.journal.calls("getUpdates")) > asked or not outside.running)
    return [*requests, ask(outside.telegram.person("One more"))]


async def help_and_wish(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They want help, which a kill in the middle of it may swallow, and then a picture."""
    for person in people:
        person.private.say(person, "/help")
    return await wish(outside, people, had)


async def doubtful_wish(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """Submits are taken, and their answers lost."""
    outside.provider.faults.add(match="/mj/submit/*", do=True, end="drop", times=len(people))
    return await wish(outside, people, had)


async def cut_off_wish(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """The bot is killed in the middle of their submits."""
    outside.provider.faults.add(match="/mj/submit/*", do=True, end="hang", times=len(people))
    asked = await wish(outside, people, had)
    await outside.until(lambda: len(outside.provider.submissions(accepted=True)) == len(people))
    await outside.kill()
    outside.provider.faults.clear()
    return asked


async def nothing(_outside: Outside, _people: list[Person], _had: Had) -> list[Request]:
    """It comes to it by itself."""
    return []


async def get_pictures(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They ask for pictures and have them."""
    asked = await wish(outside, people, had)
    await until_quiet(outside, asked)
    await outside.stop()
    return asked


async def press_a_button(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They press one under each picture."""
    return [press(person, shown(outside, had[person.id]), had[person.id], "U2") for person in people]


async def want_seeds(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They ask what their pictures were drawn from."""
    asked = []
    for person in people:
        said = person.private.say(person, "/seed", reply_to=shown(outside, had[person.id]).id)
        asked.append(Request(mark="", chat_id=person.id, message_id=said.id))
    return asked


async def send_albums(_outside: Outside, people: list[Person], _had: Had) -> list[Request]:
    """They send pictures that are to be blended."""
    asked = []
    for person in people:
        colour = person.id % 100
        parts = person.private.send_album(person, [_photo(colour), _photo(colour + 99)], caption="/blend")
        asked.append(Request(mark="", chat_id=person.id, message_id=parts[0].id, title="/blend"))
    return asked


async def think_better_of_it(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """They ask, and press Cancel while it is drawn."""
    outside.provider.set_speed(all=30.0)
    accepted = len(outside.provider.submissions(accepted=True))
    asked = await wish(outside, people, had)
    await outside.until(lambda: len(outside.provider.submissions(accepted=True)) == accepted + len(people))
    await outside.until(lambda: all(any(m.buttons for m in answers(outside, one)) for one in asked))
    for person, one in zip(people, asked, strict=True):
        person.private.press(person, shown(outside, one).id, "Cancel")
    return asked


async def stop_while_it_draws(outside: Outside, people: list[Person], had: Had) -> list[Request]:
    """The operator stops it."""
    asked = await wish(outside, people, had)
    await outside.until(lambda: outside.provider.submissions(accepted=True))
    outside.ask_to_stop()
    return asked


def _photo(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (number, 100, 150)).save(out, "PNG")
    return out.getvalue()


WINDOWS = (
    Window(point=Point.MIGRATION_STEP, act=wish, away=True, once=True, left=NO_SCHEMA),
    Window(point=Point.MIGRATION_UNCOMMITTED, act=wish, away=True, once=True, left=NO_SCHEMA),
    Window(point=Point.RECOVERY_UNCOMMITTED, act=nothing, prepare=cut_off_wish, once=True, left=task("sending")),
    Window(point=Point.RECOVERY_COMMITTED, act=nothing, prepare=cut_off_wish, once=True, left=task("unclear")),
    Window(point=Point.UPDATES_COME, act=wish, once=True, left=NOTHING),
    Window(point=Point.UPDATES_KEPT, act=wish, once=True, left=TO_BE_HANDLED),
    Window(
        point=Point.UPDATES_CONFIRMED,
        act=wish_after_wish,
        once=True,
        left=TO_BE_HANDLED,
        also=f"{Point.UPDATE_TO_BE_HANDLED}:sleep(5),",
    ),
    Window(point=Point.UPDATE_TO_BE_HANDLED, act=wish, left=TO_BE_HANDLED),
    Window(point=Point.WISH_UNCOMMITTED, act=wish, left=TO_BE_HANDLED),
    Window(point=Point.WISH_COMMITTED, act=wish, left=task("recorded")),
    Window(point=Point.PRESS_TO_BE_ANSWERED, act=press_a_button, prepare=get_pictures, left=task("recorded")),
    Window(point=Point.PRESS_ANSWERED, act=press_a_button, prepare=get_pictures, left=HANDLED),
    Window(point=Point.ALBUM_UNCOMMITTED, act=send_albums, left=AN_OPEN_ALBUM),
    Window(point=Point.ALBUM_COMMITTED, act=send_albums, left=task("recorded")),
    Window(point=Point.PHOTO_FETCHED, act=send_albums, left=TAKEN),
    Window(point=Point.TURN_TAKEN, act=wish, left=TAKEN),
    Window(point=Point.SUBMIT_OPEN, act=wish, left=TAKEN),
    Window(point=Point.SUBMIT_TO_BE_SENT, act=wish, left=task("sending"), end="unclear"),
    Window(point=Point.SUBMIT_SENT, act=wish, left=task("sending")),
    Window(point=Point.SUBMIT_ACCEPTED, act=wish, left=task("sending")),
    Window(point=Point.SUBMIT_ANSWERED, act=wish, left=task("sending")),
    Window(point=Point.VERDICT_UNCOMMITTED, act=wish, left=task("sending")),
    Window(point=Point.VERDICT_COMMITTED, act=wish, left=task("running")),
    Window(point=Point.FOUND, act=doubtful_wish, left=task("unclear")),
    Window(point=Point.ADOPTED, act=doubtful_wish, left=task("running")),
    Window(point=Point.REPORT_READ, act=wish, left=task("running")),
    Window(point=Point.RESULT_UNCOMMITTED, act=wish, left=task("running")),
    Window(point=Point.REPORT_COMMITTED, act=quick_wish, left=news("result", "due")),
    Window(point=Point.STATUS_TO_BE_SENT, act=wish, left=news("status", "sending")),
    Window(point=Point.STATUS_SENT, act=wish, left=news("status", "sending")),
    Window(point=Point.WORDS_TO_BE_SENT, act=help_and_wish, left=news("words", "sending")),
    Window(point=Point.WORDS_SENT, act=help_and_wish, left=news("words", "sending")),
    Window(point=Point.PICTURE_TO_BE_FETCHED, act=wish, left=news("result", "claimed")),
    Window(point=Point.PICTURE_FETCHED, act=wish, left=news("result", "claimed")),
    Window(point=Point.END_CLAIMED, act=wish, left=news("result", "claimed")),
    Window(point=Point.END_TO_BE_SENT, act=wish, left=news("result", "sending")),
    Window(point=Point.END_SENT, act=wish, left=news("result", "sending")),
    Window(point=Point.END_COMMITTED, act=wish, left=news("result", "settled")),
    Window(point=Point.SEED_ANSWERED, act=want_seeds, prepare=get_pictures, left=news("seed", "claimed"), end="word"),
    Window(point=Point.STOP_ANSWERED, act=think_better_of_it, left=news("stop", "claimed"), end="failure"),
    Window(point=Point.STOPPING, act=stop_while_it_draws, once=True, left=HANDLED),
)
"""All of them: a fail point without its window here fails the suite."""
