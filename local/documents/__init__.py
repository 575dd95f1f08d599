"""Samples of every kind of document, made by the engine, and structured invoices read back."""
