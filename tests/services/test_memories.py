"""One's own pictures: what a search looks at, and how far."""

from itertools import pairwise

import pytest
from sqlalchemy import event, insert, text

from domain.task import Imagine, TaskId, TaskState
from services import memories
from storage import submissions
from storage.database import Transaction
from storage.schema import tasks
from tests.services.house import ANNA, BEN, NOON, PROVIDER, House


def fill(tx: Transaction, prompts: list[str], user_id: int = ANNA.user_id) -> None:
    rows = [
        {
            "state": TaskState.SUCCEEDED,
            "submission": submissions.to_text(Imagine(prompt=prompt)),
            "prompt": prompt,
            "title": "",
            "nonce": f"{user_id} {number}",
            "user_id": user_id,
            "user_name": "",
            "chat_id": user_id,
            "chat_kind": "private",
            "provider": PROVIDER,
            "image_url": "https://cdn.example/a.png",
            "recorded_at": NOON,
            "changed_at": NOON,
        }
        for number, prompt in enumerate(prompts)
    ]
    tx.execute(insert(tasks), rows)


async def test_a_search_through_very_many_is_bounded_and_can_be_gone_on_with(house: House) -> None:
    await house.run(fill, ["a rare fox", *["a cat"] * (memories.MOST_LOOKED + 20)])
    await house.run(fill, ["a rare fox"] * 3, BEN.user_id)
    first = await house.run(memories.search, ANNA, "rare", house.now)
    assert first.memories == ()
    assert first.older is not None
    second = await house.run(memories.turn, ANNA, first.older, first.words_id, newer=False)
    assert [one.task.prompt for one in second.memories] == ["a rare fox"]
    assert [one.task.user_id for one in second.memories] == [ANNA.user_id]
    assert second.older is None


@pytest.mark.parametrize("count", [0, 1, 6, 7, 12, 13])
async def test_each_picture_is_on_exactly_one_page_both_ways(house: House, count: int) -> None:
    if count:
        await house.run(fill, [f"fox {number}" for number in range(count)])
    leaf = await house.run(memories.search, ANNA, "fox", house.now)
    pages = [leaf]
    while leaf.older is not None:
        leaf = await house.run(memories.turn, ANNA, leaf.older, leaf.words_id, newer=False)
        pages.append(leaf)
    seen = [one.task.id for page in pages for one in page.memories]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == count
    assert all(page.memories for page in pages) or not count
    for earlier, later in pairwise(pages):
        assert later.newer is not None
        back = await house.run(memories.turn, ANNA, later.newer, later.words_id, newer=True)
        assert back.memories == earlier.memories


async def test_an_index_is_used_in_both_directions(house: House) -> None:
    await house.run(fill, ["a fox"] * 10)
    seen: list[tuple[str, tuple[object, ...]]] = []

    def look(tx: Transaction) -> list[str]:
        def note(_connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
            seen.append((statement, values))

        event.listen(tx, "before_cursor_execute", note)
        for newer in (False, True):
            memories._found(tx, ANNA.user_id, "fox", TaskId(5), newer=newer)
        event.remove(tx, "before_cursor_execute", note)
        return [
            " ".join(row.detail for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
            for statement, values in seen
        ]

    plans = await house.run(look)
    assert plans
    for plan in plans:
        assert "USING INDEX ix_tasks_user_id_tasks_state" in plan
        assert "TEMP B-TREE" not in plan
    assert await house.run(lambda tx: tx.execute(text("SELECT count(*) FROM tasks")).scalar_one()) == 10


@pytest.mark.parametrize(
    ("one", "other"), [("ẞ", "ss"), ("É", "e\u0301"), ("ЛИСА", "лиса"), ("İ", "i\u0307"), ("ﬁ", "FI"), ("Ω", "ω")]
)
def test_letters_that_are_the_same_to_people_are_found(one: str, other: str) -> None:
    assert memories.fold(one) == memories.fold(other)
