"""The steps, in the order that each names the one before it: `lines`, then `head`."""
