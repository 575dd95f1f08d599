"""
Wallets: what was put in is what is left, used and lost, and the books know all of it.

Of what was granted no more is taken off documents than there is.
"""

from collections import Counter
from collections.abc import Iterator

from solde.domain.ledger import EXPIRED
from solde.domain.settlement import RequestStatus
from solde.ports.audit import Stored
from solde.workflows.verify.report import Finding, differing, finding


def wallets_add_up(stored: Stored) -> Finding:
    """
    I38: each top-up is left, used, lost, unpaid or taken back; what is lost is income.

    What documents took of gifts is there. Of a wallet at most one request waits for money.
    """
    lots = [one for one in stored.lots.values() if one.funds]

    def violations() -> Iterator[str]:
        lost: Counter[str] = Counter()
        booked: Counter[str] = Counter()
        for one in lots:
            assert one.funds is not None  # noqa: S101 - others were left out
            held = one.funds
            parts = one.left.minor + one.used + held.lost + held.waits + held.back
            yield from differing(f"top-up {one.id}", held.put, parts)
            for what, minor in (("left", one.left.minor), ("lost", held.lost)):
                if minor < 0:
                    yield f"top-up {one.id}: {what}: expected 0 or more, found {minor}"
            lost[one.left.currency] += held.lost - one.tax_lost
        for entry in stored.entries:
            booked[entry.currency] -= entry.movements.get(EXPIRED, 0)
        for currency in sorted({*lost, *booked}):
            what = f"{EXPIRED} in {currency} against what was lost of wallets"
            yield from differing(what, lost[currency], booked[currency])
        yield from _given(stored)
        yield from _asked(stored)

    return finding("I38", "wallets add up", len(lots) + len(stored.gifts), violations())


def _asked(stored: Stored) -> Iterator[str]:
    numbers: dict[str, list[int]] = {}
    waiting: Counter[str] = Counter()
    for one in stored.requests:
        numbers.setdefault(one.wallet, []).append(one.number)
        waiting[one.wallet] += one.status is RequestStatus.OPEN
    for wallet, found in sorted(numbers.items()):
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"wallet {wallet}: expected requests 1 to {len(found)}, found {sorted(found)}"
        if waiting[wallet] > 1:
            yield f"wallet {wallet}: expected at most 1 open request, found {waiting[wallet]}"


def _given(stored: Stored) -> Iterator[str]:
    taken: Counter[str] = Counter()
    for header in stored.headers:
        taken.update(header.gifts)
    for identity, minor in sorted(taken.items()):
        gift = stored.gifts.get(identity)
        most = gift.amount.minor if gift else 0
        if not 0 < minor <= most:
            yield f"gift {identity}: expected at most {most} taken of it, found {minor}"
