"""A whole world on one machine: a Telegram and an image provider that the bot can be tried in and tested against."""
