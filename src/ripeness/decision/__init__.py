"""How factions decide one issue: one rule a file, and the table of all rules."""
