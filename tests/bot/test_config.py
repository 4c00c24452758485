"""The settings: read once, refused by name, never shown."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import NAMES, NOT_IN_THIS_VERSION, SECRETS, Settings, SettingsInvalid, load

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAcanary-token_0123456789abcdefghij"
KEY = "canary/key+with=signs"
ENOUGH = {"TELEGRAM_BOT_TOKEN": TOKEN, "MIDJOURNEY_API_KEY": KEY, "MIDJOURNEY_BASE_URL": "https://provider.example"}


def settings(**environ: str) -> Settings:
    return load({**ENOUGH, **environ}, env_file=None)


def problems(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as refused:
        settings(**environ)
    return refused.value.problems


def test_three_settings_are_enough_and_the_rest_has_the_contracts_defaults() -> None:
    got = settings()
    assert got.telegram_bot_token.get_secret_value() == TOKEN
    assert got.midjourney_api_key.get_secret_value() == KEY
    assert got.midjourney_base_url == "https://provider.example"
    assert got.telegram_api_url == "https://api.telegram.org"
    assert (got.midjourney_auth, got.midjourney_mode, got.midjourney_mode_path) == ("bearer", "default", "/mj-{mode}")
    assert got.image_origins == ()
    assert (got.database_url, got.database_path) == ("sqlite+aiosqlite:///data/bot.db", Path("data/bot.db"))
    assert (got.poll_interval, got.http_host, got.http_port) == (2.0, "127.0.0.1", 8080)
    assert (got.access, got.press_policy, got.previews, got.default_language) == ("approval", "members", True, "en")
    assert got.allowed_chats == got.allowed_users == got.admin_users == frozenset()
    assert (got.max_running_per_user, got.max_running) == (3, 0)
    assert got.daily_limit_per_user == got.daily_limit_per_chat == 0
    assert (got.log_level, got.log_format, got.warnings) == ("INFO", "auto", ())


def test_nothing_set_names_exactly_what_is_required() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load({}, env_file=None)
    names = [line.split(":")[0] for line in refused.value.problems]
    assert names == ["TELEGRAM_BOT_TOKEN", "MIDJOURNEY_API_KEY", "MIDJOURNEY_BASE_URL"]
    assert all("missing" in line for line in refused.value.problems)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        settings().access = "open"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", " 1:abcdefghij\n", "1:abcdefghij"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("MIDJOURNEY_BASE_URL", "http://[::1]:8080/mj-fast/", "http://[::1]:8080/mj-fast"),
        ("MIDJOURNEY_AUTH", "MJ-Api-Secret", "mj-api-secret"),
        ("MIDJOURNEY_MODE", "Relax", "relax"),
        ("MIDJOURNEY_MODE_PATH", "/{mode}", "/{mode}"),
        (
            "IMAGE_ORIGINS",
            " HTTPS://CDN.Example:443 , http://10.0.0.5:9000/,",
            ("https://cdn.example", "http://10.0.0.5:9000"),
        ),
        ("IMAGE_ORIGINS", "http://[FD00::1]:80", ("http://[fd00::1]",)),
        ("DATABASE_URL", "sqlite+aiosqlite:////var/lib/bot/bot.db", "sqlite+aiosqlite:////var/lib/bot/bot.db"),
        ("POLL_INTERVAL", "0.1", 0.1),
        ("HTTP_HOST", "::1", "::1"),
        ("HTTP_PORT", "0", 0),
        ("HTTP_PORT", "65535", 65535),
        ("PRICES", "imagine=4, Video=20,imagine.turbo=10", "imagine=4, Video=20,imagine.turbo=10"),
        ("DAILY_POINTS_PER_USER", "50", 50),
        ("PUBLIC_URL", "https://bot.example/path/", "https://bot.example/path"),
        ("PUBLIC_URL", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("PUBLIC_URL", "http://[::1]:8080/", "http://[::1]:8080"),
        ("ACCESS", "OPEN", "open"),
        ("ALLOWED_CHATS", "-1001234567890, 42,,42", frozenset({-1001234567890, 42})),
        ("ADMIN_USERS", "7", frozenset({7})),
        ("MAX_RUNNING_PER_USER", "0", 0),
        ("DAILY_LIMIT_PER_CHAT", "50", 50),
        ("PRESS_POLICY", "Owner", "owner"),
        ("PRESS_POLICY", "ADMINS", "admins"),
        ("PREVIEWS", "off", False),
        ("PREVIEWS", "ON", True),
        ("DEFAULT_LANGUAGE", "EN", "en"),
        ("DEFAULT_LANGUAGE", "ru", "ru"),
        ("DEFAULT_LANGUAGE", "zh_CN", "zh-hans"),
        ("DEFAULT_LANGUAGE", "es-419", "es"),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
    ],
)
def test_a_right_value_is_understood(name: str, text: str, value: object) -> None:
    got = getattr(settings(**{name: text}), NAMES[name])
    assert (got.get_secret_value() if name in SECRETS else got) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TELEGRAM_BOT_TOKEN", "CANARY-without-a-colon"),
        ("TELEGRAM_BOT_TOKEN", "123:CANARY"),
        ("TELEGRAM_BOT_TOKEN", "123:CANARY with a space in it"),
        ("MIDJOURNEY_API_KEY", "Bearer CANARY"),
        ("MIDJOURNEY_API_KEY", '"CANARY"'),
        ("MIDJOURNEY_API_KEY", "CANARYé"),
        ("MIDJOURNEY_API_KEY", "CANARY\udcff"),
        ("MIDJOURNEY_BASE_URL", "provider.example/CANARY"),
        ("MIDJOURNEY_BASE_URL", "ftp://CANARY"),
        ("MIDJOURNEY_BASE_URL", "https://CANARY:99999"),
        ("MIDJOURNEY_BASE_URL", "https://user:CANARY@provider.example"),
        ("MIDJOURNEY_BASE_URL", "https://provider.example/?key=CANARY"),
        ("MIDJOURNEY_BASE_URL", "https:///CANARY"),
        ("TELEGRAM_API_URL", "https://CANARY example"),
        ("TELEGRAM_API_URL", "https://[CANARY]"),
        ("MIDJOURNEY_AUTH", "CANARY"),
        ("MIDJOURNEY_MODE", "CANARY"),
        ("MIDJOURNEY_MODE_PATH", "CANARY-{mode}"),
        ("MIDJOURNEY_MODE_PATH", "/CANARY"),
        ("IMAGE_ORIGINS", "https://cdn.example,https://cdn.example/CANARY"),
        ("IMAGE_ORIGINS", "CANARY"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DATABASE_URL", "sqlite+aiosqlite:///file:CANARY"),
        ("DATABASE_URL", "sqlite+aiosqlite:///CANARY/"),
        ("DATABASE_URL", "sqlite+aiosqlite://"),
        ("POLL_INTERVAL", "0.09"),
        ("POLL_INTERVAL", "nan"),
        ("POLL_INTERVAL", "inf"),
        ("POLL_INTERVAL", "CANARY"),
        ("HTTP_HOST", "CANARY/path"),
        ("HTTP_PORT", "65536"),
        ("HTTP_PORT", "-1"),
        ("HTTP_PORT", "8080CANARY"),
        ("PUBLIC_URL", "http://CANARY.example"),
        ("PUBLIC_URL", "http://10.0.0.5:8080/CANARY"),
        ("PUBLIC_URL", "CANARY"),
        ("ACCESS", "CANARY"),
        ("ALLOWED_CHATS", "@CANARY"),
        ("ALLOWED_USERS", "1;2"),
        ("ADMIN_USERS", "12345678901234567890"),
        ("ADMIN_USERS", "1.5"),
        ("MAX_RUNNING", "-1"),
        ("MAX_RUNNING_PER_USER", "CANARY"),
        ("DAILY_LIMIT_PER_USER", "99999999999999999999"),
        ("DAILY_LIMIT_PER_CHAT", "1.5"),
        ("PRICES", "CANARY=4"),
        ("PRICES", "imagine=CANARY"),
        ("PRICES", "imagine=-1"),
        ("PRICES", "imagine=1000001"),
        ("PRICES", "imagine=4,imagine=5"),
        ("PRICES", "imagine.CANARY=4"),
        ("PRICES", "imagine.default=4"),
        ("PRICES", "imagine"),
        ("DAILY_POINTS_PER_USER", "CANARY"),
        ("DAILY_POINTS_PER_CHAT", "-1"),
        ("PRESS_POLICY", "CANARY"),
        ("PREVIEWS", "CANARY"),
        ("DEFAULT_LANGUAGE", "CANARY"),
        ("DEFAULT_LANGUAGE", "pt-br"),
        ("LOG_LEVEL", "CANARY"),
        ("LOG_FORMAT", "CANARY"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_never_shown(name: str, text: str) -> None:
    (line,) = problems(**{name: text})
    assert line.startswith(f"{name}: wrong; ")
    assert "\n" not in line
    assert "CANARY" not in line
    assert text not in line.split()


def test_the_refusal_keeps_no_trace_of_the_values() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        settings(TELEGRAM_BOT_TOKEN="CANARY", HTTP_PORT="CANARY")
    assert refused.value.__cause__ is refused.value.__context__ is None
    assert "CANARY" not in str(refused.value) + repr(refused.value)


def test_all_problems_are_told_at_once() -> None:
    lines = problems(HTTP_PORT="x", GALLERY_CHAT="@x", MIDJOURNEY_API_KEY="a b", LOG_LEVEL="loud")
    assert {line.split(":")[0] for line in lines} == {"HTTP_PORT", "GALLERY_CHAT", "MIDJOURNEY_API_KEY", "LOG_LEVEL"}


def test_every_setting_says_what_is_right() -> None:
    wrong = {name: "\udcff" for name in NAMES if name not in NOT_IN_THIS_VERSION}
    lines = problems(**wrong)
    assert {line.split(":")[0] for line in lines} == set(wrong)
    assert all(len(line.split("; ", 1)[1]) > 1 for line in lines)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TELEGRAM_WEBHOOK_URL", "https://CANARY.example"),
        ("PROVIDERS_FILE", "CANARY.toml"),
        ("GALLERY_CHAT", "@CANARY"),
        ("DATABASE_URL", "postgresql+asyncpg://me:CANARY@db.example/bot"),
        ("DATABASE_URL", "sqlite:///CANARY.db"),
    ],
)
def test_what_this_version_does_not_have_is_refused_by_name(name: str, text: str) -> None:
    (line,) = problems(**{name: text})
    assert line.startswith(f"{name}: not in this version; ")
    assert "CANARY" not in line


def test_a_page_needs_a_port() -> None:
    (line,) = problems(PUBLIC_URL="https://CANARY.example", HTTP_PORT="0")
    assert line.startswith("PUBLIC_URL: needs the small web app; ")
    assert "CANARY" not in line


def test_an_empty_value_counts_as_none() -> None:
    got = settings(PUBLIC_URL="", HTTP_PORT="", LOG_LEVEL="  ", TELEGRAM_BOT_TOKEN_FILE="")
    assert (got.http_port, got.log_level) == (8080, "INFO")
    (line,) = problems(TELEGRAM_BOT_TOKEN="  ")
    assert line.startswith("TELEGRAM_BOT_TOKEN: missing; ")


# .env


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\nexport HTTP_PORT=9000\nPOLL_INTERVAL='5'\nMAX_RUNNING=7\nACCESS\n", encoding="utf-8")
    got = load({**ENOUGH, "POLL_INTERVAL": "3", "MAX_RUNNING": ""}, env_file=file)
    assert (got.http_port, got.poll_interval, got.max_running, got.access) == (9000, 3.0, 7, "approval")


def test_a_file_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert load(ENOUGH, env_file=tmp_path / ".env").http_port == 8080


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"MIDJOURNEY_API_KEY=CANARY\xff\xfe")
    with pytest.raises(SettingsInvalid) as refused:
        load(ENOUGH, env_file=file)
    (line,) = refused.value.problems
    assert line.startswith(".env: ")
    assert "CANARY" not in line


def test_the_process_own_environment_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "9999")
    assert settings().http_port == 8080


# secrets


@pytest.mark.parametrize(("name", "text"), [("TELEGRAM_BOT_TOKEN", TOKEN), ("MIDJOURNEY_API_KEY", KEY)])
def test_a_secret_may_come_from_a_file(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"  {text}\n", encoding="utf-8")
    environ = {other: value for other, value in ENOUGH.items() if other != name}
    got = load({**environ, f"{name}_FILE": str(file)}, env_file=None)
    assert getattr(got, NAMES[name]).get_secret_value() == text
    assert got.warnings == ()


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_and_its_file_together_are_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(TOKEN, encoding="utf-8")
    (line,) = problems(**{f"{name}_FILE": str(file)})
    assert line == f"{name}: set either {name} or {name}_FILE, not both"


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("content", [None, b"", b" \n", b"CANARY\xff"])
def test_a_secrets_file_that_gives_nothing_is_refused_by_its_name(
    name: str, content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "CANARY"
    if content is not None:
        file.write_bytes(content)
    (line,) = problems(**{name: "", f"{name}_FILE": str(file)})
    assert line.startswith(f"{name}_FILE: ")
    assert "CANARY" not in line


def test_a_secrets_file_without_an_end_does_not_hang_the_start() -> None:
    (line,) = problems(MIDJOURNEY_API_KEY="", MIDJOURNEY_API_KEY_FILE="/dev/zero")
    assert line.startswith("MIDJOURNEY_API_KEY: wrong; ")


def test_a_secrets_content_that_is_wrong_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("CANARY", encoding="utf-8")
    (line,) = problems(TELEGRAM_BOT_TOKEN="", TELEGRAM_BOT_TOKEN_FILE=str(file))
    assert line.startswith("TELEGRAM_BOT_TOKEN: wrong; ")
    assert "CANARY" not in line


def test_no_way_of_printing_the_settings_shows_a_secret() -> None:
    got = settings()
    shown = f"{got!r} {got} {got.model_dump()} {got.model_dump_json()} {dict(got)} {got.__dict__}"
    assert "provider.example" in shown
    assert not any(secret in shown for secret in got.secrets())


def test_the_redactor_is_told_every_form_of_the_secrets() -> None:
    assert set(settings().secrets()) == {
        TOKEN,
        "123456789%3AAAcanary-token_0123456789abcdefghij",
        "AAcanary-token_0123456789abcdefghij",
        KEY,
        "canary%2Fkey%2Bwith%3Dsigns",
    }


# names that nobody knows


@pytest.mark.parametrize(
    ("unknown", "nearest"),
    [
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("MIDJOURNEY_KEY", "MIDJOURNEY_API_KEY"),
        ("MIDJOURNEY_URL", "MIDJOURNEY_BASE_URL"),
        ("TELEGRAM_API_URL_FILE", "TELEGRAM_API_URL"),
        ("MIDJOURNEY_API_KEYFILE", "MIDJOURNEY_API_KEY_FILE"),
    ],
)
def test_an_unknown_name_is_a_warning_with_the_nearest_right_one(unknown: str, nearest: str) -> None:
    assert settings(**{unknown: "CANARY"}).warnings == (f"{unknown}: no such setting; did you mean {nearest}?",)


def test_an_unknown_name_in_the_file_is_a_warning_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_TOKEN=CANARY\n", encoding="utf-8")
    (line,) = load(ENOUGH, env_file=file).warnings
    assert line.startswith("TELEGRAM_TOKEN: ")


def test_names_of_others_are_none_of_our_business() -> None:
    assert settings(HOME="/root", WARNINGS="x", HTTP_PROXY="x", telegram_token="x").warnings == ()


# the start


def test_a_refusal_takes_less_than_a_second() -> None:
    code = "import bot.config as c\ntry: c.load({}, None)\nexcept c.SettingsInvalid: raise SystemExit(2)"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=20).returncode == 2
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # what it works, not what it waits for: the machine may be busy with something else
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


# the pages: what they say equals the class


def as_written(value: object) -> str:
    if value is None:
        return ""
    match value:
        case bool():
            return "on" if value else "off"
        case float():
            return f"{value:g}"
        case tuple() | frozenset():
            return ",".join(map(str, value))
        case _:
            return str(value)


def described() -> list[tuple[str, str | None, str]]:
    """Each setting's name, its default as written (None: required) and its meaning."""
    fields = Settings.model_fields
    return [
        (
            name,
            None if fields[field].is_required() else as_written(fields[field].default),
            str(fields[field].description),
        )
        for name, field in NAMES.items()
    ]


def reference_rows() -> list[str]:
    shown = {None: "required", "": "empty"}
    return [
        f"| `{name}` | {shown.get(default, f'`{default}`')} | {meaning} |" for name, default, meaning in described()
    ]


def example_lines() -> list[str]:
    return [
        line
        for name, default, meaning in described()
        for line in (f"# {meaning}", f"{name}=" if default is None else f"#{name}={default}")
    ]


def test_the_reference_page_says_what_the_class_says() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == reference_rows()
    assert all(f"`{name}`" in page for name in NOT_IN_THIS_VERSION)


def test_the_example_file_says_what_the_class_says() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("##")] == example_lines()


def test_the_example_file_once_filled_in_gives_the_defaults(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    file = tmp_path / ".env"
    file.write_text("\n".join(line[1:] if line[:2].strip("# ").isupper() else line for line in text.splitlines()))
    assert load(ENOUGH, env_file=file) == settings()


def test_every_default_is_itself_a_right_value() -> None:
    # As text, through the same door as an operator's own value.
    texts = {name: default for name, default, _ in described() if default}
    assert settings(**texts) == settings()
