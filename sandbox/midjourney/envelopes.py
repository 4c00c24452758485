"""The shapes of answers that aren't the engine's own: a gateway's two, and the engine's framework's."""

from starlette.responses import JSONResponse, Response

REQUEST = "20250711041200zZyX"


def upstream(name: str, *, status: int = 400, code: int = 4, kind: str = "upstream_error") -> Response:
    """A gateway's refusal of a submit; its text ends with a space, since an empty second part is joined to it."""
    return JSONResponse({"description": f"{name} ", "type": kind, "code": code}, status)


def openai(message: str, status: int, *, kind: str = "new_api_error", code: str | None = None) -> Response:
    """A gateway's refusal before it has understood what is asked for."""
    error = {"message": f"{message} (request id: {REQUEST})", "type": kind}
    return JSONResponse({"error": error if code is None else error | {"code": code}}, status)


def invalid_url(method: str, path: str) -> Response:
    """A gateway knows no such path."""
    return openai(f"Invalid URL ({method} {path})", 404, kind="invalid_request_error")


def framework(path: str, status: int, error: str) -> Response:
    """What the engine's framework says before any of the engine's code runs."""
    return JSONResponse(
        {"timestamp": "2025-07-11T04:12:00.000+00:00", "status": status, "error": error, "path": path}, status
    )
