"""The record of how armed conflicts ended: read, fitted and scored."""
