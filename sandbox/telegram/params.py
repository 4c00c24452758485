"""The parameters of a call, however they came: query, form, multipart or JSON, as text or as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.telegram.errors import bad_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Parameters by name. A reader returns None (or False) for what is absent; ApiError for what can't be read."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def raw(self, name: str) -> Any:
        """As it came."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """A text; empty when absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A Boolean."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes", "t", "y"}

    def integer(self, name: str) -> int | None:
        """A whole number."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be a valid Integer") from None

    def json(self, name: str, *, called: str | None = None) -> Any:
        """A value that is JSON, written as text or not; `called` is its name in a refusal, where that is another."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called or name} JSON object") from None


async def read_params(request: Request) -> Params:
    """All parameters of a request; the body's go before the query's. ApiError for a broken JSON body."""
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        values |= _json_body(await request.body())
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        async with request.form(max_part_size=4 * 2**20) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = Upload(
                        name=value.filename or "file",
                        mime=value.content_type or "application/octet-stream",
                        data=await value.read(),
                    )
                else:
                    values[name] = value
    else:
        await request.body()
    return Params(values=values, uploads=uploads)


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request: body is not a valid JSON object") from None
    if not isinstance(read, dict):
        raise bad_request("can't parse request: body is not a JSON object")
    return read
