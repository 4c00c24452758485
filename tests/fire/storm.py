"""`python -m tests.fire.storm`: people ask while the bot is killed, or while one call in twenty goes wrong.

Everything derives from the seed: who asks when, when the bot dies, which call goes wrong in which way. With an odd seed
the provider does not list its tasks, so that what is unclear stays so, and people may press "Submit again".
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web import bind
from sandbox.serving import Serving
from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.world import blank_answer
from tests.fire.auditor import Sum, audit, summed
from tests.fire.evidence import Kind, Request, gather, kind_of
from tests.fire.scenes import QUICK, answers, ask, press, until_quiet
from tests.fire.spoiling import Spoiling
from tests.outside import Outside

PEOPLE = 8
SECONDS_BETWEEN = 0.35
"""Between two things that people do, on the average."""
IN_THE_GROUP = 0.08
"""Of what its members ask: Telegram takes 20 messages a minute there, and the end of the storm is waited for."""
SHARE = 0.05
"""Of all calls on both sides, in the mode of faults."""
PATIENCE = 150.0
"""Seconds until all is quiet after the storm: the bot waits longer and longer between its tries."""
ENDS: frozenset[Kind] = frozenset({"picture", "link", "unclear", "failure", "word"})


@dataclass(slots=True, kw_only=True)
class Came:
    """What a storm came to."""

    mode: str
    seed: int
    seconds: float
    requests: int = 0
    kills: int = 0
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    total: Sum | None = None
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures, for people."""
        yield f"storm of {self.mode}, seed {self.seed}, {self.seconds:.0f} s"
        yield f"  requests {self.requests}, kills survived {self.kills}, calls {self.calls}"
        if self.faults:
            kinds = ", ".join(f"{kind} {times}" for kind, times in sorted(self.faults.items()))
            yield f"  calls that went wrong {self.faults.total()}: {kinds}"
        if self.total is not None:
            yield (
                f"  pictures {self.total.pictures}, unclear {self.total.unclear}, failures {self.total.failures}, "
                f"other words {self.total.words}, extra copies {self.total.extra}"
            )
        broken = Counter(one.partition(":")[0] for one in self.wrong)
        lost, doubled, leaked = ("nobody_is_lost", "nothing_is_submitted_twice", "secrets_stay_secret")
        counted = f"lost {broken[lost]}, doubled {broken[doubled]}, leaked {broken[leaked]}"
        yield f"  {counted}, all complaints {len(self.wrong)}"
        yield from (f"  {one}" for one in self.wrong)


