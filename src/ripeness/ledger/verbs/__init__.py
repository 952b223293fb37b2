"""The verbs of the ledger: they return values and print nothing."""
