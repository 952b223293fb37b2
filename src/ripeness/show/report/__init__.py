"""The report: one page with the answer, every picture with its words and numbers, and what to doubt."""
