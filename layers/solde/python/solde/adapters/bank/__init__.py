"""What banks write and read: statements, and what was returned."""