class Elsewhere:
    """A stranger, to whom nobody should bring anything."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        routes = [Route("/{path:path}", self._listen, methods=["GET", "POST"])]
        self._serving = Serving(Starlette(routes=routes))

    async def _listen(self, asked: Asked) -> Response:
        self.heard.append(f"{asked.url} {asked.headers.raw} {await asked.body()!r}")
        return PlainTextResponse("hello")

    async def __aenter__(self) -> Self:
        await self._serving.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._serving.stop()

    @property
    def root(self) -> str:
        """Its address."""
        return self._serving.root


async def storm(folder: Path, *, mode: str, seed: int, seconds: float) -> Came:
    """Let it rage so long, wait until all is quiet, and audit."""
    came = Came(mode=mode, seed=seed, seconds=seconds)
    port = _free_port()
    settings = QUICK | {"HTTP_PORT": str(port), "DAILY_LIMIT_PER_USER": "9999"}
    async with Elsewhere() as elsewhere, Outside(folder, **settings) as outside:
        share = SHARE if mode == "faults" else 0.0
        sides = (
            Spoiling("telegram", seed=seed, share=share, elsewhere=elsewhere.root, blank=blank_answer),
            Spoiling("provider", seed=seed, share=share, elsewhere=elsewhere.root, blank=lambda _fault: ""),
        )
        outside.telegram.world.faults, outside.provider.faults = sides
        if not (listed := seed % 2 == 0):
            outside.provider.faults.add(match="/mj/task/list", times=None, status=404, body={"error": "Not Found"})
        outside.provider.set_speed(all=0.7)
        await outside.start(wait=False)
        await outside.until(lambda: outside.telegram.journal.calls("getUpdates"))
        await asyncio.sleep(1)
        before = outside.handles()
        begun = time.monotonic()
        asking = asyncio.create_task(_people(outside, Random(f"{seed} people"), seconds))
        if mode == "kills":
            await _kills(outside, Random(f"{seed} kills"), seconds)
        requests = await asking
        for side in sides:
            side.share = 0.0
        came.requests, came.calls = len(requests), sum(side.calls for side in sides)
        came.faults = Counter(f"{one.side}: {one.kind}" for side in sides for one in side.spoiled)
        try:
            await until_quiet(outside, requests, ends=ENDS, within=PATIENCE, listed=listed)
        except AssertionError as error:
            came.wrong.append(f"never quiet: {error}")
        came.kills, came.seconds = len(outside.kills), time.monotonic() - begun
        health = await _health(port)
        await _let_go_of_connections(outside)
        evidence = await gather(
            outside,
            requests,
            spoiled=[one for side in sides for one in side.spoiled],
            elsewhere={"health": health, "elsewhere": "\n".join(elsewhere.heard).encode()},
            handles=(before, outside.handles()),
        )
        came.total = summed(evidence)
        came.wrong += audit(evidence)
    return came


async def _people(outside: Outside, chance: Random, seconds: float) -> list[Request]:
    """People ask, in private and in a group, and press what stands under their pictures."""
    people = [outside.telegram.person(f"Person {number}") for number in range(PEOPLE)]
    group = outside.telegram.group("Friends", people[:3])
    asked: list[Request] = []
    pressed: set[Request] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        person = chance.choice(people)
        what = chance.random()
        if what < 0.25 and (request := _one_with(outside, person, asked, pressed, "picture")):
            picture = next(m for m in answers(outside, request) if kind_of(m) == "picture")
            pressed.add(request)
            asked.append(press(person, picture, request, chance.choice(("U1", "U2", "V3"))))
        elif what < 0.3 and (request := _one_with(outside, person, asked, pressed, "unclear")):
            question = next(m for m in answers(outside, request) if kind_of(m) == "unclear")
            pressed.add(request)
            if question.buttons:
                person.private.press(person, question.id, question.buttons[0].text)
        else:
            here: Chat | None = group if person in people[:3] and chance.random() < IN_THE_GROUP else None
            asked.append(ask(person, here))
        await asyncio.sleep(chance.uniform(0.3, 1.7) * SECONDS_BETWEEN)
    return asked


def _one_with(
    outside: Outside, person: Person, asked: list[Request], pressed: set[Request], kind: Kind
) -> Request | None:
    """A request of this person's, in private, that shows such a message and was not used yet."""
    return next(
        (
            one
            for one in asked
            if one.chat_id == person.id
            and not one.title
            and one not in pressed
            and any(kind_of(m) == kind for m in answers(outside, one))
        ),
        None,
    )


async def _kills(outside: Outside, chance: Random, seconds: float) -> None:
    """One in five before it has come up."""
    end = time.monotonic() + seconds
    heard = 0
    while time.monotonic() < end:
        early, pause = chance.random() < 0.2, chance.uniform(0.0, 0.3)
        rest = chance.uniform(0.2, 1.0) if early else chance.uniform(0.1, 2.5)
        if not early:
            await outside.until(partial(_listens, outside, heard))
        await asyncio.sleep(rest)
        await outside.kill()
        await asyncio.sleep(pause)
        heard = len(outside.telegram.journal.calls("getUpdates"))
        await outside.start(wait=False)


def _listens(outside: Outside, heard: int) -> bool:
    return len(outside.telegram.journal.calls("getUpdates")) > heard


async def _health(port: int) -> bytes:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/health")
    if answer.status_code != 200:
        raise AssertionError(f"not well after the storm: {answer.text}")
    return answer.content


async def _let_go_of_connections(outside: Outside) -> None:
    """Idle ones are closed when the next call is made, some seconds later."""
    await asyncio.sleep(6)
    one = outside.telegram.person("The last one")
    one.private.say(one, "/help")
    await outside.until(lambda: [m for m in one.private.messages if m.from_bot])


def _free_port() -> int:
    with bind("127.0.0.1", 0) as listening:
        return int(listening.getsockname()[1])


async def main(seconds: float, seed: int, modes: tuple[str, ...]) -> bool:
    """Both modes, one after another; whether everything was kept."""
    good = True
    for mode in modes:
        with tempfile.TemporaryDirectory() as folder:
            came = await storm(Path(folder), mode=mode, seed=seed, seconds=seconds / len(modes))
        sys.stdout.write("\n".join([*came.lines(), ""]))
        if came.wrong:
            good = False
            sys.stdout.write(f"  again: make storm SEED={seed} STORM_SECONDS={seconds:.0f}\n")
        sys.stdout.flush()
    return good


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=Random().randrange(1_000_000))
    parser.add_argument("--mode", choices=("kills", "faults", "both"), default="both")
    given = parser.parse_args()
    modes = ("kills", "faults") if given.mode == "both" else (given.mode,)
    sys.exit(0 if asyncio.run(main(given.seconds, given.seed, modes)) else 1)
