"""What is taken off: of lines, of the document, by percent, amount and gift."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from local.documents.life import Document, Life
from local.documents.parties import BUSINESS, FRANCE, SELLER, sold
from local.documents.samples.taxed import ON, billed, month
from local.documents.texts import says
from solde.domain.catalog import ChargeKind
from solde.domain.discounts import Discount, Gift, Level
from solde.domain.money import Money
from solde.domain.pricing.per_unit import PerUnit

TEN, FIVE, WHOLE = (Discount(percent=Decimal(one)) for one in (10, 5, 100))
FIFTEEN = Discount(amount=Money(15_00, "EUR"))


def less(*offers: tuple[str, Discount, Level]) -> Document:
    life = month()
    life.grants("1", [(says(name), discount, level) for name, discount, level in offers])
    return billed(life)


def two_rates(*offers: tuple[str, Discount, Level]) -> Document:
    """33.33 and 66.67 at 20 %, 49.99 at 5.5 %: 15.00 off are 10.00 and 5.00."""
    life = Life(BUSINESS, SELLER, FRANCE)
    books = sold("books", "reduced", goods=True)
    life.sells("seats", ChargeKind.ADVANCE, PerUnit(Decimal("33.33")))
    life.sells("plus", ChargeKind.ADVANCE, PerUnit(Decimal("66.67")))
    life.sells("books", ChargeKind.ADVANCE, PerUnit(Decimal("49.99")), product=books)
    life.subscribes("1", ON, {name: (says(name), 1) for name in ("seats", "plus", "books")})
    life.grants("1", [(says(name), discount, level) for name, discount, level in offers])
    return billed(life)


def gift() -> Document:
    life = month()
    life.gifts.append(Gift("gft_1", "wal_1", says("gift"), Money(20_00, "EUR"), date(2027, 1, 1)))
    return billed(life)


def inclusive() -> Document:
    """9.99 less 10 %: 8.99 with tax, which is 7.49 and 1.50."""
    life = Life(BUSINESS, replace(SELLER), FRANCE)
    life.sells("mobile", ChargeKind.ADVANCE, PerUnit(Decimal("9.99")), tax_included=True)
    life.subscribes("1", ON, {"mobile": (says("mobile"), 1)})
    life.grants("1", [(says("welcome"), TEN, Level.LINE)])
    return billed(life)


SAMPLES: dict[str, Callable[[], Document]] = {
    "discount-line": lambda: less(("welcome", TEN, Level.LINE)),
    "discount-line-twice": lambda: less(
        ("welcome", TEN, Level.LINE), ("loyalty", FIVE, Level.LINE)
    ),
    "discount-line-amount": lambda: less(("spring", FIFTEEN, Level.LINE)),
    "discount-document": lambda: two_rates(("spring", TEN, Level.DOCUMENT)),
    "discount-document-amount": lambda: two_rates(("spring", FIFTEEN, Level.DOCUMENT)),
    "discount-line-and-document": lambda: two_rates(
        ("welcome", TEN, Level.LINE), ("spring", FIVE, Level.DOCUMENT)
    ),
    "discount-gift": gift,
    "discount-inclusive": inclusive,
    "zero-total": lambda: less(("welcome", WHOLE, Level.LINE)),
}
