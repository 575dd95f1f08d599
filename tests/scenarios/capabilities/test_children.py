"""Who pays, and on how many documents: children, a change of payer, and what keeps bills apart."""

import pytest

pytestmark = pytest.mark.cloud

SAID = ["code", "name", "address", "currency", "language", "time_zone", "tax_regime"]
SAID += ["number_prefix"]
"""What a seller cannot leave out."""
APART = {None, "purchase_order"}


def test_children_soft_keys_and_a_payer_that_changes(opens) -> None:
    """
    The hotel pays for its spa until 16 June: 60.00 × 15/30 = 30.00 go back, and the spa pays them.

    Anna's third subscription begins with her first, on the 20th: 30.00 × 4/31 days from 16 June
    = 3.87. From that day on purchase orders keep her documents apart. 55 days from 20 May are a
    14 July, from 16 June a 10 August; 299 from 20 June are Good Friday, and the euro's banks open
    again on the Tuesday after Easter.
    """
    terms = {"terms_days": 55, "due_roll": "following"}
    seller = opens("2027-05-16", **terms, due_calendar="FR")
    seller.sells("seats", "30.00")
    seller.plans("team", "seats")
    hotel, spa = seller.customer("hotel"), {"parent": f"ext:{seller.named('hotel')}"}
    spa = seller.customer("spa", **spa)
    seller.customer("anna")
    may = {"anchor_on": "2027-05-20"}
    seller.subscribes("anna", "team", "2027-05-20", {"seats": "1"}, name="a1", **may)
    more = {"references": {"purchase_order": "PO-2"}, **may}
    seller.subscribes("anna", "team", "2027-05-20", {"seats": "1"}, name="a2", **more)
    served = {"subscriber": f"ext:{seller.named('spa')}"}
    seller.subscribes("hotel", "team", "2027-06-01", {"seats": "2"}, name="pool", **served)

    assert seller.bills("2027-05-20") == ["seats 2027-05-20..2027-06-19 30.00"] * 2
    assert dated(seller.invoices("anna")) == ([60_00], {None}, {"2027-07-15"})
    seller.at("2027-06-01")
    path, fact = f"customers/ext:{seller.named('anna')}/separate", {"effective_on": "2027-06-20"}
    fact["separate"] = ["purchase_order"]
    shown = seller.posts(f"{path}/preview", fact | {"on": "2027-06-20"})
    # from a Saturday, over the Sunday of the Assumption
    assert dated(shown["documents"]) == ([30_00, 30_00], APART, {"2027-08-16"})
    seller.posts(path, fact)
    late = {"billing": "first_subscription"}
    previewed = seller.posts(
        "subscriptions/preview",
        {
            "customer": f"ext:{seller.named('anna')}",
            "plan": seller.named("team"),
            "start_on": "2027-06-16",
            "quantities": {"seats": "1"},
            "on": "2027-06-16",
            **late,
        },
    )
    assert (previewed["total"], previewed["total_without"]) == (3_87, 0)
    seller.subscribes("anna", "team", "2027-06-16", {"seats": "1"}, name="a3", **late)

    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 60.00"]
    (paid,) = seller.invoices("hotel")
    (line,) = paid["document"]["lines"]
    assert line["subscription"]["subscriber"]["id"] == spa["id"]
    assert seller.invoices("spa") == []
    rows = seller.reads("subscriptions", subscriber=f"ext:{seller.named('spa')}")["data"]
    assert [one["customer"] for one in rows] == [hotel["id"]]

    change = {"customer": f"ext:{seller.named('spa')}", "effective_on": "2027-06-16"}
    shown = seller.changes("pool", "payer-preview", **change, on="2027-06-16")
    assert (shown["total"], shown["following"]["total"]) == (-30_00, 30_00)
    seller.changes("pool", "payer", **change)
    assert sorted(seller.bills("2027-06-16")) == [
        "CN seats 2027-06-16..2027-06-30 30.00",
        "seats 2027-06-16..2027-06-19 3.87",
        "seats 2027-06-16..2027-06-30 30.00",
    ]
    assert [(one["object"], one["total"]) for one in seller.invoices("spa")] == [("invoice", 30_00)]
    assert [one["object"] for one in seller.invoices("hotel")] == ["invoice", "credit_note"]

    entity = seller.reads(f"entities/{seller.code}")
    target = {"version": 2, "due_calendar": "TARGET", "terms_days": 299}
    seller.posts("entities", {name: entity[name] for name in SAID} | terms | target)
    assert len(seller.bills("2027-06-20")) == 3
    assert dated(seller.invoices("anna")[-2:]) == ([30_00, 60_00], APART, {"2028-04-18"})


def dated(documents: list[dict]) -> tuple[list[int], set[str | None], set[str]]:
    """Return totals, what keeps apart, and due dates: documents of a day have no order."""
    said = [{one[name] for one in documents} for name in ("apart", "due_on")]
    return sorted(one["total"] for one in documents), *said


def test_a_held_subscription_waits_on_documents_of_its_own_and_names_change_from_a_day(
    opens,
) -> None:
    seller = opens("2027-06-01")
    seller.sells("seats", "30.00")
    seller.plans("team", "seats")
    seller.customer("anna")
    for name in ("a1", "a2"):
        more = {"references": {"purchase_order": "PO-1"}}
        seller.subscribes("anna", "team", "2027-06-01", {"seats": "1"}, name=name, **more)
    assert seller.bills("2027-06-01") == ["seats 2027-06-01..2027-06-30 30.00"] * 2
    (june,) = seller.invoices("anna")
    assert "held_until" not in june["document"]["terms"]
    seller.at("2027-06-10")
    seller.changes("a1", "hold", until="2027-12-01")
    seller.changes("a2", "references", purchase_order="PO-2", effective_on="2027-07-01")
    assert seller.bills("2027-07-01") == ["seats 2027-07-01..2027-07-31 30.00"] * 2
    told = {
        one["document"]["terms"].get("held_until"): (
            one["apart"],
            [line["subscription"]["references"] for line in one["document"]["lines"]],
        )
        for one in seller.invoices("anna")[1:]
    }
    assert {kept for kept, _ in told.values()} == {None, "held_until"}
    assert {held: named for held, (_, named) in told.items()} == {
        "2027-12-01": [{"purchase_order": "PO-1"}],
        None: [{"purchase_order": "PO-2"}],
    }
