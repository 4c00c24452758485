"""The command lists that Telegram shows: one for each language, and one for whoever speaks none of them."""

from telegram import Bot, BotCommand

from messages.help import commands
from messages.locale import LANGUAGES, locale_for


async def tell_commands(bot: Bot, default_language: str) -> None:
    """Give Telegram the lists that it does not have yet. Raises `TelegramError`."""
    lists = {tag.partition("-")[0]: locale_for(tag) for tag in LANGUAGES}  # Telegram takes two letters
    for code, locale in {"": locale_for(default_language), **lists}.items():
        wanted = tuple(BotCommand(name, text) for name, text in commands(locale).items())
        if await bot.get_my_commands(language_code=code) != wanted:
            await bot.set_my_commands(wanted, language_code=code)
