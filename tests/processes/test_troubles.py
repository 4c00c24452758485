"""Either side answers nonsense for a while, and the picture still arrives, once."""

import asyncio

import pytest

from tests.outside import Outside

pytestmark = pytest.mark.process


async def test_nonsense_in_place_of_status_answers_loses_no_picture(outside: Outside) -> None:
    outside.provider.set_speed(all=1.0)
    await outside.start()
    ann = outside.telegram.person("Ann")
    for fault in (
        {"status": 502, "body": "<html><body>Bad Gateway</body></html>"},
        {"status": 500, "body": ""},
        {"status": 503, "body": {"error": {"message": "overloaded", "type": "new_api_error"}}},
        {"status": 200, "body": '[{"id": "17'},
        {"status": 200, "body": []},
    ):
        outside.provider.faults.add(match="/mj/task/*", **fault)
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(outside.provider.tasks)
    task_id = outside.provider.tasks()[0]["id"]
    outside.provider.show(task_id, status="PAUSED")
    await asyncio.sleep(3)
    outside.provider.show(task_id)
    await outside.until(lambda: outside.pictures(ann.private))
    await asyncio.sleep(1)
    assert len(outside.pictures(ann.private)) == 1
    assert len(outside.provider.submissions()) == 1


async def test_two_floods_and_three_bad_gateways_bring_the_result_once(outside: Outside) -> None:
    outside.provider.set_speed(all=0.5)
    await outside.start()
    outside.telegram.faults.add(
        match="sendPhoto",
        status=429,
        times=2,
        body={
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )
    outside.telegram.faults.add(match="sendPhoto", status=502, body="<html>502</html>", times=3)
    ann = outside.telegram.person("Ann")
    ann.private.say(ann, "/imagine a red fox")
    await outside.until(lambda: outside.pictures(ann.private))
    await asyncio.sleep(3)
    assert len(outside.pictures(ann.private)) == 1
    assert len(outside.provider.submissions()) == 1
