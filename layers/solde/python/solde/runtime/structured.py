"""A structured invoice in a profile that is asked for, and is not the stored one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from solde.adapters.render.words import words
from solde.adapters.render.xml import BusinessTerms, business_terms, cii, ubl
from solde.domain.errors import InvalidError
from solde.domain.invoicing.profiles import NO_PROFILE, PEPPOL, PROFILES
from solde.domain.invoicing.sendable import lacking_for

SYNTAXES: Mapping[str, Callable[[BusinessTerms], bytes]] = {"cii": cii, "ubl": ubl}
"""What writes each syntax, by the name of its form."""


def structured(document: Mapping[str, Any], form: str, profile: str, templates: Path) -> bytes:
    """
    Return the CII or UBL of a closed document in a profile.

    Raises:
        InvalidError: the profile cannot say it; each rule that it would break is named.

    """
    must_be_asked_for(form, profile)
    found = list(lacking_for(document, profile))
    if found:
        raise InvalidError("; ".join(map(str, found)), pointer="/profile")
    terms = business_terms(document, words(templates, document["language"]), profile)
    return SYNTAXES[form](terms)


def must_be_asked_for(form: str, profile: str) -> None:
    """
    Prove that a form comes in a profile.

    Raises:
        InvalidError: the form has none, there is no such profile, or it is not in this syntax.

    """
    if form not in SYNTAXES:
        raise InvalidError(
            f"profile: expected with one of {', '.join(SYNTAXES)} only, found {form[:40]!r}",
            pointer="/profile",
        )
    known = [one for one in PROFILES if one != NO_PROFILE and (one, form) != (PEPPOL, "cii")]
    if profile not in known:
        raise InvalidError(
            f"profile: expected one of {', '.join(known)} for {form}, found {profile[:40]!r}",
            pointer="/profile",
        )
