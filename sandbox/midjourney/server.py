"""A provider of the midjourney-proxy API on a socket of its own, with a control API.

It speaks one of three dialects over the same engine: `engine` (bare, kind B), `gateway` (kind D before it: every submit
is paid, copies lag), `change` (a reseller without buttons). The API stands under `/mj/` and the mode prefixes that are
served, pictures under `/pictures/` and a gateway's `/mj/image/` (no key needed).
Control, JSON in and out, no key needed:

    GET    /_/ledger     every submit that arrived: number, at, path, body, headers' names, accepted, code, task_id
    GET    /_/requests   how often each path was asked, ids as {id}
    GET    /_/charges    what was paid: number, at, task_id, path, amount, given_back
    GET    /_/tasks      all tasks as `fetch` shows them
    POST   /_/dialect    {"name": "gateway"}  speak it from now on; a gateway knows only what went through it
    POST   /_/lacking    {"names": ["video"]}  be without these from now on (`kinds.ABILITIES`); [] lacks nothing
    POST   /_/account    {"balance": 25, "runs_out": "user", "revoked": false}  what isn't named stays
    POST   /_/speed      {"imagine": 2, "upscale": 0.5, ...}  seconds, for what starts from now on; {"all": 1}
    POST   /_/faults     {"match": "/mj/submit/*", "trouble": "502 html", "times": 1}  a name from `troubles`, `twists`,
                         or {"match": "/mj/task/*", "status": 500, "do": false, ...}   fields of `sandbox.faults.Fault`
    DELETE /_/faults     forget all faults, let go what hangs
    POST   /_/fail       {"match": "cat", "reason": "...", "times": 1, "percent": 46, "late_success": 30}
                         or "after_success": 30: first SUCCESS, then FAILURE
    POST   /_/show       {"id": "...", "fields": {"status": "PAUSED"}}  show a task otherwise; {} ends that
    POST   /_/forget     {"id": "..."}  lose a task

Faults match the path without its mode prefix; the ledger and the counts name it whole.
"""

from collections.abc import Collection, Mapping
from typing import Any, Literal, Self, get_args

from starlette.applications import Starlette

from sandbox.faults import Faults
from sandbox.midjourney import control, door
from sandbox.midjourney.account import Account, Charge
from sandbox.midjourney.change_dialect import ChangeDialect
from sandbox.midjourney.clock import Clock, SystemClock
from sandbox.midjourney.dialects import Body, Dialect, Name
from sandbox.midjourney.engine import Engine
from sandbox.midjourney.engine_dialect import EngineDialect
from sandbox.midjourney.gateway_dialect import GatewayDialect
from sandbox.midjourney.journal import Journal
from sandbox.midjourney.kinds import ABILITIES
from sandbox.midjourney.ledger import Entry, Ledger
from sandbox.midjourney.pictures import Pictures
from sandbox.midjourney.reception import Reception
from sandbox.midjourney.task import Fate
from sandbox.midjourney.troubles import TROUBLES
from sandbox.midjourney.twists import TWISTS, Twists
from sandbox.painter.gallery import SIDE
from sandbox.painter.memory import Memory
from sandbox.serving import Serving


