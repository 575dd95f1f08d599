"""`solde doctor --aws`: is an account fit for a first live run? It reads, and changes nothing."""
