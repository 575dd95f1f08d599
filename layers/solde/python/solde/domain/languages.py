"""
The languages that documents and mails are written in, and where each of them is written.

The words stand in templates/words, one file a language. The country says how numbers, money and
days look there; these are the ones that CLDR knows: tests/unit/domain/test_languages.py compares.
"""

import re

from solde.domain.errors import InvalidError

FALLBACK = "en"
_COUNTRIES = {
    "de": "AT BE CH DE IT LI LU",
    "en": (
        "AE AG AI AS AT AU BB BE BI BM BS BW BZ CA CC CH CK CM CX CY CZ DE DG DK DM ER ES FI FJ FK"
        " FM FR GB GD GG GH GI GM GS GU GY HK HU ID IE IL IM IN IO IT JE JM KE KI KN KY LC LR LS MG"
        " MH MO MP MS MT MU MV MW MY NA NF NG NL NO NR NU NZ PG PH PK PL PN PR PT PW RO RW SB SC SD"
        " SE SG SH SI SK SL SS SX SZ TC TK TO TT TV TZ UG UM US VC VG VI VU WS ZA ZM ZW"
    ),
    "es": "AR BO BR BZ CL CO CR CU DO EA EC ES GQ GT HN IC MX NI PA PE PH PR PY SV US UY VE",
    "fr": (
        "BE BF BI BJ BL CA CD CF CG CH CI CM DJ DZ FR GA GF GN GP GQ HT KM LU MA MC MF MG ML MQ MR"
        " MU NC NE PF PM RE RW SC SN SY TD TG TN VU WF YT"
    ),
    "it": "CH IT SM VA",
    "nl": "AW BE BQ CW NL SR SX",
}
COUNTRIES = {language: frozenset(named.split()) for language, named in _COUNTRIES.items()}
LANGUAGE = re.compile(r"([a-z]{2})(?:-([A-Z]{2}))?")


def must_be_spoken(language: str) -> str:
    """
    Return a language such as `fr` or `fr-BE` that there are words for.

    Raises:
        InvalidError: there are none, or it is not written in that country.

    """
    found = LANGUAGE.fullmatch(language)
    name, country = found.groups() if found else ("", None)
    if name not in COUNTRIES:
        named = ", ".join(COUNTRIES)
        raise InvalidError(
            f"expected one of {named}, alone or with a country as in fr-BE, found {language}"
        )
    if country and country not in COUNTRIES[name]:
        raise InvalidError(
            f"expected {name} alone or with one of {_COUNTRIES[name].replace(' ', ', ')}, "
            f"found {language}"
        )
    return language


def language_of(*wanted: str) -> str:
    """Return the first that is given: the customer's, else his seller's, else English."""
    for one in wanted:
        if one:
            return one
    return FALLBACK
