"""The table's keys are frozen: what is stored under a key cannot be moved to another."""

import inspect
from datetime import UTC, date, datetime

from solde.storage import index_keys, keys, sending_keys
from tests.support.golden import assert_golden

NOW = datetime(2013, 6, 1, 7, 45, tzinfo=UTC)
DAY = date(2013, 6, 1)
CUSTOMER = "cus_01h8aeya"
MODULES = (keys, index_keys, sending_keys)

CALLS: list[tuple[str, tuple]] = [
    ("shard", (CUSTOMER,)),
    ("shard", ("",)),
    ("shard", ("é",)),
    ("customer_pk", (CUSTOMER,)),
    ("billing_state", (CUSTOMER, "FRA")),
    ("profile", (CUSTOMER,)),
    ("granted", (CUSTOMER, "dsc_1")),
    ("adjustment", (CUSTOMER, "adj_1")),
    ("gift", (CUSTOMER, "lot_1")),
    ("child", (CUSTOMER, "cus_2")),
    ("children", ()),
    ("subscription", (CUSTOMER, "sub_1")),
    ("change", (CUSTOMER, "sub_1", DAY, 12)),
    ("usage_month", (CUSTOMER, "2013-06", "sub_1", "calls")),
    ("usage_month", (CUSTOMER, "2013-06", "sub_1", "calls", 2)),
    ("usage_months", ("2013-06", "2013-07")),
    ("rating", ()),
    ("rated", ("FRA",)),
    ("invoice", (CUSTOMER, "inv_1")),
    ("pro_forma", (CUSTOMER, "pfi_1")),
    ("payment", (CUSTOMER, "pay_1")),
    ("attempt", (CUSTOMER, "inv_1", 2)),
    ("unapplied", (CUSTOMER, "crd_1")),
    ("invoice_plan", (CUSTOMER, "pln_1")),
    ("wallet", (CUSTOMER, "wal_1")),
    ("wallet_fact", (CUSTOMER, "wal_1", "lot_1")),
    ("top_up_request", (CUSTOMER, "wal_1")),
    ("top_up_request", (CUSTOMER, "wal_1", 3)),
    ("release", (CUSTOMER, "2013-06", "inv_1")),
    ("closed_month", ("FRA", "2013-06")),
    ("accrual", ("FRA", "2013-06", CUSTOMER, "EUR")),
    ("reversal", ("FRA", "2013-06", CUSTOMER, "EUR")),
    ("entry_by_hand", ("FRA", "jrn_1")),
    ("reminder", (CUSTOMER, "inv_1")),
    ("notice", (CUSTOMER, "inv_1", "ntc_1")),
    ("customer_link", (CUSTOMER, "lnk_1")),
    ("notice", (CUSTOMER, "inv_1")),
    ("mail_job", (CUSTOMER, "inv_1")),
    ("sending", (CUSTOMER, "inv_1", "dlv_1")),
    ("sendings", ("inv_1",)),
    ("webhook_secret", (CUSTOMER,)),
    ("mail_stop", ("ab" * 32,)),
    ("endpoint", ("whe_1",)),
    ("endpoint_secrets", ("whe_1",)),
    ("message", ("whe_1", "inv_1", "2013-06-01T07:45:00+00:00#00#msg_1")),
    ("prints_pk", ("FRA",)),
    ("to_print", ("FRA", "dlv_1")),
    ("prints_waiting", ()),
    ("printed_day", ("FRA", DAY)),
    ("printed_days", ()),
    ("printed_part", ("FRA", DAY, 3)),
    ("printed_parts", (DAY,)),
    ("register_head", ("FRA-2013",)),
    ("register_record", ("FRA-2013", 1)),
    ("register_record", ("FRA-2013", 123456789012)),
    ("run", ("run_1",)),
    ("batch", ("run_1", 7)),
    ("run_key", ("FRA", DAY, 1)),
    ("bank_statement", ("stm_1",)),
    ("payer_account", ("FR7630006000011234567890189", CUSTOMER)),
    ("debit", ("att_1",)),
    ("debit_batch", ("ddb_1",)),
    ("due_debit", ("att_1",)),
    ("due_debit_shards", ()),
    ("outbox", (NOW, "out_1")),
    ("outbox_shards", (NOW,)),
    ("unique", ("external_id", "ACME-1")),
    ("token", ("ab" * 32,)),
    ("api_key", ("cd" * 32,)),
    ("provider_event", ("stripe", "0", "evt_1")),
    ("provider_reference", ("stripe", "pi_1")),
    ("idempotency", ("ef" * 32,)),
    ("version", ("price", "prc_1")),
    ("version", ("price", "prc_1", 3)),
    ("exchange", ("EUR", "USD", DAY)),
    ("reference_rate", ("2026-07-01",)),
    ("clock", ()),
    ("due_bill", ("FRA", CUSTOMER)),
    ("due_bill_shards", ("FRA",)),
    ("due_dun", ("FRA", CUSTOMER)),
    ("due_dun_shards", ("FRA",)),
    ("due_expire", ("FRA", CUSTOMER)),
    ("due_expire_shards", ("FRA",)),
    ("due_refill", ("FRA", CUSTOMER)),
    ("due_refill_shards", ("FRA",)),
    ("due_attempt", ("att_1",)),
    ("due_call", ("whe_1",)),
    ("calls", ("whe_1",)),
    ("due_attempt_shards", ()),
    ("due_event", ("evt_1",)),
    ("due_event_shards", ()),
    ("due_day", (DAY, CUSTOMER)),
    ("due_until", (DAY,)),
    ("listing", ("cus", CUSTOMER)),
    ("listing_shards", ("cus",)),
]


def said(value) -> str:
    """Write both parts of a key on one line; so too the first and the last of the shards."""
    if isinstance(value, tuple):
        return f"{value[0]} … {value[-1]}" if len(value) > 2 else " | ".join(value)
    return str(value)


def _where(name: str):
    return next(module for module in MODULES if hasattr(module, name))


def test_keys_are_as_they_have_always_been() -> None:
    found = {
        f"{name}({', '.join(map(str, given))})": said(getattr(_where(name), name)(*given))
        for name, given in CALLS
    }
    assert_golden("keys.json", found)


def test_every_key_is_in_the_golden_file() -> None:
    functions = {
        name
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__
    }
    assert functions == {name for name, _ in CALLS}


def test_a_sharded_key_is_one_of_its_shards() -> None:
    assert index_keys.due_bill("FRA", CUSTOMER) in index_keys.due_bill_shards("FRA")
    assert index_keys.due_dun("FRA", CUSTOMER) in index_keys.due_dun_shards("FRA")
    assert index_keys.due_event("evt_1") in index_keys.due_event_shards()
    assert index_keys.listing("cus", CUSTOMER) in index_keys.listing_shards("cus")
    assert keys.outbox(NOW, "out_1").pk in keys.outbox_shards(NOW)


def test_a_bound_takes_in_its_whole_day_and_nothing_of_the_next() -> None:
    bound = index_keys.due_until(DAY)
    assert index_keys.due_day(DAY, "\ufffe") < bound < index_keys.due_day(date(2013, 6, 2), "")
