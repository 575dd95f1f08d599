"""Usage: events, the meters they move, mergeable partials, and the quantity of a period."""
