"""Charts: one definition of each picture for the command line, the report and the web."""
