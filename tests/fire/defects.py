"""`python -m tests.fire.defects`: puts known defects into a copy of the tree, one by one, and sees the suite turn red.

A defect that no test finds is a hole in the suite; a test that is red without any defect proves nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = (".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", "data")
RED, GREEN = 1, 0
WINDOW = "tests/fire/test_windows.py::test_two_kills_there_lose_and_double_nothing"
BREAKS = "tests/fire/test_breaks.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A mistake that somebody might make, as a change of one text, and the test that has to find it."""

    name: str
    file: str
    right: str
    """Stands in the file exactly once."""
    wrong: str
    test: str


class DoesNotApply(Exception):  # noqa: N818 - a fact
    """The text that a defect changes is not there, or not once."""


DEFECTS = (
    Defect(
        name="updates are confirmed before they are written down",
        file="handlers/intake.py",
        right="        await reached(Point.UPDATES_COME)\n",
        wrong="        address = self._application.bot.base_url\n"
        '        await self._request.retrieve(f"{address}/getUpdates?timeout=0&offset={max(updates) + 1}")\n'
        "        await reached(Point.UPDATES_COME)\n",
        test=f"{WINDOW}[updates-come]",
    ),
    Defect(
        name="an update is marked as handled before its wish is recorded",
        file="handlers/context.py",
        right="        try:\n            result = await self.bot_data.db.run(handled)\n",
        wrong="        await self.bot_data.db.run(inbox.mark_done, self.incoming.update_id)\n"
        "        try:\n            result = await self.bot_data.db.run(handled)\n",
        test=f"{WINDOW}[wish-uncommitted]",
    ),
    Defect(
        name="a high-water mark of update ids",
        file="storage/inbox.py",
        right="    if not updates:\n        return ()\n",
        wrong="    highest = tx.execute(select(func.max(inbox.c.update_id))).scalar_one() or 0\n"
        "    updates = {key: payload for key, payload in updates.items() if key > highest}\n"
        "    if not updates:\n        return ()\n",
        test="tests/stories/test_intake.py::test_numbers_that_begin_anew_below_the_old_ones_lose_nothing",
    ),
    Defect(
        name="an unclear submit is simply tried again",
        file="services/life.py",
        right="        case Unclear():\n            _unclear(tx, task, verdict.what, now)\n",
        wrong="        case Unclear():\n            _again(tx, task, now)\n",
        test="tests/stories/test_unclear.py::test_no_clear_answer_is_told_at_once_and_never_sent_again",
    ),
    Defect(
        name="what was being sent when the process died is sent again",
        file="services/life.py",
        right="        _unclear(tx, task, why, now)\n",
        wrong="        _again(tx, task, now)\n",
        test=f"{WINDOW}[submit-accepted]",
    ),
    Defect(
        name="being sent is not written down before the first byte",
        file="workers/submitter.py",
        right="            if not await self._db.run(tasks.begin_sending, task.id):\n                raise Withdrawn\n",
        wrong="",
        test=f"{WINDOW}[submit-sent]",
    ),
    Defect(
        name="a task goes out whatever state it is in, and whoever holds it",
        file="storage/tasks.py",
        right=", tasks.c.state == TaskState.RECORDED, tasks.c.lease_until.is_not(None))",
        wrong=")",
        test="tests/storage/test_tasks.py::test_a_withdrawn_task_is_not_sent",
    ),
    Defect(
        name="an answer that cannot be written down is forgotten",
        file="workers/rounds.py",
        right="            await clock.sleep(1)\n        else:\n            return\n\n\nclass Jobs",
        wrong="            return\n        else:\n            return\n\n\nclass Jobs",
        test=f"{BREAKS}::test_an_error_at_every_point_ends_nothing_and_loses_nothing",
    ),
    Defect(
        name="a picture counts as sent before it is",
        file="workers/dispatch.py",
        right="        await self._db.run(deliveries.begin_sending, delivery.id)\n",
        wrong="        await self._db.run(deliveries.settle, delivery.id, now=self._clock.now())\n",
        test=f"{WINDOW}[end-to-be-sent]",
    ),
    Defect(
        name="a send that may have arrived is simply sent again",
        file="workers/ends.py",
        right="        if delivery.unclear and await self._repair(delivery, task_id, put):\n            return\n"
        "        if delivery.unclear >= news.MOST_UNCLEAR:\n",
        wrong="        if delivery.unclear >= 99:\n",
        test=f"{BREAKS}::test_a_repair_that_is_killed_again_and_again_makes_no_third_copy",
    ),
    Defect(
        name="a start does not look at what was under way",
        file="services/life.py",
        right="    news.recover(tx, now)\n",
        wrong="",
        test=f"{WINDOW}[end-sent]",
    ),
    Defect(
        name="a question on its way is not amended",
        file="services/news.py",
        right="        amends.show_anew(tx, delivery.task_id, DeliveryKind.UNCLEAR, now)\n",
        wrong="        pass\n",
        test="tests/stories/test_what_turns_up.py"
        "::test_a_question_that_was_on_its_way_when_the_request_turned_up_says_so_too",
    ),
    Defect(
        name="a result is bound to the first task that is asked about",
        file="services/sightings.py",
        right="        if snapshot := snapshots.get(task.remote_id):\n",
        wrong="        if snapshot := next(iter(snapshots.values()), None):\n",
        test=f"{WINDOW}[report-read]",
    ),
    Defect(
        name="people's words are sent as markup",
        file="workers/post.py",
        right="        words.text,\n        entities=words.entities if plan.entities else None,\n",
        wrong='        words.text,\n        parse_mode="HTML",\n',
        test="tests/stories/test_failing.py",
    ),
    Defect(
        name="redirects are followed blindly",
        file="midjourney/client.py",
        right="        follow_redirects=False,\n",
        wrong="        follow_redirects=True,\n",
        test="tests/midjourney/test_submit.py",
    ),
    Defect(
        name="the key in a text that people read",
        file="midjourney/said.py",
        right="    for secret in hidden:\n",
        wrong="    for secret in ():\n",
        test="tests/midjourney/test_said.py",
    ),
    Defect(
        name="libraries log addresses, which carry the token",
        file="bot/log.py",
        right='LOUD = ("httpx", "httpcore", "telegram", ',
        wrong='LOUD = ("telegram", ',
        test="tests/bot/test_log.py",
    ),
    Defect(
        name="a press is not checked against where its button was placed",
        file="services/tasks.py",
        right="    if not placed.is_placed(tx, parent.id, requester.chat_id):\n        raise NotHere\n",
        wrong="",
        test="tests/stories/test_pressing.py::test_a_button_from_another_chat_or_from_nowhere_submits_nothing",
    ),
    Defect(
        name="a second tap is a second charge",
        file="services/tasks.py",
        right="    if _is_echo(tx, requester, button, now):\n        raise AlreadyPressed(title)\n",
        wrong="",
        test="tests/stories/test_pressing.py::test_double_taps_are_one_press_and_the_same_later_is_another",
    ),
    Defect(
        name="what came to nothing still counts",
        file="storage/ledger.py",
        right='    return tx.execute(update(ledger).where(*held).values(state="returned")).rowcount == 1\n',
        wrong="    return bool(held)\n",
        test=f"{WINDOW}[stop-answered]",
    ),
    Defect(
        name="a chat's limit at Telegram is not counted",
        file="bot/pacer.py",
        right="MOST_IN_A_MINUTE = 18\n",
        wrong="MOST_IN_A_MINUTE = 180\n",
        test="tests/stories/test_within_the_limits.py"
        "::test_twenty_people_ask_twenty_pictures_of_one_group_within_a_minute",
    ),
    Defect(
        name="a second signal is not heard",
        file="bot/process.py",
        right="            os._exit(Exit.FAILED)  # a second signal: at once\n",
        wrong="            return\n",
        test="tests/fire/test_lifecycle.py::test_a_second_signal_ends_it_at_once",
    ),
    Defect(
        name="a clock that was set back puts off what is due",
        file="services/life.py",
        right="    tasks.bring_forward(tx, now + LONGEST_WAIT, now)\n",
        wrong="",
        test="tests/services/test_recovered.py",
    ),
)


