"""What there is: quantities, units, sources, chance, and the frozen values every other room reads."""
