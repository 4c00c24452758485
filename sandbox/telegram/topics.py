"""The topics of a forum: which there are, and which one a message belongs to."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True, eq=False)
class Topic:
    """One topic; its id is that of the service message that made it. General is none of them."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False
