"""How the bot gets its updates."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.world import World


async def get_updates(world: World, params: Params) -> Any:
    """What waits for the bot; `allowed_updates` is remembered for what comes from now on."""
    if params.raw("allowed_updates") is not None:
        allowed = params.json("allowed_updates")
        if not isinstance(allowed, list):
            raise bad_request("can't parse allowed_updates: expected an Array of String")
        world.updates.allowed = tuple(map(str, allowed))
    return await world.updates.poll(
        offset=params.integer("offset") or 0,
        limit=params.integer("limit") or 100,
        timeout=params.integer("timeout") or 0,
    )


def delete_webhook(world: World, params: Params) -> bool:
    """There is none; but what waits may be dropped."""
    if params.flag("drop_pending_updates"):
        world.updates.forget_all()
    return True


def get_webhook_info(world: World, _params: Params) -> Any:
    """That there is none, and how many updates wait."""
    told = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}
    return told | ({"allowed_updates": list(world.updates.allowed)} if world.updates.allowed else {})
