"""What the Bot API refuses, as one exception that becomes its answer."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal: HTTP status, `description` as the real server words it, and perhaps `parameters`."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """The JSON that is answered."""
        told = {"ok": False, "error_code": self.status, "description": self.description}
        return told | ({"parameters": dict(self.parameters)} if self.parameters else {})


def bad_request(words: str) -> ApiError:
    """400, in the server's own words."""
    return ApiError(400, f"Bad Request: {words}")


def forbidden(words: str) -> ApiError:
    """403, in the server's own words."""
    return ApiError(403, f"Forbidden: {words}")
