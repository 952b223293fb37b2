"""Shipped scenarios, as package data."""
