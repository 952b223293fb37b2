"""The shelf: kept runs, one folder each, named by what is in them; and capsules, the same in one file."""
