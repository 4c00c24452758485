"""Where a file can be fetched."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

MOST_FETCHED = 20 * 2**20


def get_file(world: World, params: Params) -> Any:
    """The path of a file, below `file/bot<token>/`."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if (stored := world.files.find(file_id)) is None:
        raise bad_request("invalid file_id")
    if stored.size > MOST_FETCHED:
        raise bad_request("file is too big")
    side = next((side for side in stored.sides() if stored.file_id(side) == file_id), 0)
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id(side),
        "file_size": stored.size,
        "file_path": world.files.path(stored),
    }
