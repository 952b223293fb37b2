"""Many wars: design, run in threads, gather."""
