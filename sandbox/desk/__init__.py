"""The desk: what whoever tries the bot can do to its world, and what goes over its wires. See `control`."""
