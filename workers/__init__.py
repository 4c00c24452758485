"""What the bot does by itself: take what is due, do it, write it down."""
