"""`solde templates`: look at what a template does before it counts."""
