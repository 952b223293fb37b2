"""Rules that grade dated probabilities once the world has answered: one rule a file, bare formulas over free axes."""
