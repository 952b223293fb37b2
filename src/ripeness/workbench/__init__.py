"""The verbs that every face shares: they return values and print nothing."""
