"""The methods of this Bot API: the table of contents.

A method is a function of the world and the parameters; it returns the JSON of `result`, or raises ApiError.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.telegram.methods import about, acting, albums, chats, copying, editing, files, sending, updates
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getUpdates": updates.get_updates,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "getMe": about.get_me,
    "logOut": about.accept,
    "close": about.accept,
    "setMyCommands": about.set_my_commands,
    "getMyCommands": about.get_my_commands,
    "deleteMyCommands": about.delete_my_commands,
    "setMyName": about.set_my_name,
    "getMyName": about.get_my_name,
    "setMyDescription": about.set_my_description,
    "getMyDescription": about.get_my_description,
    "setMyShortDescription": about.set_my_short_description,
    "getMyShortDescription": about.get_my_short_description,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendAnimation": sending.send_animation,
    "sendVideo": sending.send_video,
    "sendMediaGroup": albums.send_media_group,
    "forwardMessage": copying.forward_message,
    "copyMessage": copying.copy_message,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": acting.delete_message,
    "deleteMessages": acting.delete_messages,
    "answerCallbackQuery": acting.answer_callback_query,
    "sendChatAction": acting.send_chat_action,
    "setMessageReaction": acting.set_message_reaction,
    "pinChatMessage": acting.pin_chat_message,
    "unpinChatMessage": acting.unpin_chat_message,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "getFile": files.get_file,
}
