"""Fitting parameters to the record: priors, simulated wars, their likelihood, and the search."""
