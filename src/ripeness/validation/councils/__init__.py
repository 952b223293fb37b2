"""Councils: which rule says best what a council decided, from what its members wanted before, and how much a leader
weighs.
"""
