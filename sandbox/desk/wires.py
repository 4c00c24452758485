"""Both wires, written into the live journal as they are used."""

from collections.abc import Callable

from sandbox.desk import provider_words, telegram_words
from sandbox.desk.journal import LiveJournal
from sandbox.midjourney.journal import Request
from sandbox.midjourney.server import MidjourneyServer
from sandbox.telegram.journal import Call
from sandbox.telegram.world import World


class Wires:
    """Hears of every call of the Bot API and every request to the provider; `came`: the bot has asked for updates."""

    def __init__(
        self, world: World, provider: MidjourneyServer, journal: LiveJournal, *, came: Callable[[], None]
    ) -> None:
        self._world = world
        self._provider = provider
        self._journal = journal
        self._came = came

    def watch(self) -> None:
        """Begin."""
        self._world.journal.watch(self._called)
        self._provider.journal.watch(self._requested)

    def _called(self, call: Call) -> None:
        if call.method == "getUpdates":
            self._came()
        if telegram_words.worth_a_line(call):
            self._journal.put(
                f"t{call.number}",
                "telegram",
                call.time,
                call.method,
                telegram_words.about(self._world, call),
                status=call.status,
                answer=telegram_words.answer(call),
                ended=call.answered,
            )

    def _requested(self, request: Request) -> None:
        self._journal.put(
            f"p{request.number}",
            "provider",
            request.time,
            provider_words.what(request),
            provider_words.about(request),
            status=request.status,
            answer=provider_words.answer(request),
            ended=request.answered,
        )
