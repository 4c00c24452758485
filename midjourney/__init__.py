"""Speaks the provider's HTTP API. Knows neither Telegram nor the database."""
