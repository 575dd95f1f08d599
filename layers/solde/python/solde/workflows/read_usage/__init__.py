"""Reading usage: what was used, what was refused and why, and what became of one event."""
