"""Sensitivity: which assumptions move the answer, and how much of it is luck."""
