"""Recovery of power: polities simulated from the model of `infer`, and what `infer` finds in their decisions."""
