"""Every key of the table. Frozen by tests/golden/keys.json: keys cannot be migrated."""

import zlib
from datetime import date, datetime

from solde.storage.table import Key

SHARDS = 16
OUTBOX_SHARDS = 4
"""Announcements come one a transaction, so few partitions carry them."""
LAST = "\uffff"


def shard(identity: str) -> int:
    """Return the index partition of an id; a function of the id alone, for ever."""
    return zlib.crc32(identity.encode()) % SHARDS


def customer_pk(customer_id: str) -> str:
    return f"A#{customer_id}"


def billing_state(customer_id: str, entity: str) -> Key:
    return Key(customer_pk(customer_id), f"B#0#{entity}")


def profile(customer_id: str) -> Key:
    return Key(customer_pk(customer_id), "B#1")


def granted(customer_id: str, grant_id: str) -> Key:
    """Name a discount of a customer; what ends it lies right behind it."""
    return Key(customer_pk(customer_id), f"B#1#dsc#{grant_id}")


def adjustment(customer_id: str, adjustment_id: str) -> Key:
    """Name what was charged or given back by hand; what withdraws it lies right behind it."""
    return Key(customer_pk(customer_id), f"B#1#adj#{adjustment_id}")


def gift(customer_id: str, gift_id: str) -> Key:
    """Name what was granted to a customer; what withdraws it lies right behind it."""
    return Key(customer_pk(customer_id), f"B#1#gft#{gift_id}")


def invoice_plan(customer_id: str, plan_id: str) -> Key:
    return Key(customer_pk(customer_id), f"N#{plan_id}")


def subscription(customer_id: str, subscription_id: str) -> Key:
    return Key(customer_pk(customer_id), f"B#2#{subscription_id}")


def change(customer_id: str, subscription_id: str, effective_on: date, sequence: int) -> Key:
    return Key(
        customer_pk(customer_id),
        f"B#2#{subscription_id}#chg#{effective_on.isoformat()}#{sequence:06d}",
    )


def usage_month(customer_id: str, month: str, subject: str, meter: str, part: int = 0) -> Key:
    """`month` is `yyyy-mm`; parts above 0 hold what one item cannot."""
    suffix = f"#{part}" if part else ""
    return Key(customer_pk(customer_id), f"U#{month}#{subject}#{meter}{suffix}")


def usage_months(first: str, last: str) -> tuple[str, str]:
    """Return the bounds that take in all usage of the months `first` to `last`, both included."""
    return f"U#{first}#", f"U#{last}#{LAST}"


def rating() -> Key:
    """Return where the deployment keeps the number of its latest complete rating."""
    return Key("RATED#0", "0")


def rated(entity: str) -> Key:
    """Return where it is kept up to which day the usage of an entity is completely rated."""
    return Key(f"RATED#{entity}", "1")


def invoice(customer_id: str, invoice_id: str) -> Key:
    return Key(customer_pk(customer_id), f"I#{invoice_id}")


def pro_forma(customer_id: str, pro_forma_id: str) -> Key:
    return Key(customer_pk(customer_id), f"F#{pro_forma_id}")


def payment(customer_id: str, payment_id: str) -> Key:
    return Key(customer_pk(customer_id), f"P#{payment_id}")


def attempt(customer_id: str, invoice_id: str, number: int) -> Key:
    """Name an attempt to collect an invoice, by its number from 1."""
    return Key(customer_pk(customer_id), f"T#{invoice_id}#{number:04d}")


def unapplied(customer_id: str, credit_id: str) -> Key:
    return Key(customer_pk(customer_id), f"X#{credit_id}")


def wallet(customer_id: str, wallet_id: str) -> Key:
    return Key(customer_pk(customer_id), f"W#{wallet_id}")


def wallet_fact(customer_id: str, wallet_id: str, fact_id: str) -> Key:
    """Name what was put into a wallet, or was lost; facts lie right behind it."""
    return Key(customer_pk(customer_id), f"W#{wallet_id}#{fact_id}")


def top_up_request(customer_id: str, wallet_id: str, number: int = 0) -> Key:
    """Name what was asked for a wallet, by its number from 1; 0 is where its requests begin."""
    return Key(customer_pk(customer_id), f"Y#{wallet_id}#{f'{number:06d}' if number else ''}")


def release(customer_id: str, month: str, invoice_id: str) -> Key:
    """Name what the close of a month (`yyyy-mm`) releases of what a document deferred."""
    return Key(customer_pk(customer_id), f"G#{month}#{invoice_id}")


