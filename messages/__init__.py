"""Every word a person reads, every keyboard under it: pure functions."""
