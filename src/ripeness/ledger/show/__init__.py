"""Tables and charts of the ledger."""
