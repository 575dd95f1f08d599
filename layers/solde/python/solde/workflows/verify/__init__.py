"""The invariants that are functions of stored data: counted, and each violation named."""
