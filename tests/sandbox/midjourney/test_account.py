"""Money and keys: what is charged, what happens when it runs out or the key is taken away."""

import pytest

from tests.sandbox.midjourney.desk import KEY, Desk


async def test_a_bare_engine_is_charged_for_what_it_makes_and_nothing_comes_back() -> None:
    async with Desk(remix=True) as desk:
        desk.server.fail("dog")
        single = await desk.single()
        await desk.imagine("a dog")
        opened = (await desk.press(single, "pan_left")).json()
        assert opened["code"] == 21
        assert [charge.amount for charge in desk.server.charges] == [10, 5, 10]
        await desk.taken("modal", taskId=opened["result"], prompt="a cat")
        await desk.submit("imagine", prompt="a nude cat")
        assert [charge.path for charge in desk.server.charges][-1] == "/mj/submit/modal"
        desk.move(600)
        await desk.list("1")
        assert [charge.given_back for charge in desk.server.charges] == [None] * 4


@pytest.mark.parametrize("dialect", ["gateway", "change"])
async def test_when_the_users_money_ends_only_submits_are_refused(dialect: str) -> None:
    async with Desk(dialect=dialect, balance=15) as desk:
        task_id = await desk.imagine()
        answer = await desk.submit("imagine", prompt="a dog")
        assert answer.status_code == 400
        assert answer.json() == {"description": "quota_not_enough ", "type": "upstream_error", "code": 4}
        assert (await desk.fetch(task_id))["id"] == task_id
        assert [entry.accepted for entry in desk.server.submissions()] == [True, False]
        assert (await desk.client.post("/_/account", json={"balance": 10})).json()["balance"] == 10
        await desk.imagine("a dog")
        assert len(desk.server.tasks()) == 2


async def test_when_the_keys_allowance_ends_it_opens_nothing_and_is_named_in_part() -> None:
    async with Desk(dialect="gateway", balance=10, runs_out="key") as desk:
        task_id = await desk.imagine()
        answer = await desk.submit("imagine", prompt="a dog")
        assert answer.status_code == 401
        assert "该令牌额度已用尽" in answer.json()["error"]["message"]
        assert KEY not in answer.text
        assert f"***{KEY[-3:]}" in answer.text
        assert (await desk.client.get(f"/mj/task/{task_id}/fetch")).status_code == 401


@pytest.mark.parametrize(("dialect", "said"), [("engine", b""), ("gateway", b'{"error"'), ("change", b'{"error"')])
async def test_a_key_can_be_taken_away_and_given_back(dialect: str, said: bytes) -> None:
    async with Desk(dialect=dialect) as desk:
        task_id = await desk.imagine()
        await desk.client.post("/_/account", json={"revoked": True})
        answer = await desk.submit("imagine", prompt="a dog")
        assert (answer.status_code, answer.content[:8]) == (401, said)
        assert (await desk.client.get(f"/mj/task/{task_id}/fetch")).status_code == 401
        assert [entry.accepted for entry in desk.server.submissions()] == [True, False]
        desk.server.account.set(revoked=False)
        await desk.imagine("a dog")


async def test_an_account_refuses_what_makes_no_sense() -> None:
    async with Desk() as desk:
        for wrong in ({"colour": "red"}, {"runs_out": "time"}, {"balance": "much"}):
            assert (await desk.client.post("/_/account", json=wrong)).status_code == 400
        assert desk.server.account.balance is None


async def test_a_charge_is_given_back_once() -> None:
    async with Desk(balance=100) as desk:
        account = desk.server.account
        number = account.charge(at=1, task_id="1", path="/mj/submit/imagine", amount=10)
        assert number is not None
        account.give_back(number, 2)
        account.give_back(number, 3)
        assert (account.balance, account.charges[number].given_back) == (100, 2)
        assert account.charge(at=4, task_id="1", path="/mj/submit/action", amount=0) is None
