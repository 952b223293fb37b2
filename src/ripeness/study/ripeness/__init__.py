"""Is it ripe, for whom, who blocks it, and what would change that (Zartman 2000)."""
