"""What is known of a customer for tax, as the API speaks of it: dated facts with their evidence."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from solde.domain.errors import InvalidError
from solde.domain.tax.standing import REASONS, Evidence, Standing, Vies
from solde.runtime.fields import Day, Strict

FACTS_MAX = 50
Word = Annotated[str, Field(max_length=200)]


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise ValueError('expected an instant as text such as "2027-01-31T10:00:00Z"')
    return at


def _with_zone(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("expected an instant with its zone, such as Z")
    return at


Instant = Annotated[datetime, BeforeValidator(_instant), AfterValidator(_with_zone)]


class ViesModel(Strict):
    """What VIES answered, and when it was asked."""

    valid: bool
    at: Instant
    reference: Word = ""


class EvidenceModel(Strict):
    siren: Word = ""
    vat_id: str = Field(default="", pattern=r"^$|^[A-Z]{2}[A-Z0-9+*]{2,12}$")
    vies: ViesModel | None = None
    public_body: Word = ""
    document: Word = ""

    def evidence(self) -> Evidence:
        asked = self.vies
        vies = Vies(asked.valid, asked.at, asked.reference) if asked else None
        return Evidence(self.siren, self.vat_id, vies, self.public_body, self.document)


class NewTaxFact(Strict):
    """
    From a day of supply on: whether the customer is a business, and how he is taxed.

    Category S leaves it to the rates of his seller; AE is reverse charge, K an intra-Community
    supply, G an export, E exempt, O outside the scope. A later fact of the same day replaces it.
    """

    since: Day
    business: bool = False
    category: Literal["S", "E", "AE", "G", "K", "O"] = "S"
    reason: str = Field(default="", max_length=40, examples=["VATEX-EU-AE"])
    evidence: EvidenceModel = EvidenceModel()
    version: int | None = Field(default=None, ge=1)

    def standing(self, now: datetime) -> Standing:
        """
        Return the fact.

        Raises:
            InvalidError: what it says is not proved, or VIES was asked in the future.

        """
        if self.evidence.vies and self.evidence.vies.at > now:
            raise InvalidError(
                f"vies: expected an answer that is there, found one of {self.evidence.vies.at}",
                pointer="/evidence/vies/at",
            )
        reason = self.reason or REASONS.get(self.category, "")
        return Standing(self.since, self.business, self.category, reason, self.evidence.evidence())


def with_fact(standings: tuple[Standing, ...], fact: Standing) -> tuple[Standing, ...]:
    """
    Append a fact: what was known before stays, also where it is corrected.

    Raises:
        InvalidError: there are too many already.

    """
    if len(standings) >= FACTS_MAX:
        raise InvalidError(f"tax facts: expected at most {FACTS_MAX} of a customer")
    return (*standings, fact)
