"""Keyboards under a message: read, and refused where Telegram refuses them."""

from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.entities import units
from sandbox.telegram.errors import bad_request

Markup = dict[str, Any]
Schemes = tuple[str, ...]

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
_LOOKS = ("text", "icon_custom_emoji_id", "style")
_ACTIONS = (
    *("url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat"),
    *("switch_inline_query_chosen_chat", "copy_text", "pay", "disabled"),
)


def read_markup(value: Any, *, private: bool, only_inline: bool, apps: Schemes = ("https",)) -> Markup | None:
    """The reply_markup of a call, as it is kept; None for none. An inline keyboard without buttons is none, too.

    `apps` is what the address of a Mini App may start with.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in value:
        if only_inline and value:
            raise bad_request("inline keyboard expected")
        return value or None
    rows = _rows(value["inline_keyboard"], private=private, apps=apps)
    return {"inline_keyboard": rows} if rows else None


def is_inline(markup: Markup | None) -> bool:
    """Whether a markup is shown with its message."""
    return markup is not None and "inline_keyboard" in markup


def _rows(value: Any, *, private: bool, apps: Schemes) -> list[list[dict[str, Any]]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = [[_button(button, private=private, apps=apps) for button in row] for row in value if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _button(value: Any, *, private: bool, apps: Schemes) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(value.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    button = {key: value[key] for key in (*_LOOKS, *_ACTIONS) if value.get(key) is not None}
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("callback_data") == "":
        del button["callback_data"]
    if not any(action in button for action in _ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if not all(isinstance(button.get(key, {}), dict) for key in ("copy_text", "web_app")):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if "copy_text" in button and not 1 <= units(str(button["copy_text"].get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        _check_url(str(button["url"]), ("http", "https", "tg", "ton"))
    if "web_app" in button:
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        _check_url(str(button["web_app"].get("url", "")), apps)
    return button


def _check_url(url: str, schemes: Schemes) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in schemes:
        why = "Only HTTPS links are allowed" if schemes == ("https",) else "Unsupported URL protocol"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")
    if not parts.netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
