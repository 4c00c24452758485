"""Checks JSON against the Bot API's own description, where that file is at hand."""

import json
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).resolve().parents[4] / "shared" / "telegram" / "bot-api.json"

_PLAIN: dict[str, tuple[type, ...]] = {"String": (str,), "Boolean": (bool,), "Integer": (int,), "Float": (int, float)}


class BotApi:
    """The types and methods of the description. Every check raises AssertionError, saying where and what."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.types = description["types"]
        self.methods = description["methods"]

    @classmethod
    def load(cls) -> "BotApi | None":
        """The description, or None where it is not at hand."""
        return cls(json.loads(DESCRIPTION.read_text())) if DESCRIPTION.exists() else None

    def check_update(self, update: Any) -> None:
        """An Update, of exactly one kind."""
        assert len(update) == 2, f"an update has an id and one kind, not {sorted(update)}"
        self.check(update, ["Update"], "update")

    def check_result(self, method: str, result: Any) -> None:
        """What a method returned."""
        self.check(result, self.methods[method]["returns"], method)

    def check(self, value: Any, types: list[str], where: str) -> None:
        """A value that must be of one of these types."""
        wrong = []
        for one in types:
            try:
                self._check_one(value, one, where)
            except AssertionError as error:
                wrong.append(str(error))
            else:
                return
        raise AssertionError(" / ".join(wrong))

    def _check_one(self, value: Any, kind: str, where: str) -> None:
        if kind.startswith("Array of "):
            assert isinstance(value, list), f"{where} is no array: {value!r}"
            for place, item in enumerate(value):
                self.check(item, [kind.removeprefix("Array of ")], f"{where}[{place}]")
        elif kind == "True":
            assert value is True, f"{where} is not true: {value!r}"
        elif kind in _PLAIN:
            assert isinstance(value, _PLAIN[kind]), f"{where} is no {kind}: {value!r}"
            assert isinstance(value, bool) == (kind == "Boolean"), f"{where} is no {kind}: {value!r}"
        elif subtypes := self.types[kind].get("subtypes"):
            self.check(value, subtypes, where)
        else:
            self._check_fields(value, kind, where)

    def _check_fields(self, value: Any, kind: str, where: str) -> None:
        assert isinstance(value, dict), f"{where} is no {kind}: {value!r}"
        fields = {field["name"]: field for field in self.types[kind].get("fields", [])}
        assert value.keys() <= fields.keys(), f"{where}: {kind} has no {sorted(value.keys() - fields.keys())}"
        missing = [name for name, field in fields.items() if field["required"] and name not in value]
        assert not missing, f"{where}: {kind} lacks {missing}"
        for name, item in value.items():
            self.check(item, fields[name]["types"], f"{where}.{name}")
