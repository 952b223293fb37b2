"""The JSON interface, /api/v1: the verbs for programs."""
