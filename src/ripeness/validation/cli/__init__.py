"""The commands of the proof: arguments in, tables out."""
