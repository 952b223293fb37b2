"""Wedges: where the terms that a faction states contradict the reservation share that its traits imply."""
