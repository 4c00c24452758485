"""Paint pictures from prompts, quickly and always the same: what the simulated provider delivers."""
