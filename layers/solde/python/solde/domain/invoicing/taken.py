"""
What has been taken back of issued documents, and the tax that goes back with it (R14).

Tax is counted up over everything that was taken back of one original at one category and rate:
round(rate × all so far) less what the same formula gave before. So three notes of a third each
give back exactly the tax of the whole, and never more than the original has charged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, NamedTuple

from solde.domain.invoicing.amounts import charged
from solde.domain.invoicing.profiles import BY_LINE
from solde.domain.money import Money, Rounding
from solde.domain.rating import Charge
from solde.domain.tax import Inclusive, Treatment, taken_out, tax_on

OUTSIDE = "O/0"
"""Where what is taken back was outside VAT."""
Bases = Mapping[str, int]
"""Minor units of base by category and rate; with tax where prices include it."""


def rate_key(category: str, rate: str) -> str:
    return f"{category}/{rate}"


def key_of(treatment: Treatment) -> str:
    return rate_key(treatment.category, f"{treatment.percent.normalize():f}")


class Issued(NamedTuple):
    """An invoice or note as far as this needs it: its bases, and what it takes back of others."""

    id: str
    bases: Bases
    back: Mapping[str, Bases]
    charged: Bases | None = None
    """Its tax by category and rate, where that was rounded per line: no formula of the base."""


class Back(NamedTuple):
    """
    What a credit note takes back of one original at one rate; `original` is "" where none is.

    `before` is the base taken back earlier, by any document, and `tax_before` the tax of it. Where
    prices include tax, `gross` is what is given back, and `before` is with tax as well.
    """

    original: str
    treatment: Treatment
    before: int
    base: Money
    tax: Money
    tax_before: Money
    gross: Money | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """By original and rate: the base that it supplied, and how much of it was taken back."""

    supplied: Mapping[str, Bases]
    back: Mapping[str, Bases]
    charged: Mapping[str, Bases] = field(default_factory=dict)
    """By original and rate: its tax, where that was rounded per line."""

    def of(self, charges: Sequence[Charge], inclusive: str = "") -> tuple[Back, ...]:
        """
        Return what charges that give back take of each original, and the tax of it.

        `inclusive` is how the tax is taken out of them, where they are with tax.
        """
        found: dict[tuple[str, str], tuple[Treatment, int]] = {}
        for one in charges:
            key = _original(one), key_of(one.treatment)
            treatment, minor = found.get(key, (one.treatment, 0))
            found[key] = treatment, minor - one.base.minor
        return tuple(
            self._back(key, treatment, Money(minor, charges[0].net.currency), inclusive)
            for key, (treatment, minor) in sorted(found.items(), key=lambda each: each[0])
        )

    def after(self, charges: Iterable[Charge]) -> "Taken":
        """Return what is taken back when charges are issued as well, on whatever document."""
        more = [
            (_original(one), key_of(one.treatment), -one.base.minor)
            for one in charges
            if one.base.minor < 0 and one.corrects
        ]
        return replace(self, back=_added(self.back, more)) if more else self

    def _back(
        self, key: tuple[str, str], treatment: Treatment, base: Money, inclusive: str
    ) -> Back:
        original, rate = key
        before = self.back.get(original, {}).get(rate, 0)
        supplied = self.supplied.get(original, {}).get(rate) if original else None
        if inclusive:
            policy = Inclusive(inclusive)
            net, tax = gross_taken_back(base, treatment, policy, before=before, supplied=supplied)
            so_far = Money(before, base.currency)
            _, old = gross_taken_back(so_far, treatment, policy, before=0, supplied=supplied)
            return Back(original, treatment, before, net, tax, old, base)
        so_far = Money(before, base.currency)
        charged = self.charged.get(original, {}).get(rate)
        if charged is not None and supplied:
            whole = Money(charged, base.currency)
            tax = line_tax_taken_back(base, whole, before=before, supplied=supplied)
            old = line_tax_taken_back(so_far, whole, before=0, supplied=supplied)
            return Back(original, treatment, before, base, tax, old)
        tax = tax_taken_back(base, treatment, before=before, supplied=supplied)
        old = tax_taken_back(so_far, treatment, before=0, supplied=supplied)
        return Back(original, treatment, before, base, tax, old)


NOTHING = Taken({}, {})


def tax_taken_back(
    base: Money, treatment: Treatment, *, before: int, supplied: int | None
) -> Money:
    """
    Return the tax of `base` taken back after `before`, both parts of what was `supplied`.

    What goes beyond the supply has no tax to give back; where the supply is not known, all has.
    """
    upto = before + base.minor
    if supplied is not None:
        before, upto = min(before, supplied), min(upto, supplied)
    whole = tax_on(Money(upto, base.currency), treatment)
    return whole - tax_on(Money(before, base.currency), treatment)


def line_tax_taken_back(base: Money, whole: Money, *, before: int, supplied: int) -> Money:
    """
    Return the tax of `base` where `whole` is the tax of all that was supplied, rounded per line.

    It goes back in proportion, counted up likewise: so all of the base has all of the tax.
    """
    upto, before = min(before + base.minor, supplied), min(before, supplied)
    after = whole.share(Fraction(upto, supplied), Rounding.HALF_AWAY)
    return after - whole.share(Fraction(before, supplied), Rounding.HALF_AWAY)


def gross_taken_back(
    gross: Money, treatment: Treatment, policy: Inclusive, *, before: int, supplied: int | None
) -> tuple[Money, Money]:
    """Return base and tax of what is taken back with its tax, likewise."""
    most = gross.minor if supplied is None else max(supplied - before, 0)
    within = Money(min(gross.minor, most), gross.currency)
    part = taken_out(within, treatment, policy, before=before)
    return part.net + gross - within, part.tax


def taken_from(documents: Iterable[Issued]) -> Taken:
    """Add up what issued documents supply and take back; a netted invoice does both."""
    supplied: dict[str, Bases] = {}
    charged_by: dict[str, Bases] = {}
    moved: list[tuple[str, str, int]] = []
    for one in documents:
        own = dict(one.bases)
        for original, bases in one.back.items():
            for key, minor in bases.items():
                own[key] = own.get(key, 0) + minor
                moved.append((original, key, minor))
        supplied[one.id] = own
        if one.charged is not None:
            charged_by[one.id] = one.charged
    return Taken(supplied, _added({}, moved), charged_by)


def given_back(document: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return the bases that a closed document takes back, by original and rate."""
    if document["kind"] == "late_credit":
        return {one["id"]: {OUTSIDE: one["amount"]} for one in document["corrects"]}
    sign = 1 if document["kind"] == "credit_note" else -1
    found: dict[str, dict[str, int]] = {}
    for line in document["lines"]:
        if "corrects" in line and (minor := sign * charged(line)) > 0:
            bases = found.setdefault(line["corrects"]["id"], {})
            key = rate_key(line["tax"]["category"], line["tax"]["rate"])
            bases[key] = bases.get(key, 0) + minor
    return found


def bases_of(document: Mapping[str, Any]) -> dict[str, int]:
    return {
        rate_key(one["category"], one["rate"]): one.get("with_tax", one["base"])
        for one in document["taxes"]
    }


def charged_of(document: Mapping[str, Any]) -> dict[str, int] | None:
    """Return the tax by category and rate of a document that rounds it per line."""
    if document.get("tax_level") != BY_LINE:
        return None
    return {rate_key(one["category"], one["rate"]): one["tax"] for one in document["taxes"]}


def _original(charge: Charge) -> str:
    return charge.corrects.invoice_id if charge.corrects else ""


def _added(back: Mapping[str, Bases], more: Iterable[tuple[str, str, int]]) -> dict[str, Bases]:
    changed: dict[str, dict[str, int]] = {}
    for original, key, minor in more:
        bases = changed.setdefault(original, dict(back.get(original, {})))
        bases[key] = bases.get(key, 0) + minor
    return {**back, **changed}
