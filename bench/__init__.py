"""What the bot costs in time, requests and memory: the real process between the two fakes, on this machine."""
