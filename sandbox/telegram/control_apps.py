"""Mini Apps over HTTP. The route is told at the top of `control`."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.telegram.control_chats import answered
from sandbox.telegram.mini_apps import address_of
from sandbox.telegram.town import Town


class AppControl:
    """Opens what stands under a message."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def routes(self) -> list[Route]:
        """What to serve."""
        return [Route("/chats/{id}/open", self._open, methods=["POST"])]

    async def _open(self, request: Request) -> Response:
        given, town = await request.json(), self._town
        room = town.world.rooms[int(request.path_params["id"])]
        person = town.people[int(given["person"])]
        theme = given.get("theme") or {}
        if not isinstance(theme, dict):
            raise TypeError("a theme is an object")
        url = address_of(town.world, town.token, room, person.user, int(given["message_id"]), str(given["url"]), theme)
        return answered(url=url)
