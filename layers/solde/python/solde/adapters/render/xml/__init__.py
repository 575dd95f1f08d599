"""The structured invoice of a closed document: CII D22B and UBL 2.1, in three profiles."""

from collections.abc import Mapping
from typing import Any

from solde.adapters.render.words import Words
from solde.adapters.render.xml.business_terms import business_terms
from solde.adapters.render.xml.cii import cii
from solde.adapters.render.xml.terms import BusinessTerms
from solde.adapters.render.xml.ubl import ubl
from solde.domain.invoicing.profiles import NORM, PEPPOL

__all__ = ["BusinessTerms", "business_terms", "cii", "factur_x", "ubl"]


def factur_x(document: Mapping[str, Any], words: Words, profile: str) -> bytes:
    """Return the CII inside a PDF: Factur-X knows the norm and what France makes of it, no more."""
    inside = NORM if profile == PEPPOL else profile
    return cii(business_terms(document, words, inside))
