"""Bank accounts, what is booked on them, and which invoices that pays."""
