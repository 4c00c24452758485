"""A simulated provider of the midjourney-proxy API that really draws: `MidjourneyServer` in `server`."""
