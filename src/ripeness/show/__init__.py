"""Results to pictures, tables and pages; runs no model."""
