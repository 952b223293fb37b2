"""Engines: who does the work of an ensemble; whoever does it, the results are the same bits."""
