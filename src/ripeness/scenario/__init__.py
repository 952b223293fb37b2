"""From a file to a war: read, check, lay codings over each other, draw every uncertain number."""
