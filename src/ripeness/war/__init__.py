"""One war, month after month: twelve stages in order."""
