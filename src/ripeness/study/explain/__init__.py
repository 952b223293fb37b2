"""Explain: from the base rate to this war's number, step by step."""
