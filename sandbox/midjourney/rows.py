"""The table of what may happen to a submit and to a question, row by row, each with the troubles that bring it about.

What happens before a request starts (no name, no connection, no TLS) needs no provider: stop it, or ask another port.
Windows and acceptances need no trouble either.
"""

from sandbox.midjourney.troubles import ACCOUNT, AFTER_THE_CHARGE, BROKEN, BUSY, REFUSED

Table = tuple[tuple[str, tuple[str, ...]], ...]
TASKLESS = ("code 4", "code 24", "prompt_is_required", "bind_request_body_failed", "channel disabled", "mistyped")
HTTP = ("400 java", "413", "413 json", "415", "422")
UNREAD = ("200 html", "200 text", "204", "empty", "null", "empty list", "empty object", "broken json", "binary")
TOO_MUCH = ("deep json", "huge json")


def _both(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *(f"accept then {name}" for name in names))


SUBMITS: Table = (
    ("error after the start", _both(("drop", "hang", "cut off"))),
    ("accepted", ("201", "integer id")),
    ("queued", ("queued",)),
    ("several ids", ("several ids",)),
    ("exists already", ("existed",)),
    ("accepted without an id", _both(("code 1 without id", "code 1 with an empty id", "code 1 with a list"))),
    ("queued without an id", _both(("code 22 without id",))),
    ("unknown code with an id", ("unknown code with id",)),
    ("unknown code without an id", _both(("unknown code",))),
    ("busy", tuple(BUSY)),
    ("no account", ("no account",)),
    ("parent gone", ("parent gone", "parent gone 404", "task_not_found", "button gone")),
    ("invalid", (*TASKLESS, *HTTP)),
    ("no such path", ("404 java", "404 json", "405", "501")),
    ("parent not finished", ("task_status_not_success", "parent not finished")),
    ("unknown action", tuple(name for name in REFUSED if name.startswith("unknown_action"))),
    ("error after the charge", _both((*AFTER_THE_CHARGE, "500 code -1"))),
    ("limit", ("limit", "limit code 4", "locked")),
    ("account", tuple(name for name in ACCOUNT if name != "403 html")),
    ("challenge", ("403 html",)),
    ("no channel", ("model_not_found", "no channel")),
    ("broken", _both(tuple(name for name in BROKEN if name != "500 code -1"))),
    ("unreadable", _both((*UNREAD, *TOO_MUCH))),
    ("redirected", tuple(name for name in REFUSED if name.startswith("redirect"))),
)
QUESTIONS: Table = (
    (
        "nothing learned",
        ("drop", "hang", "cut off", "200 html", *BROKEN, "429 empty", "429 for 5 s", "401", "403 html"),
    ),
    ("not found", ("empty", "null", "204", "not found", "404 java", "empty list")),
    ("another task's body", ("another task",)),
)
ROWS = tuple((row, name) for row, names in SUBMITS for name in names)
"""(row, trouble) for each trouble of a submit; say `server.trouble(trouble)`."""
QUESTION_ROWS = tuple((row, name) for row, names in QUESTIONS for name in names)
"""The same for questions: `server.trouble(trouble, match="/mj/task/*")`."""
