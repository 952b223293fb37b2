"""The forecast ledger: dated probabilities on set questions, kept so that any later change shows, and scored."""
