"""Ingest: from the bytes of a request to events that are stored for good."""
