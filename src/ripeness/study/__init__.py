"""One question a room: what an ensemble says about it."""
