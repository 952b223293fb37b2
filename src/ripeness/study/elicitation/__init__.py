"""Elicitation: numbers that several judges state, pooled into one each, and how far the judges agree."""
