"""The gate of a payment that comes by webhook, from the raw bytes to the books."""

import pytest

from bench import billrun, carry, webhook
from bench.account import account
from functions.receive_webhook import stripe
from functions.settle_payment import settle


@pytest.fixture(scope="module")
def settled():
    with account(billrun.AT) as held:
        billrun.seeded(held, 20, 5)
        billrun.billed(held)
        return webhook.settled(held)


def test_every_delivery_is_worked(settled) -> None:
    assert settled.deliveries == 20


def test_a_delivery_takes_sixteen_write_units_at_most(settled) -> None:
    """
    Received and finished, two each with the due index. The books, in one transaction: payment 2
    and its list 1, reference 2, announcement 2, invoice 2 and its two indexes 2. One to spare.
    """
    assert settled.spent.counters.write_unit_total <= (2 + 2 + 11 + 1) * 20


def test_a_delivery_takes_no_more_calls_than_this(settled) -> None:
    """
    Received by one call; told to the bus in tens; settled by six.

    Settling reads delivery, reference (which also says what was told of it before), list and
    header, each once, books and finishes.
    """
    calls = settled.spent.counters.calls
    assert calls["dynamodb.PutItem"] == 20
    assert calls["dynamodb.TransactWriteItems"] == 20
    assert calls["dynamodb.UpdateItem"] == 20
    assert calls["dynamodb.Query"] == 20
    assert calls["dynamodb.GetItem"] <= 3 * 20 + 1  # the clock, for twenty
    assert calls["eventbridge.PutEvents"] == 2


def test_a_delivery_that_comes_again_costs_a_refused_write_and_working_it_again_one_read() -> None:
    with account(billrun.AT) as held:
        billrun.seeded(held, 1, 5)
        billrun.billed(held)
        (request,) = webhook.requests(held)
        webhook.settled(held)
        with held.measured() as received:
            assert stripe.lambda_handler(request, None)["statusCode"] == 200
        carry.announce(held, "EV#")
        (poll,) = carry.queued(held, "delivery.received", 10)
        with held.measured() as worked:
            settle.lambda_handler(poll, None)
    assert received.counters.calls == {"dynamodb.PutItem": 1}
    assert received.counters.write_unit_total == 1
    assert worked.counters.calls == {"dynamodb.GetItem": 1}
    assert worked.counters.half_read_units.total() == 2
