"""The verbs of the proof: they return values and print nothing."""