class MidjourneyServer:
    """A provider.

    `auth` names the headers it reads the key from: "bearer", "mj-api-secret", "both", or "raw" (`Authorization: KEY`).
    `serves` are the mode prefixes it knows (`("/mj-relax",)`: nothing else; None: as the dialect has them).
    `ids` is how submits name tasks, `digits` how long ids are. Without `buttons` every task shows null in their place;
    without `lists` list-by-condition is unknown; with `insists` an action must carry `chooseSameChannel` as text.
    `lacks` names what it can't do, of `kinds.ABILITIES` (`{"video", "swap"}`): an engine and a reseller answer 404,
    a gateway that no channel has the model (503).
    `balance` is in hundredths; a picture costs 10, an upscale and a description 5.
    `refresh` is how often a gateway looks at its tasks, in seconds; `forwarding` puts its own address on pictures,
    `server_address` is what it believes that to be (`http://localhost:3000` on a misconfigured one).
    """

    def __init__(
        self,
        key: str,
        *,
        clock: Clock | None = None,
        seed: int = 1,
        auth: str = "both",
        speed: Mapping[str, float] | None = None,
        running_at_once: int = 3,
        queue_size: int = 10,
        remix: bool = False,
        side: int = SIDE,
        public_url: str | None = None,
        dialect: Name = "engine",
        serves: tuple[str, ...] | None = None,
        ids: Literal["string", "integer"] = "string",
        digits: int = 16,
        buttons: bool = True,
        lists: bool = True,
        insists: bool = False,
        lacks: Collection[str] = (),
        balance: int | None = None,
        runs_out: Literal["user", "key"] = "user",
        refresh: float = 15.0,
        forwarding: bool = True,
        server_address: str | None = None,
    ) -> None:
        door.check_auth(auth)
        self._clock = clock or SystemClock()
        self._public_url = public_url
        self._serving: Serving | None = None
        self._serves = serves
        self._masks: dict[str, Body] = {}
        self.key, self.auth, self.ids, self.lists = key, auth, ids, lists
        memory = Memory()
        self.pictures = Pictures(side=side, memory=memory)
        self.engine = Engine(
            seed=seed,
            running_at_once=running_at_once,
            queue_size=queue_size,
            remix=remix,
            side=side,
            digits=digits,
            speed=speed,
            memory=memory,
        )
        self.lack(*lacks)
        self.ledger = Ledger()
        self.journal = Journal(now=self._clock.now)
        self.account = Account(balance=balance, runs_out=runs_out)
        self.faults = Faults(sleep=self._clock.sleep)
        self.twists = Twists()

        def engine(**options: Any) -> EngineDialect:
            return EngineDialect(self.engine, base=lambda: self.picture_base, keep=self._keep, **options)

        self.gateway = GatewayDialect(
            engine(buttons=buttons),
            account=self.account,
            server=lambda: (server_address or self.picture_base) if forwarding else None,
            masks=self._masks,
            refresh=refresh,
            now=self.now(),
            insists=insists,
        )
        front = engine(masks=self._masks, buttons=buttons)
        self._dialects: dict[str, Dialect] = {
            "engine": engine(masks=self._masks, account=self.account, buttons=buttons, insists=insists),
            "gateway": self.gateway,
            "change": ChangeDialect(self.engine, front, account=self.account),
        }
        self.use(dialect)

    def use(self, dialect: str) -> None:
        """Speak this dialect from now on. Raises ValueError for one that doesn't exist."""
        if dialect not in get_args(Name):
            raise ValueError(f"there is no dialect called {dialect!r}")
        self.dialect = self._dialects[dialect]

    @property
    def speaks(self) -> str:
        """The name of the dialect."""
        return next(name for name, dialect in self._dialects.items() if dialect is self.dialect)

    def lack(self, *names: str) -> None:
        """Be without these from now on, and with all others. Raises ValueError for what nobody can be without."""
        if unknown := set(names) - set(ABILITIES):
            raise ValueError(f"nobody lacks {', '.join(sorted(unknown))}")
        self.engine.lacking = frozenset(names)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Listen; port 0 takes a free one."""
        self._serving = await Serving(self._app(), host=host, port=port).start()
        return self

    async def stop(self) -> None:
        """Let go what hangs and stop listening."""
        self.faults.release()
        if self._serving is not None:
            await self._serving.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """Where the API is, without `/mj` and without a slash at the end."""
        if self._serving is None:
            raise RuntimeError("the provider is not started")
        return self._serving.root

    @property
    def picture_base(self) -> str:
        """What picture addresses start with."""
        return self._public_url or self.base_url

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The mode prefixes that are served."""
        return self.dialect.prefixes if self._serves is None else self._serves

    @property
    def charges(self) -> list[Charge]:
        """What was paid, in order."""
        return list(self.account.charges)

    def now(self) -> int:
        """The time in milliseconds since the epoch."""
        return round(self._clock.now().timestamp() * 1000)

    def submissions(
        self, *, path: str | None = None, prompt: str | None = None, accepted: bool | None = None, **body: str
    ) -> list[Entry]:
        """Return the submits that arrived, by path, part of the prompt, their end, fields of the body."""
        return self.ledger.submissions(path=path, prompt=prompt, accepted=accepted, **body)

    def tasks(self) -> list[dict[str, Any]]:
        """Return all tasks as they look now, the newest first."""
        return self.dialect.listed(None, self.now())

    def set_speed(self, **seconds: float) -> None:
        """Change how long kinds of tasks take that start from now on; `all` means every kind."""
        everything = seconds.pop("all", None)
        unknown = set(seconds) - set(self.engine.speed)
        if unknown:
            raise ValueError(f"no such kind: {', '.join(sorted(unknown))}")
        if everything is not None:
            self.engine.speed.update(dict.fromkeys(self.engine.speed, float(everything)))
        self.engine.speed.update({kind: float(value) for kind, value in seconds.items()})

    def trouble(self, name: str, *, match: str = "/mj/submit/*", **fields_of_fault: Any) -> None:
        """Let something go wrong that has a name in `troubles` or `twists`."""
        if name in TWISTS:
            self.twists.add(name, match=match, **fields_of_fault)
        else:
            self.faults.add(match=match, **(TROUBLES[name] | fields_of_fault))

    def fail(
        self,
        match: str = "",
        reason: str = "[Internal Server Error] something went wrong",
        *,
        times: int = 1,
        percent: int = 0,
        late_success: float | None = None,
        after_success: float | None = None,
    ) -> None:
        """Let the next `times` tasks whose prompt or description holds `match` end in FAILURE."""
        fate = Fate(reason=reason, percent=percent, late_success=late_success, after_success=after_success)
        self.engine.doom(match, fate, times=times)

    def show(self, task_id: str, **shown: Any) -> None:
        """Let a task look otherwise (`status="PAUSED"`); without fields as it is."""
        self._masks[task_id] = shown

    def forget(self, task_id: str) -> None:
        """Lose a task."""
        self.engine.forget(task_id, self.now())
        for dialect in self._dialects.values():
            dialect.forget(task_id)

    def _keep(self, image: bytes) -> str:
        return f"{self.picture_base}/pictures/uploads/{self.engine.shelf.keep(image)}"

    def _app(self) -> Starlette:
        return Starlette(routes=[*control.routes(self), *Reception(self).routes()])
