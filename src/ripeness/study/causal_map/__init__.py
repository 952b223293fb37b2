"""Causal map: what drives what in a scenario, which loops that makes, and how much each link carries."""