def closed_month(entity: str, month: str) -> Key:
    """Name the close of a month (`yyyy-mm`) of an entity's books."""
    return Key(f"K#{entity}", f"C#{month}")


def accrual(entity: str, month: str, customer_id: str, currency: str) -> Key:
    """Name what a customer used up to the end of a month (`yyyy-mm`) and was not billed for."""
    return Key(f"K#{entity}", f"A#{month}#{customer_id}#{currency}")


def reversal(entity: str, month: str, customer_id: str, currency: str) -> Key:
    """Name what takes an accrual of a month back, in the month after it."""
    return Key(f"K#{entity}", f"R#{month}#{customer_id}#{currency}")


def entry_by_hand(entity: str, entry_id: str) -> Key:
    """Name an entry of the books that lies in no other fact."""
    return Key(f"K#{entity}", f"E#{entry_id}")


def reminder(customer_id: str, invoice_id: str) -> Key:
    """Name the dunning case of an invoice."""
    return Key(customer_pk(customer_id), f"Q#{invoice_id}")


def notice(customer_id: str, invoice_id: str, notice_id: str = "") -> Key:
    """Name what a customer says of a document: it lies right behind its dunning case."""
    return Key(customer_pk(customer_id), f"Q#{invoice_id}#{notice_id}")


def child(parent_id: str, child_id: str) -> Key:
    """Name a child customer, where his parent lies."""
    return Key(customer_pk(parent_id), f"H#{child_id}")


def children() -> tuple[str, str]:
    """Return the bounds that take in all children of a customer."""
    return "H#", f"H#{LAST}"


def mail_job(customer_id: str, invoice_id: str) -> Key:
    """Name the one mail of a document."""
    return Key(customer_pk(customer_id), f"M#{invoice_id}")


def register_head(series: str) -> Key:
    return Key(f"R#{series}", "HEAD")


def register_record(series: str, first: int) -> Key:
    return Key(f"R#{series}", f"S#{first:012d}")


def run(run_id: str) -> Key:
    return Key(f"RUN#{run_id}", "0")


def batch(run_id: str, number: int) -> Key:
    return Key(f"RUN#{run_id}", f"B#{number:04d}")


def run_key(entity: str, target_on: date, attempt: int) -> Key:
    return Key(f"RUNKEY#{entity}#{target_on.isoformat()}#{attempt}", "0")


def outbox(written_at: datetime, identity: str) -> Key:
    """`identity` is derived from what is announced, so a repeated write is the same item."""
    part = shard(identity) % OUTBOX_SHARDS
    return Key(f"O#{written_at:%Y%m%d%H}#{part}", identity)


def outbox_shards(hour: datetime) -> tuple[str, ...]:
    return tuple(f"O#{hour:%Y%m%d%H}#{number}" for number in range(OUTBOX_SHARDS))


def unique(kind: str, value: str) -> Key:
    return Key(f"EXT#{kind}#{value}", "0")


def token(digest: str) -> Key:
    return Key(f"TOK#{digest}", "0")


def api_key(digest: str) -> Key:
    return Key(f"KEY#{digest}", "0")


def provider_event(provider: str, account: str, event_id: str) -> Key:
    return Key(f"EV#{provider}#{account}#{event_id}", "0")


def provider_reference(provider: str, reference: str) -> Key:
    return Key(f"PR#{provider}#{reference}", "0")


def bank_statement(statement_id: str) -> Key:
    return Key(f"BS#{statement_id}", "0")


def payer_account(iban: str, customer_id: str) -> Key:
    """Name that a customer pays from an account; others may pay from it, too."""
    return Key(f"IB#{iban}", customer_id)


def debit(attempt_id: str) -> Key:
    """Name a direct debit by the attempt that asked for it."""
    return Key(f"DD#{attempt_id}", "0")


def debit_batch(batch_id: str) -> Key:
    return Key(f"DB#{batch_id}", "0")


def idempotency(digest: str) -> Key:
    return Key(f"ID#{digest}", "0")


def version(kind: str, identity: str, number: int = 0) -> Key:
    """Version 0 is the latest; the others are never written twice."""
    return Key(f"V#{kind}#{identity}", f"v{number:04d}" if number else "0")


def exchange(base: str, quoted: str, on: date) -> Key:
    """Name the rate of a pair of currencies on a day."""
    return Key(f"FX#{base}#{quoted}", on.isoformat())


def reference_rate(from_on: str) -> Key:
    """Name the ECB's rate of a half-year, by its first day."""
    return Key("RATE#ECB", from_on)


def clock() -> Key:
    """Return where a stage that is not live keeps its business clock."""
    return Key("CLOCK#0", "0")
