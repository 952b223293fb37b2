"""What is kept: provenance, results on disk, the ledger."""
