"""A wallet: what may be put in, what is taken, what is lost; and the books at every step."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from solde.domain.discounts import Gift
from solde.domain.errors import InvalidError
from solde.domain.ledger import (
    BANK,
    EXPIRED,
    RECEIVABLE,
    UNAPPLIED,
    VAT,
    entry,
    entry_of_end,
    entry_of_top_up,
    of_tax_used,
)
from solde.domain.money import Money
from solde.domain.settlement import (
    Funds,
    Lot,
    Purpose,
    Refill,
    Scope,
    Wallet,
    prepay,
    taken_at_issue,
)
from tests.support.laws import often

DAY = date(2027, 6, 1)
D = Decimal


def wallet(currency: str = "EUR", **more) -> Wallet:
    return Wallet("wal", "cus", "fr", currency, "Calls", more.pop("purpose", Purpose.MULTI), **more)


def taxed(lot: Lot, tax: int) -> Lot:
    """Return a top-up whose tax was due when it was paid."""
    assert lot.funds is not None
    return replace(lot, funds=replace(lot.funds, tax=tax))


def test_a_top_up_is_a_lot_with_what_the_wallet_says() -> None:
    mine = wallet(rank=3, days=30)
    lot = mine.filled("lot", Money(50_00, "EUR"), DAY)
    assert (lot.left, lot.on, lot.booked) == (Money(50_00, "EUR"), DAY, 50_00)
    assert lot.funds is not None
    assert (lot.funds.wallet, lot.funds.rank, lot.funds.put) == ("wal", 3, 50_00)
    assert lot.funds.until_on == date(2027, 7, 1)  # the 30 days are 1 to 30 June
    asked = mine.filled("lot", Money(1, "EUR"), DAY, until_on=date(2027, 6, 2)).funds
    assert asked is not None
    assert asked.until_on == date(2027, 6, 2)
    for_ever = wallet().filled("lot", Money(1, "EUR"), DAY).funds
    assert for_ever is not None
    assert for_ever.until_on is None


def test_purposes_are_stored_and_asked_for_by_these_words() -> None:
    assert [one.value for one in Purpose] == ["single_purpose", "multi_purpose", "granted"]


def test_a_lot_has_all_that_its_wallet_has() -> None:
    calls = Scope(products=frozenset({"calls"}))
    plain = wallet().filled("lot", Money(1, "EUR"), DAY)
    assert plain == Lot("lot", "cus", "fr", Money(1, "EUR"), DAY, funds=Funds("wal", 1, 50))
    mine = wallet(scope=calls, rank=100, days=36_500)
    whole = mine.filled("lot", Money(120_00, "EUR"), DAY)
    end = date(2127, 5, 8)  # 36,500 days: a century less its 25 leap days
    assert whole.funds == Funds("wal", 120_00, 100, end, calls)
    sooner = mine.filled("lot", Money(1, "EUR"), DAY, until_on=date(2027, 6, 2)).funds
    assert sooner == Funds("wal", 1, 100, date(2027, 6, 2), calls)
    assert wallet(days=1, rank=1, credit_value=D("0.0001")).days == 1


def test_what_is_granted_is_a_gift_with_all_that_the_wallet_says() -> None:
    scope = Scope(frozenset({"usage"}), frozenset({"calls"}))
    mine = wallet(purpose=Purpose.GRANTED, rank=3, days=30, scope=scope)
    kinds, products = scope.kinds, scope.products
    end = date(2027, 7, 1)
    assert mine.given("lot", Money(5, "EUR"), DAY) == Gift(
        "lot", "wal", "Calls", Money(5, "EUR"), DAY, end, 3, kinds, products
    )
    sooner = date(2027, 6, 2)
    found = mine.given("lot", Money(5, "EUR"), DAY, until_on=sooner, reference="SUMMER")
    assert (found.until_on, found.reference) == (sooner, "SUMMER")
    for_ever = wallet(purpose=Purpose.GRANTED).given("lot", Money(5, "EUR"), DAY)
    assert (for_ever.until_on, for_ever.rank, for_ever.kinds) == (None, 50, frozenset())
    for money in (Money(5, "USD"), Money(0, "EUR")):
        with pytest.raises(InvalidError, match="expected"):
            mine.given("lot", money, DAY)
    for purpose, why in (
        (Purpose.GRANTED, "refill: expected none where nothing is paid, found one"),
        (Purpose.SINGLE, "refill: expected none where each top-up is invoiced, found one"),
    ):
        with pytest.raises(InvalidError, match=f"^{why}$") as refused:
            wallet(purpose=purpose, scope=Scope(products=frozenset("a")), refill=Refill(1, 1))
        assert refused.value.pointer == "/refill"


def test_a_single_purpose_is_some_products() -> None:
    with pytest.raises(InvalidError, match=r"^products: expected those .*, found none$") as refused:
        wallet(purpose=Purpose.SINGLE, scope=Scope(kinds=frozenset({"usage"})))
    assert refused.value.pointer == "/products"
    calls = Scope(products=frozenset({"calls"}))
    assert wallet(purpose=Purpose.SINGLE, scope=calls).scope == calls


@pytest.mark.parametrize(
    ("money", "until_on", "said", "pointer"),
    [
        (Money(1, "USD"), None, "currency: expected EUR, found USD", "/currency"),
        (Money(0, "EUR"), None, "amount: expected above 0, found 0", "/amount"),
        (Money(-5, "EUR"), None, "amount: expected above 0, found -5", "/amount"),
        (
            Money(1, "EUR"),
            DAY,
            "expires_on: expected after 2027-06-01, found 2027-06-01",
            "/expires_on",
        ),
    ],
)
def test_what_cannot_be_put_in_is_refused(money, until_on, said, pointer) -> None:
    with pytest.raises(InvalidError, match=said) as refused:
        wallet().filled("lot", money, DAY, until_on=until_on)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rank": 0}, "rank: expected 1 to 100, found 0"),
        ({"rank": 101}, "rank: expected 1 to 100, found 101"),
        ({"days": 0}, "days: expected 1 to 36500, found 0"),
        ({"days": 36_501}, "days: expected 1 to 36500, found 36501"),
        ({"credit_value": D(0)}, "credit_value: expected above 0, found 0"),
    ],
)
def test_nonsense_is_no_wallet(more, said) -> None:
    with pytest.raises(InvalidError, match=f"^{said}$") as refused:
        wallet(**more)
    (field,) = more
    assert refused.value.pointer == f"/{field}"


def test_credits_are_worth_what_the_wallet_says() -> None:
    assert wallet(credit_value=D("0.015")).worth(D(7)) == Money(11, "EUR")  # 0.105
    assert wallet("JPY").worth(D("2.5")) == Money(3, "JPY")
    assert wallet().worth(D("2.5")) == Money(2_50, "EUR")  # one is worth 1.00


def test_a_wallet_that_runs_low_wants_more() -> None:
    mine = wallet(refill=Refill(10_00, 50_00))
    assert (mine.wants(9_99), mine.wants(10_00)) == (Money(50_00, "EUR"), None)
    assert wallet().wants(0) is None
    for field, values in (("below", (0, 1)), ("amount", (1, 0)), ("amount", (1, -1))):
        found = min(values)
        said = f"^{field}: expected above 0, found {found}$"
        with pytest.raises(InvalidError, match=said) as refused:
            Refill(*values)
        assert refused.value.pointer == f"/refill/{field}"
    assert wallet(refill=Refill(1, 1)).wants(0) == Money(1, "EUR")


def test_what_is_left_at_the_end_is_lost_without_its_tax() -> None:
    """120.00 with 20.00 of tax, 54.00 used: 66.00 are left, 55.00 of them income."""
    lot = taxed(wallet().filled("lot", Money(120_00, "EUR"), DAY), 20_00)
    assert lot.booked == 100_00
    used = lot.moved(-54_00).moved(54_00, "inv")
    ended = used.ended()
    assert (used.booked, ended.booked, ended.left.minor) == (55_00, 0, 0)
    assert ended.funds is not None
    assert (ended.funds.lost, ended.used) == (66_00, 54_00)
    plain = Lot("crn", "cus", "fr", Money(1, "EUR"))
    assert plain.ended() == plain


class Purse(RuleBasedStateMachine):
    """Two wallets in two currencies: filled, used, expired, given up, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.lots: dict[str, Lot] = {}
        self.books: Counter[tuple[str, str]] = Counter()
        self.paid: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.day, self.number = DAY, 0

    def book(self, currency: str, movements: dict[str, int]) -> None:
        made = entry(currency, movements)
        assert sum(made.movements.values()) == 0
        for account, minor in made.movements.items():
            self.books[currency, account] += minor

    @rule(
        minor=st.integers(1, 500),
        days=st.one_of(st.none(), st.integers(1, 4)),
        currency=st.sampled_from(["EUR", "USD"]),
        rank=st.integers(1, 3),
        rate=st.sampled_from([0, 0, 20]),
    )
    def fill(self, minor, days, currency, rank, rate) -> None:
        self.number += 1
        name, received = f"lot_{self.number}", Money(minor, currency)
        tax = minor - minor * 100 // (100 + rate)
        mine = wallet(currency, rank=rank, days=days)
        self.lots[name] = taxed(mine.filled(name, received, self.day), tax)
        self.paid[currency] += minor
        if tax:
            sold = {RECEIVABLE: minor, UNAPPLIED: tax - minor, VAT: -tax}
            self.book(currency, sold)
            self.book(currency, {BANK: minor, RECEIVABLE: -minor})
        else:
            self.book(currency, entry_of_top_up(received).movements)

    @rule(due=st.integers(1, 700), currency=st.sampled_from(["EUR", "USD"]))
    def bill(self, due, currency) -> None:
        self.number += 1
        totals = {"gross": due, "prepaid": 0, "due": due}
        draft = {"kind": "invoice", "currency": currency, "totals": totals}
        usable = [
            one
            for one in self.lots.values()
            if one.left.currency == currency
            and not (one.funds and one.funds.until_on and one.funds.until_on <= self.day)
        ]
        (planned,) = prepay([draft], list(self.lots.values()), self.day)
        closed = {**planned, "envelope": {"id": f"inv_{self.number}"}}
        (used,), moved = taken_at_issue([closed], self.lots)
        assert used.minor == min(due, sum(one.left.minor for one in usable))
        self.lots |= moved
        booked = Counter({RECEIVABLE: -used.minor, UNAPPLIED: used.minor})
        booked.update(of_tax_used(used.tax))
        self.book(currency, booked)

    @rule(days=st.integers(1, 3))
    def wait(self, days) -> None:
        self.day += timedelta(days=days)

    @rule()
    def expire(self) -> None:
        for one in list(self.lots.values()):
            if one.funds and one.funds.until_on and one.funds.until_on <= self.day:
                self.end(one)

    @precondition(lambda self: self.lots)
    @rule(data=st.data())
    def give_up(self, data) -> None:
        self.end(self.lots[data.draw(st.sampled_from(sorted(self.lots)))])

    def end(self, lot: Lot) -> None:
        ended = lot.ended()
        broken = lot.booked - ended.booked
        assert broken == lot.booked
        self.lost[lot.left.currency] += broken
        code = lot.left.currency
        self.book(code, entry_of_end(code, booked=broken).movements)
        self.lots[lot.id] = ended

    @invariant()
    def nothing_is_negative_and_nothing_is_lost(self) -> None:
        put: Counter[str] = Counter()
        for one in self.lots.values():
            assert one.left.minor >= 0
            assert one.booked >= 0
            assert one.funds is not None
            assert one.funds.put == one.left.minor + one.used + one.funds.lost
            put[one.left.currency] += one.funds.put
        assert put == self.paid

    @invariant()
    def the_books_say_the_same(self) -> None:
        for code in ("EUR", "USD"):
            mine = {acc: minor for (cur, acc), minor in self.books.items() if cur == code}
            owed = sum(one.booked for one in self.lots.values() if one.left.currency == code)
            assert sum(mine.values()) == 0
            assert -mine.get(UNAPPLIED, 0) == owed
            assert -mine.get(EXPIRED, 0) == self.lost[code]
            assert mine.get(BANK, 0) == self.paid[code]


TestPurse = Purse.TestCase
TestPurse.settings = settings(often(50), stateful_step_count=20)
