"""Mini Apps: opened as a web client of Telegram's does it, proven by the bot's token."""

import json
import warnings
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from bot.initdata import verify
from sandbox.telegram import TelegramServer
from sandbox.telegram.init_data import hash_of, init_data, secret_of
from tests.sandbox.telegram.conftest import TOKEN, Api

VECTORS = Path(__file__).parents[4] / "shared" / "telegram" / "initdata-vectors.json"
PAGE = "https://bot.example/app/?w=7-a"
THEME = {"bg_color": "#ffffff", "text_color": "#000000"}


def vectors():
    if not VECTORS.exists():
        warnings.warn(f"SKIPPED: the published vectors are not at {VECTORS}", pytest.PytestWarning, stacklevel=2)
        pytest.skip("no vectors on this machine")
    return json.loads(VECTORS.read_text())


def fields_of(text):
    fields = dict(parse_qsl(text, keep_blank_values=True))
    return fields, fields.pop("hash")


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
def test_our_proof_is_the_published_one():
    made, tampered, published = (vectors()[name] for name in ("made", "made_tampered", "published"))
    fields, proof = fields_of(made["init_data"])
    assert init_data(fields, made["bot_token"]) == made["init_data"]
    other, claimed = fields_of(tampered["init_data"])
    assert claimed == proof != hash_of(other, secret_of(made["bot_token"]))
    fields, proof = fields_of(published["init_data"])
    assert hash_of(fields, bytes.fromhex(published["secret_key_hex"])) == proof


@pytest.fixture
def opened(api, telegram):
    async def call(chat, person, message_id, url, **more):
        body = {"person": person.id, "message_id": message_id, "url": url} | more
        answer = await api.client.post(f"{telegram.root}/_/chats/{chat.id}/open", json=body)
        return answer.status_code, answer.json()

    return call


@pytest.fixture
def asked(api):
    """A message of the bot's with one button."""

    async def call(chat, **button):
        markup = {"inline_keyboard": [[{"text": "Paint", **button}]]}
        return (await api("sendMessage", chat_id=chat.id, text="Where?", reply_markup=markup))["message_id"]

    return call


def fragment_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).fragment, strict_parsing=True).items()}


async def test_a_button_in_private_opens_the_app_for_the_person(opened, asked, ann, clock):
    message = await asked(ann.private, web_app={"url": PAGE})
    status, told = await opened(ann.private, ann, message, PAGE, theme=THEME)
    assert status == 200
    assert told["url"].partition("#")[0] == PAGE
    given = fragment_of(told["url"])
    assert (given["tgWebAppPlatform"], json.loads(given["tgWebAppThemeParams"])) == ("web", THEME)
    assert given["tgWebAppVersion"]
    said = verify(given["tgWebAppData"], token=TOKEN, now=clock.now())
    assert (said.user_id, said.user_name, said.language, said.auth_date) == (ann.id, "Ann", "en", clock.now())
    assert said.query_id
    assert len(dict(parse_qsl(given["tgWebAppData"]))["signature"]) == 86  # 64 bytes, as an Ed25519 signature has
    _, again = await opened(ann.private, ann, message, PAGE)
    assert fragment_of(again["url"])["tgWebAppThemeParams"] == "{}"


async def test_a_link_in_a_group_opens_the_main_app_and_tells_where(clock):
    app = "https://bot.example/app/"
    async with TelegramServer(TOKEN, clock, main_app=app) as telegram, httpx.AsyncClient(trust_env=False) as client:
        api, ann, link = Api(client, telegram.root), telegram.person("Ann"), "https://t.me/imagine_bot?startapp=7-a"
        assert (await api("getMe"))["has_main_web_app"] is True
        group = telegram.group("Friends", [ann])
        markup = {
            "inline_keyboard": [[{"text": "Paint", "url": link}, {"text": "x", "url": "https://t.me/x_bot?startapp=1"}]]
        }
        await api("sendMessage", chat_id=group.id, text="Where?", reply_markup=markup)
        body = {"person": ann.id, "message_id": group.last().id, "url": link}
        path = f"{telegram.root}/_/chats/{group.id}/open"
        url = (await client.post(path, json=body)).json()["url"]
        assert url.partition("#")[0] == f"{app}?tgWebAppStartParam=7-a"
        said = verify(fragment_of(url)["tgWebAppData"], token=TOKEN, now=clock.now())
        assert (said.user_id, said.chat_type, said.start_param) == (ann.id, "supergroup", "7-a")
        other = await client.post(path, json=body | {"url": "https://t.me/x_bot?startapp=1"})
        assert other.status_code == 409


async def test_nothing_is_opened_that_is_not_there(opened, asked, telegram, ann):
    bob = telegram.person("Bob")
    message = await asked(ann.private, web_app={"url": PAGE})
    linked = await asked(ann.private, url="https://t.me/imagine_bot?startapp=7-a")
    for chat, person, number, url, status in (
        (ann.private, ann, message, "https://bot.example/other", 404),
        (ann.private, ann, 999, PAGE, 404),
        (ann.private, bob, message, PAGE, 409),
        (ann.private, ann, linked, "https://t.me/imagine_bot?startapp=7-a", 409),  # this bot has no main app
    ):
        assert (await opened(chat, person, number, url))[0] == status
    assert (await opened(ann.private, ann, message, PAGE, theme=[1]))[0] == 409
    ann.private.delete(ann, message)
    assert (await opened(ann.private, ann, message, PAGE))[0] == 404


async def test_the_test_environment_alone_takes_apps_without_tls(clock):
    markup = {"inline_keyboard": [[{"text": "Paint", "web_app": {"url": "http://127.0.0.1:1/app/"}}]]}
    for allowed in (True, False):
        async with (
            TelegramServer(TOKEN, clock, test_environment=allowed) as telegram,
            httpx.AsyncClient(trust_env=False) as client,
        ):
            ann = telegram.person("Ann")
            ann.private.say(ann, "/start")
            asking = {"chat_id": ann.id, "text": "Where?", "reply_markup": markup}
            answer = await client.post(f"{telegram.root}/bot{TOKEN}/sendMessage", json=asking)
            assert answer.json()["ok"] is allowed
