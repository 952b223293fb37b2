"""Who decides: power inferred from what was decided, and readings of a polity weighed against each other."""
