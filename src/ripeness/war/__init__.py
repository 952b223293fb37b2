"""One war, month after month: thirteen stages in order."""
