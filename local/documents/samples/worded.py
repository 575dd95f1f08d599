"""What is written beside amounts: languages, references of the buyer, texts that try a renderer."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from local.documents.life import Document, Life
from local.documents.parties import BUSINESS, FRANCE, SELLER
from local.documents.samples.taxed import FEE, ON, billed, month
from local.documents.texts import says
from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Level
from solde.domain.invoicing.parties import Address
from solde.domain.pricing.flat import Flat
from solde.domain.subscriptions.references import References

LANGUAGES = ("de-DE", "en-GB", "es-ES", "fr-FR", "it-IT", "nl-NL")
NAMED = References("PO-4711", "CC-330", "CTR-2026-09", "Entrepôt Nord, quai 4")
LONG = "Coopérative des transports fluviaux et maritimes de la Méditerranée occidentale"


def in_language(language: str) -> Document:
    """Bill the same month with a discount, to a reader of a language."""
    life = month(replace(BUSINESS, language=language))
    life.grants("1", [(says("welcome", language), Discount(percent=Decimal(10)), Level.LINE)])
    return billed(life)


def named() -> Document:
    return _fee(BUSINESS.name, says("fee"), NAMED)


def special() -> Document:
    """Signs that XML and HTML mean something by."""
    return _fee("Dupont & Fils <Export>", says("special"), None)


def long() -> Document:
    life = month(
        replace(
            BUSINESS,
            name=LONG,
            address=Address(
                ("Service facturation", "Zone portuaire", "Quai 7"), "13002", "Marseille", "FR"
            ),
        )
    )
    return billed(life)


def _fee(buyer: str, said: str, references: References | None) -> Document:
    life = Life(replace(BUSINESS, name=buyer), SELLER, FRANCE)
    life.sells("fee", ChargeKind.ADVANCE, Flat(FEE))
    life.subscribes("1", ON, {"fee": (said, 1)}, references=references)
    return billed(life)


SAMPLES: dict[str, Callable[[], Document]] = {
    **{f"language-{one[:2]}": partial(in_language, one) for one in LANGUAGES},
    "references": named,
    "special-signs": special,
    "long-names": long,
}
