"""Direct debits over HTTP: signed, asked for, sent in one file, settled, and given back."""

import pytest

from functions.collect_payment import collect, repair
from solde.runtime import clock
from solde.workflows.write_debits import write_debits
from tests.functions.test_attempts import attempts, works
from tests.functions.test_bank import sends
from tests.functions.test_settlement import bought, documents
from tests.support.camt import ACCOUNT, PAYER, entry, pain002
from tests.support.deployment import queued
from tests.support.lived import Lived
from tests.support.proved import balances, proved

NUMBER = "FR-2013-000001"
MANDATES = "/v1/customers/ext:M1/mandates"


@pytest.fixture
def shop(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Lived:
    """100.00 are billed for June, of a customer who has signed, by an entity that collects."""
    from tests.support.http_api import ADDRESS, ENTITY  # noqa: PLC0415

    entity = ENTITY | {"time_zone": "UTC", "tax_regime": "none", "address": ADDRESS, "version": 2}
    known = {"iban": ACCOUNT, "creditor_id": "FR72ZZZ123456"}
    lived.call.made("POST", "/v1/entities", entity | {"registration": known})
    lived.sells("team", "100.00")
    lived.subscribes()
    signs(lived)
    assert lived.bills("2013-06-01") == ["06-01..06-30 10000"]
    for module in (collect, repair):
        monkeypatch.setattr(module, "business_now", lambda: lived.now, raising=False)
    monkeypatch.setattr(repair, "listing", dict)
    return lived


def signs(shop: Lived, **changes) -> dict:
    body = {"iban": PAYER, "holder": "Martin", "signed_on": "2013-05-02", **changes}
    return shop.call.made("POST", MANDATES, body)


def asks(shop: Lived, key: str = "a", status: int = 201) -> dict:
    path = f"/v1/invoices/{bought(shop)}/payments"
    body = {"payment_method": "default"}
    found = shop.call("POST", path, body, idempotency_key=key)
    assert found[0] == status, found[1]
    return found[1]


def morning(shop: Lived, day: str) -> dict:
    """Let the look of a morning come, and work what it tells."""
    shop.at(day)
    found = repair.lambda_handler({"as_of": shop.now.isoformat()}, None)
    settles(shop)
    return found


def settles(shop: Lived) -> None:
    from functions.settle_payment import settle  # noqa: PLC0415

    rows = [one for key, one in shop.call.model.items.items() if key.pk.startswith("EV#")]
    details = [
        {"provider": one["provider"], "event": one["event"], "as_of": shop.now.isoformat()}
        for one in rows
    ]
    assert settle.lambda_handler(queued(*details), None) == {"batchItemFailures": []}


def batches(shop: Lived) -> list[tuple[int, int]]:
    rows = shop.call("GET", "/v1/debit-batches")[1]["data"]
    return [(one["debits"], one["total"]) for one in rows]


def end_to_end(shop: Lived) -> str:
    rows = shop.call("GET", f"/v1/invoices/{bought(shop)}/payments")[1]["data"]
    return rows[-1]["reference"]


def collected(shop: Lived) -> str:
    """Ask for it, send it, and let its day come; return its name at the bank."""
    assert works(shop, asks(shop)) == []
    morning(shop, "2013-06-27")
    assert batches(shop) == [(1, 100_00)]
    assert morning(shop, "2013-07-01")["ended"] == 1
    assert documents(shop)[NUMBER] == ("paid", 100_00)
    return end_to_end(shop)


def test_what_is_signed_is_announced_by_invoices_and_charged_by_default(shop) -> None:
    (one,) = shop.call("GET", MANDATES)[1]["data"]
    assert (one["scheme"], one["notice_days"], one["used"]) == ("CORE", 14, False)
    document = shop.call("GET", f"/v1/invoices/{bought(shop)}/documents/json")[1]
    said = document["customer"]["registration"]
    assert (said["mandate_id"], said["debtor_iban"]) == (one["reference"], PAYER)
    assert signs(shop)["id"] == one["id"]


def test_it_waits_for_its_day_is_sent_once_and_settles_on_that_day(shop) -> None:
    """Due on 1 July, a Monday: sent from 26 June on, and 512 has it on 1 July."""
    assert works(shop, asks(shop)) == []
    assert attempts(shop) == [(100_00, "waiting", None)]
    assert morning(shop, "2013-06-25")["debits"] == 0
    assert morning(shop, "2013-06-26")["debits"] == 1
    assert morning(shop, "2013-06-27")["debits"] == 0
    (one,) = shop.call("GET", "/v1/debit-batches")[1]["data"]
    file = shop.call("GET", f"/v1/debit-batches/{one['id']}/file")[1]["content"]
    for said in ("<ReqdColltnDt>2013-07-01<", "<SeqTp>FRST<", ">100.00<", f"<IBAN>{PAYER}<"):
        assert said in file
    assert documents(shop)[NUMBER] == ("open", 0)
    assert morning(shop, "2013-07-01")["ended"] == 1
    assert documents(shop)[NUMBER] == ("paid", 100_00)
    assert balances(shop)["512"] == 100_00
    shop.at("2013-07-02")
    sends(shop, entry("C1", "100.00", batch=f"{one['id'].replace('_', '-')}-1"))
    assert balances(shop)["512"] == 100_00  # the bank's sum is not booked twice
    assert shop.call("GET", "/v1/payments/parked")[1]["data"] == []
    proved(shop)


def test_what_comes_back_opens_the_invoice_with_the_fee_of_the_bank(shop) -> None:
    """104.00 are booked for 100.00 that came back: 4.00 are the bank's (627)."""
    said = {"end_to_end": collected(shop), "code": "AM04", "asked": "100.00"}
    before = balances(shop)
    for _ in range(2):
        sends(shop, entry("R1", "104.00", sign="DBIT", **said))
    settles(shop)
    assert documents(shop)[NUMBER] == ("open", 0)
    after = balances(shop)
    assert after["512"] - before.get("512", 0) == -104_00
    assert (after["627"], after["411"] - before.get("411", 0)) == (4_00, 100_00)
    assert asks(shop, "b")["number"] == 2
    proved(shop)


def test_what_the_bank_refuses_before_its_day_settles_nothing(shop) -> None:
    """A closed account: the mandate is used no more."""
    works(shop, asks(shop))
    morning(shop, "2013-06-27")
    body = {"pain002": pain002((end_to_end(shop), "RJCT", "AC04"), ("x", "RJCT", "AC04"))}
    assert shop.call.made("POST", "/v1/debit-returns", body)["new"] == 1
    assert shop.call.made("POST", "/v1/debit-returns", body)["new"] == 0
    settles(shop)
    assert attempts(shop) == [(100_00, "declined", "hard")]
    assert morning(shop, "2013-07-01")["ended"] == 0
    assert documents(shop)[NUMBER] == ("open", 0)
    (one,) = shop.call("GET", MANDATES)[1]["data"]
    assert one["stopped"] == "AC04"
    proved(shop)


def test_a_return_that_is_told_before_the_money_leaves_nothing_behind(shop) -> None:
    """The look settles it in the same moment in which the return is heard."""
    name = collected_but_not_settled(shop)
    body = {"pain002": pain002((name, "RJCT", "MD06"))}
    shop.call.made("POST", "/v1/debit-returns", body)
    settles(shop)
    assert documents(shop)[NUMBER] == ("open", 0)
    assert balances(shop).get("512", 0) == 0
    proved(shop)


def collected_but_not_settled(shop: Lived) -> str:
    works(shop, asks(shop))
    morning(shop, "2013-06-27")
    shop.at("2013-07-01")
    repair.lambda_handler({"as_of": shop.now.isoformat()}, None)
    return end_to_end(shop)


def test_a_mandate_that_has_ended_collects_nothing(shop) -> None:
    works(shop, asks(shop))
    (one,) = shop.call("GET", MANDATES)[1]["data"]
    for _ in range(2):
        ended = shop.call.made("POST", f"{MANDATES}/{one['id']}/revoke", {})
        assert ended["revoked_on"] == "2013-06-01"
    morning(shop, "2013-06-27")
    assert batches(shop) == []
    assert attempts(shop) == [(100_00, "declined", "soft")]
    assert asks(shop, "b", 409)["code"] == "state_conflict"
    assert "mandate_id" not in shop.call("GET", "/v1/customers/ext:M1")[1]["registration"]


def test_a_file_that_was_frozen_and_not_written_is_finished_first(shop, monkeypatch) -> None:
    works(shop, asks(shop))
    shop.at("2013-06-27")
    from solde.runtime.debits import debit_context  # noqa: PLC0415

    context = debit_context()

    def dies(*_args, **_more):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(type(context.objects), "put_new", dies)
        with pytest.raises(RuntimeError):
            write_debits(shop.now, context)
    shop.at("2013-06-28")
    assert write_debits(shop.now, context).sent == 1
    assert write_debits(shop.now, context).batches == ()
    assert batches(shop) == [(1, 100_00)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"iban": "FR00"}, "account number"),
        ({"iban": "BR1800360305000010009795493C1"}, "in SEPA"),
        ({"signed_on": "2013-07-01"}, "today or before"),
        ({"reference": "a b"}, "reference"),
        ({"scheme": "COR1"}, "scheme"),
    ],
)
def test_what_is_no_mandate_is_refused(shop, body, said) -> None:
    before = dict(shop.call.model.items)
    whole = {"iban": PAYER, "holder": "Martin", "signed_on": "2013-05-02", **body}
    status, found, _ = shop.call("POST", MANDATES, whole)
    assert (status, said in found["detail"]) == (422, True), found
    assert shop.call.model.items == before


def test_a_reference_is_of_one_mandate(shop) -> None:
    signs(shop, reference="M-1")
    body = {"iban": ACCOUNT, "holder": "M", "signed_on": "2013-05-02", "reference": "M-1"}
    assert shop.call("POST", MANDATES, body)[0] == 409
    assert shop.call("POST", f"{MANDATES}/man_1/revoke", {})[0] == 404
    assert shop.call("GET", "/v1/debit-batches/ddb_1/file")[0] == 404
    assert shop.call.made("POST", "/v1/debit-batches", {})["data"] == []
    assert clock.business_now() == shop.now
