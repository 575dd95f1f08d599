"""The PDF of a document: drawn from the view, byte for byte the same for the same view."""

from solde.adapters.render.pdf.document import document_pdf

__all__ = ["document_pdf"]
