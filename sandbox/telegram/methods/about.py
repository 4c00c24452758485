"""What the bot says of itself: who it is, its commands, its name and descriptions."""

import re
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.profile import scope_key
from sandbox.telegram.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(world: World, _params: Params) -> Any:
    """The bot's own account."""
    can = {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": world.main_app is not None,
    }
    return world.bot.as_json() | can


def accept(_world: World, _params: Params) -> bool:
    """Nothing to do here."""
    return True


def set_my_commands(world: World, params: Params) -> bool:
    """Keep a list of commands for a scope and a language."""
    given = params.json("commands")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [{key: str(one.get(key, "")) for key in ("command", "description")} for one in given]
    for one in commands:
        if not _COMMAND.fullmatch(one["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.commands[scope_key(params.json("scope"), _language(params))] = commands
    world.events.add("commands")
    return True


def get_my_commands(world: World, params: Params) -> Any:
    """The list for exactly this scope and language."""
    return world.profile.commands.get(scope_key(params.json("scope"), _language(params)), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """Forget the list for this scope and language."""
    world.profile.commands.pop(scope_key(params.json("scope"), _language(params)), None)
    world.events.add("commands")
    return True


def set_my_name(world: World, params: Params) -> bool:
    """Keep the bot's name for a language."""
    return _set(world, params, "name", 64)


def get_my_name(world: World, params: Params) -> Any:
    """The bot's name in a language."""
    return {"name": world.profile.text("name", _language(params)) or world.bot.first_name}


def set_my_description(world: World, params: Params) -> bool:
    """Keep what an empty chat shows."""
    return _set(world, params, "description", 512)


def get_my_description(world: World, params: Params) -> Any:
    """What an empty chat shows."""
    return {"description": world.profile.text("description", _language(params))}


def set_my_short_description(world: World, params: Params) -> bool:
    """Keep what the bot's profile shows."""
    return _set(world, params, "short_description", 120)


def get_my_short_description(world: World, params: Params) -> Any:
    """What the bot's profile shows."""
    return {"short_description": world.profile.text("short_description", _language(params))}


def _set(world: World, params: Params, what: str, longest: int) -> bool:
    text = params.text(what)
    if len(text) > longest:
        raise bad_request(f"{what} is too long")
    world.profile.texts[what, _language(params)] = text
    return True


def _language(params: Params) -> str:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language
