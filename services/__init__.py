"""What may be asked of the bot and what befalls it: plain functions of one transaction; they can't wait or call out."""
