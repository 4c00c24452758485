"""The chat page: one HTML, one script, one style sheet, served as they lie here."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE = Path(__file__).parent
FILES = {
    "/": ("index.html", "text/html"),
    "/app.js": ("app.js", "text/javascript"),
    "/style.css": ("style.css", "text/css"),
}
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",  # whoever changes the page sees it at the next reload
}


def routes() -> list[Route]:
    """What to serve."""
    return [Route(path, _file) for path in FILES]


def _file(request: Request) -> Response:  # not async: Starlette reads the file in a thread
    name, kind = FILES[request.url.path]
    return Response((HERE / name).read_bytes(), media_type=kind, headers=HEADERS)
