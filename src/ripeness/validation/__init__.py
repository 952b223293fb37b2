"""The proof, apart from the product: how the model does on past wars and past decisions; nothing below imports it."""
