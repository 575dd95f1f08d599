"""Structured invoices read back: from a file to business terms, and beside what was stored."""
