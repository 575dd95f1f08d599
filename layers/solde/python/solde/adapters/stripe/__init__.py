"""Stripe: signatures of its deliveries, and what its events say in our words."""
