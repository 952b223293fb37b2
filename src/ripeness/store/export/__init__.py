"""Export: a run as tables that other programs read."""
