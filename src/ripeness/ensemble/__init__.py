"""An ensemble of runs of one scenario: its design, its inputs, the simulation in threads, its results."""
