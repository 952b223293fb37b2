"""Engines: what simulates the chunks of an ensemble; whichever does, the results are the same bits."""
