"""Options: policies forced from a date on, compared on the same draws, for every faction and every stated aim."""
