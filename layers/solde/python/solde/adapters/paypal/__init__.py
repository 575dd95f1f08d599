"""PayPal: proof of its deliveries, its API, and what its events say in our words."""
