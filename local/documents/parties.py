"""Who sells and who buys in the samples: fictitious, with ids whose check digits are right."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from solde.domain.catalog import Product
from solde.domain.invoicing.parties import Address, Customer, Entity
from solde.domain.invoicing.profiles import FRENCH, PEPPOL
from solde.domain.tax import SHIPPED, Standing
from solde.domain.tax.rates import EXEMPT, Rate
from solde.domain.tax.regime import Regime
from solde.domain.tax.standing import EXPORT, INTRA_COMMUNITY, REVERSE_CHARGE, Evidence, Vies

SINCE = date(2024, 1, 1)
FRANCE = SHIPPED["FR"]
FRANCHISE = Regime(
    "FR-293B",
    1,
    {
        "standard": (
            Rate(
                SINCE,
                Decimal(0),
                "CGI 293 B",
                category=EXEMPT,
                reason="VATEX-FR-FRANCHISE",
            ),
        )
    },
)
"""A small business that charges no tax."""
TEACHING = Regime(
    "FR-261",
    1,
    {
        "standard": FRANCE.classes["standard"],
        "teaching": (
            Rate(SINCE, Decimal(0), "CGI 261, 4-4°", category=EXEMPT, reason="VATEX-EU-132-1I"),
        ),
    },
)
BELGIUM = Regime("BE", 1, {"standard": (Rate(SINCE, Decimal(21), "AR n° 20, art. 1"),)})

SELLER = Entity(
    code="ars",
    version=1,
    name="Ateliers du Rhône SAS",
    address=Address(("8 place Bellecour",), "69002", "Lyon", "FR"),
    currency="EUR",
    language="fr-FR",
    time_zone="Europe/Paris",
    tax_regime="FR",
    number_prefix="ARS",
    terms_days=30,
    registration={
        "siren": "001122332",
        "vat_id": "FR41001122332",
        "legal_form": "SAS",
        "capital": "50 000 €",
        "register": "RCS Lyon 001 122 332",
        "iban": "FR76 3000 6000 0112 3456 7890 189",
        "bic": "AGRIFRPP",
        "email": "facturation@ateliers.example.test",
    },
    e_invoice=FRENCH,
)
CREDITOR = replace(
    SELLER, registration={**(SELLER.registration or {}), "creditor_id": "FR72ZZZ123456"}
)
"""Who may debit accounts: he has a SEPA creditor identifier (ICS)."""
SMALL = replace(
    SELLER,
    name="Anne Martin EI",
    registration={
        name: text
        for name, text in (SELLER.registration or {}).items()
        if name not in ("vat_id", "legal_form", "capital", "register")
    },
)
FLEMISH = Entity(
    code="gent",
    version=1,
    name="Werkplaats Gent BV",
    address=Address(("Korenlei 12",), "9000", "Gent", "BE"),
    currency="EUR",
    language="nl-BE",
    time_zone="Europe/Brussels",
    tax_regime="BE",
    number_prefix="GNT",
    terms_days=30,
    registration={
        "vat_id": "BE0417497106",
        "iban": "BE68 5390 0754 7034",
        "email": "facturen@gent.example.test",
    },
    e_invoice=PEPPOL,
)

BUSINESS = Customer(
    id="cus_business",
    entity="ars",
    name="Boulangeries Réunies SA",
    address=Address(("12 rue de la République", "Bâtiment C"), "13001", "Marseille", "FR"),
    email="compta@boulangeries.example.test",
    language="fr-FR",
    external_id="C-1042",
    business=True,
    registration={"siren": "732829320", "vat_id": "FR44732829320"},
)
CONSUMER = Customer(
    id="cus_consumer",
    entity="ars",
    name="Camille Durand",
    address=Address(("3 impasse des Lilas",), "35000", "Rennes", "FR"),
    email="camille@durand.example.test",
    language="fr-FR",
)
CONFIRMED = Vies(valid=True, at=datetime(2027, 1, 4, 9, tzinfo=UTC), reference="WAPIAAAAYZ1")


def _abroad(name: str, place: Address, language: str, standing: Standing, **facts: str) -> Customer:
    return Customer(
        id=f"cus_{place.country.lower()}",
        entity="ars",
        name=name,
        address=place,
        email="billing@abroad.example.test",
        language=language,
        external_id=f"C-{place.country}",
        business=standing.business,
        registration=facts,
        standings=(standing,),
    )


def _german(category: str, reason: str) -> Customer:
    proved = Evidence(vat_id="DE136695976", vies=CONFIRMED)
    standing = Standing(SINCE, True, category, reason, proved)  # noqa: FBT003 - it is a business
    place = Address(("Lindenstraße 7",), "10969", "Berlin", "DE")
    return _abroad("Berliner Maschinenbau GmbH", place, "de-DE", standing, vat_id="DE136695976")


SERVICES_ABROAD = _german(REVERSE_CHARGE, "VATEX-EU-AE")
GOODS_ABROAD = _german(INTRA_COMMUNITY, "VATEX-EU-IC")
OVERSEAS = _abroad(
    "Alpine Instruments AG",
    Address(("Bahnhofstrasse 21",), "8001", "Zürich", "CH"),
    "de-CH",
    Standing(
        SINCE, category=EXPORT, reason="VATEX-EU-G", evidence=Evidence(document="EX-A 27-118")
    ),
    endpoint="9927:CHE123456788",
)
BELGIAN = Customer(
    id="cus_be",
    entity="gent",
    name="Brasserie du Canal SRL",
    address=Address(("Quai au Foin 3",), "1000", "Bruxelles", "BE"),
    email="compta@canal.example.test",
    language="en-GB",
    external_id="BE-7",
    business=True,
    registration={"vat_id": "BE0403170701"},
    standings=(
        Standing(
            SINCE,
            business=True,
            evidence=Evidence(vat_id="BE0403170701", vies=CONFIRMED),
        ),
    ),
)


def sold(name: str, tax_class: str = "standard", *, goods: bool = False) -> Product:
    """Return a product of a tax class; goods are booked on their own account."""
    account, nature = ("707", "goods") if goods else ("706", "services")
    return Product(f"p-{name}", name, tax_class, account, nature=nature)
