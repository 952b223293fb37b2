"""Who decides: power inferred from decisions, and actor models of a polity compared."""
