"""Early-warning indicators: observations that inform early on how the war ends."""
