"""Indicators: what to watch, because it would tell early how the war ends."""
