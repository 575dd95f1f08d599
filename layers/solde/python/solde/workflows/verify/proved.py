"""What stored data cannot prove: invariants that are properties of tests, and which tests."""

from typing import NamedTuple


class ByTest(NamedTuple):
    """An invariant with the test that proves it: a file below tests/, and its function."""

    code: str
    title: str
    file: str
    test: str

    @property
    def said(self) -> str:
        return f"proved by test {self.test}"


PROVED = (
    ByTest(
        "I6",
        "the same inputs give the same bytes",
        "unit/domain/usage/test_partial.py",
        "test_any_order_and_any_files_give_the_same_bytes",
    ),
    ByTest(
        "I10",
        "refunds are the largest total told",
        "unit/workflows/test_settle_payment.py",
        "test_a_refund_above_the_payment_is_parked",
    ),
    ByTest(
        "I11",
        "an attempt is stored before the call",
        "unit/workflows/test_send_mail.py",
        "test_a_worker_that_died_while_sending_is_not_repeated_blindly",
    ),
    ByTest(
        "I13",
        "what does not verify writes nothing",
        "functions/test_webhook.py",
        "test_a_delivery_that_is_not_proved_writes_nothing",
    ),
    ByTest(
        "I14",
        "every order of facts ends the same",
        "unit/workflows/test_settle_payment.py",
        "test_every_order_of_the_same_facts_ends_the_same",
    ),
    ByTest(
        "I19",
        "two runs at once are one run",
        "unit/workflows/bill_run/test_steps.py",
        "test_started_twice_is_one_run_and_one_set_of_invoices",
    ),
    ByTest(
        "I23",
        "a link opens one document",
        "unit/workflows/test_show_invoice.py",
        "test_one_document_until_its_last_day_and_nothing_else",
    ),
    ByTest(
        "I29",
        "any input gets a controlled answer",
        "functions/test_api.py",
        "test_hostile_bodies_are_4xx_and_leave_nothing",
    ),
    ByTest(
        "I31",
        "secrets roll over without a loss",
        "unit/adapters/stripe/test_signature.py",
        "test_the_verdict_is_the_one_of_stripes_library",
    ),
)