def changed(defect: Defect, text: str) -> str:
    """The file's text with the defect in it. Raises `DoesNotApply`."""
    if (times := text.count(defect.right)) != 1:
        raise DoesNotApply(f"{defect.name}: its text stands {times} times in {defect.file}")
    return text.replace(defect.right, defect.wrong)


def run(tree: Path, *tests: str) -> tuple[int, str]:
    """Run tests on a copy; pytest's exit code and its last words."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:randomly", *tests]
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTEST_ADDOPTS"}}
    done = subprocess.run(command, cwd=tree, env=clean, capture_output=True, text=True, timeout=900, check=False)
    return done.returncode, done.stdout[-600:]


def copy_to(folder: Path) -> Path:
    """The tree as it is now, changes that are not committed included."""
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return tree


def try_out(tree: Path, defect: Defect) -> int:
    """What the defect's test says of it; the copy is as before."""
    file = tree / defect.file
    text = file.read_text(encoding="utf-8")
    file.write_text(changed(defect, text), encoding="utf-8")
    try:
        return run(tree, defect.test)[0]
    finally:
        file.write_text(text, encoding="utf-8")


def main(chosen: list[Defect]) -> bool:
    """Try out each; whether all were found."""
    with tempfile.TemporaryDirectory() as folder:
        tree = copy_to(Path(folder))
        for defect in chosen:
            changed(defect, (tree / defect.file).read_text(encoding="utf-8"))
        say("without any defect:")
        begun = time.monotonic()
        code, words = run(tree, *dict.fromkeys(defect.test for defect in chosen))
        if code != GREEN:
            say(f"  the tests are not green, so nothing would be proved:\n{words}")
            return False
        say(f"  green, {time.monotonic() - begun:.0f} s")
        found = [_told(tree, defect) for defect in chosen]
    say(f"{sum(found)} of {len(found)} defects were found")
    return all(found)


def _told(tree: Path, defect: Defect) -> bool:
    begun = time.monotonic()
    code = try_out(tree, defect)
    word = {RED: "red", GREEN: "SURVIVED"}.get(code, f"BROKEN ({code})")
    say(f"  {word:10} {time.monotonic() - begun:5.0f} s  {defect.name:66} {defect.test}")
    return code == RED


def say(line: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="?", default="", help="only defects whose name has these words")
    words = parser.parse_args().words
    sys.exit(0 if main([defect for defect in DEFECTS if words in defect.name]) else 1)
