"""The chat page: one HTML, one style sheet, and a script of small modules; served as they lie here, without a build."""

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

HERE = Path(__file__).parent
FILES = {
    "/": ("index.html", "text/html"),
    "/style.css": ("style.css", "text/css"),
    **{f"/{script.name}": (script.name, "text/javascript") for script in HERE.glob("*.js")},
}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",  # whoever changes the page sees it at the next reload
}


def routes(*, frames: Sequence[str] = ()) -> list[Route]:
    """What to serve. `frames` are the origins whose Mini Apps the page may show."""
    framing = " ".join(frames) or "'none'"
    headers = HEADERS | {"content-security-policy": f"{POLICY}; frame-src {framing}"}

    def file(request: Request) -> Response:  # not async: Starlette reads the file in a thread
        if request.url.hostname == "localhost":  # a Mini App lets itself be shown at the address that its bot knows
            return RedirectResponse(request.url.replace(hostname="127.0.0.1"))
        name, kind = FILES[request.url.path]
        return Response((HERE / name).read_bytes(), media_type=kind, headers=headers)

    return [Route(path, file) for path in FILES]
