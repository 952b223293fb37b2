"""How the ledger's tables came to their present form, one step a file."""
