"""Arguments in, tables out; no science."""
