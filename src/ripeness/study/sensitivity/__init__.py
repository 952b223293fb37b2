"""Sensitivity: which parameters move the answer, and how much of it is random."""
