"""What a vector of another system proves is what is billed: few functions serve vectors alone."""

from tests.conformance.reached import of_vectors, reached

VECTORS_ALONE = {
    ("solde.domain.billing_days", "invoicing_day"): "documents days before or after a period",
    ("solde.domain.commitments", "committed"): "commitments by window of time",
    ("solde.domain.credit.policies", "each_on_its_own"): "tax of each note rounded on its own",
    ("solde.domain.invoicing.totals", "document_totals"): "documents with charges and retained tax",
    ("solde.domain.proration", "months_and_days"): "contracts of months and days",
    ("solde.domain.proration", "share_of_time"): "shares counted by the second",
    ("solde.domain.tax.assess", "assess"): "several taxes on a line, and taxes withheld",
    ("solde.domain.tax.policies", "compounded"): "taxes on taxes",
    ("solde.domain.tax.policies", "taxes"): "tax per line or rate of amounts that are no document",
    ("solde.domain.terms", "installments"): "payment in instalments",
}
"""Conventions that a seller may bring along; the bill run has no use for them yet."""
MOST = 10


def test_what_vectors_reach_is_reached_by_the_product() -> None:
    alone = of_vectors() - reached()
    assert sorted(alone - VECTORS_ALONE.keys()) == []
    assert sorted(VECTORS_ALONE.keys() - alone) == []


def test_those_that_serve_vectors_alone_are_few_and_say_why() -> None:
    assert len(VECTORS_ALONE) <= MOST
    assert all(VECTORS_ALONE.values())


def test_the_eye_of_this_test_sees() -> None:
    assert ("solde.domain.invoicing.plan", "plan_customer") in reached()
    assert ("solde.domain.pricing.graduated", "price_graduated") in reached()
    assert ("solde.domain.money", "minor_of") in reached()
    assert ("solde.domain.money", "nothing") not in reached()
    assert len(of_vectors()) > 20
