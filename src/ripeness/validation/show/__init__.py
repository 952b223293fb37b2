"""Tables and charts of the proof."""
