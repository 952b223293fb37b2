"""The ledger to and from files: JSON and CSV, saved runs."""
