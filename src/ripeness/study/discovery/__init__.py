"""Discovery: in plain words, under which conditions an outcome happens."""
