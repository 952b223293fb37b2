"""Scenario discovery: ranges of parameters in which an outcome is frequent."""
