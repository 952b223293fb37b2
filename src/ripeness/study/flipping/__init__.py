"""Flipping: the smallest plausible change of a few assumptions that makes another outcome the most likely one."""
