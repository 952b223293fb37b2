"""What the record says on the laws: priors, simulated wars, their likelihood, and the search for laws that fit."""
