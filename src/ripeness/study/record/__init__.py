"""Record: how past armed conflicts ended, and what follows from it for one like them."""
