"""Who a customer is for tax: dated facts, each with what proves it; without proof, a consumer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from solde.domain.errors import InvalidError
from solde.domain.periods import NEVER, Period
from solde.domain.tax.rates import EXEMPT, OUTSIDE, REASON, STANDARD

REVERSE_CHARGE, INTRA_COMMUNITY, EXPORT = "AE", "K", "G"
REASONS = {
    REVERSE_CHARGE: "VATEX-EU-AE",
    INTRA_COMMUNITY: "VATEX-EU-IC",
    EXPORT: "VATEX-EU-G",
    OUTSIDE: "VATEX-EU-O",
}
"""The code of the list VATEX that a category has where none is given."""
CONFIRMED = (REVERSE_CHARGE, INTRA_COMMUNITY)
"""Categories for customers whose VAT id is confirmed, and for nobody else."""
SIREN = re.compile(r"[0-9]{9}")


@dataclass(frozen=True, slots=True)
class Vies:
    """What VIES, the register of the EU, answered about a VAT id, and when."""

    valid: bool
    at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`document` names a paper that proves an exemption, an export or a foreign business."""

    siren: str = ""
    vat_id: str = ""
    vies: Vies | None = None
    public_body: str = ""
    document: str = ""

    @property
    def confirmed(self) -> bool:
        return bool(self.vat_id and self.vies and self.vies.valid)

    @property
    def of_business(self) -> bool:
        return bool(self.siren or self.confirmed or self.public_body)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    From `since` on: whether the customer is a business, and how all that he buys is taxed.

    `category` S leaves it to the rates of the seller's regime; any other has rate 0 and a reason.

    Raises:
        InvalidError: it is not proved by its evidence, or has no reason that fits.

    """

    since: date
    business: bool = False
    category: str = STANDARD
    reason: str = ""
    evidence: Evidence = Evidence()

    def __post_init__(self) -> None:
        self._identified()
        if self.category in CONFIRMED and not (self.business and self.evidence.confirmed):
            raise InvalidError(
                f"evidence: expected a business with a VAT id that VIES has confirmed, "
                f"for category {self.category}",
                pointer="/evidence/vat_id",
            )
        if self.category in (EXEMPT, EXPORT, OUTSIDE) and not self.evidence.document:
            raise InvalidError(
                f"evidence: expected the document that proves category {self.category}",
                pointer="/evidence/document",
            )
        if (self.category != STANDARD) != bool(REASON.fullmatch(self.reason)):
            raise InvalidError(
                f"reason: expected a VATEX code where no tax is due and none else, "
                f"found {self.reason!r} for {self.category}",
                pointer="/reason",
            )

    def _identified(self) -> None:
        evidence = self.evidence
        if evidence.siren and not is_siren(evidence.siren):
            raise InvalidError(
                f"siren: expected 9 digits with their check digit, found {evidence.siren!r}",
                pointer="/evidence/siren",
            )
        if self.business and not evidence.of_business:
            raise InvalidError(
                "evidence: expected a SIREN, a VAT id that VIES has confirmed, or a public body",
                pointer="/evidence",
            )


def standing_on(standings: Sequence[Standing], day: date) -> Standing | None:
    """Return what holds on a day: of facts of one day, the one that was entered last."""
    found = None
    for one in standings:
        if one.since <= day and (found is None or one.since >= found.since):
            found = one
    return found


def standings_within(
    standings: Sequence[Standing], within: Period
) -> Iterator[tuple[Period, Standing | None]]:
    """Cut days where what holds of a customer changes."""
    days = sorted({one.since for one in standings if within.start_on < one.since < within.end_on})
    starts = [within.start_on, *days]
    for start_on, end_on in zip(starts, [*days, NEVER], strict=True):
        part = Period(start_on, min(end_on, within.end_on))
        yield part, standing_on(standings, start_on)


def is_siren(text: str) -> bool:
    """Luhn: every second digit from the right doubled, digits summed, divisible by ten."""
    if not SIREN.fullmatch(text):
        return False
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(text))]
    return sum(sum(divmod(one, 10)) for one in doubled) % 10 == 0
