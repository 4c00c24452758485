"""What the bot talks about: frozen values, states, errors. Imports nothing of ours."""
