"""Causal map: causes and effects in a scenario, feedback loops, and the effect of each pathway."""
