"""An invoice and its credit notes by hand, in process: each note is closed like an issued one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from solde.domain.catalog import ChargeKind
from solde.domain.credit import Cause, Remains, by_amount, by_lines, note_draft, remains, whole
from solde.domain.explanation import Asked, by_hand
from solde.domain.invoicing.canonical import close
from solde.domain.invoicing.document import draft_document
from solde.domain.invoicing.taken import taken_from
from solde.domain.pricing.per_unit import PerUnit
from tests.support.story import Story, issued

Document = Mapping[str, Any]


@dataclass
class Noted:
    """`invoice` is closed; `notes` grow with what is given back."""

    story: Story
    invoice: Document
    notes: list[Document] = field(default_factory=list)

    @property
    def left(self) -> Remains:
        return remains(self.invoice, self.notes)

    def gives(self, wanted: Callable[[Remains], Mapping[int, int]], reason: str = "") -> Document:
        """Issue a note over what is wanted of all that is left."""
        amounts = wanted(self.left)
        number = len(self.notes) + 1
        credits_of = {line: f"adj_{number}_{line}" for line in amounts}
        taken = taken_from(map(issued, [self.invoice, *self.notes]))
        draft = note_draft(self.invoice, amounts, Cause(f"n{number}", reason, credits_of), taken)
        entity, customer = self.story._entity(), self.story.customer
        on = {"issued_on": "2027-06-02", "due_on": "2027-06-02"}
        envelope = {"id": f"crn_{number}", "number": f"CN-{number}", **on}
        note = close(draft_document(draft, entity=entity, customer=customer), envelope)
        self.notes.append(note)
        return note


def invoiced(prices: Mapping[str, tuple[str, str]], **more: Any) -> Noted:
    """Bill prices, name → amount and tax class, for June 2027 in the regime of France."""
    story = Story(regime="FR")
    for name, (amount, taxed) in prices.items():
        story.sells(name, ChargeKind.ADVANCE, PerUnit(Decimal(amount)), tax_class=taxed, **more)
    story.subscribes("s", "2027-06-01", dict.fromkeys(prices, 1))
    story.bills("2027-06-01")
    return Noted(story, story.documents[0])


SOLD = {"one": ("30.00", "standard"), "two": ("60.00", "standard"), "three": ("45.00", "reduced")}


def explained(one: Noted, asked: Asked) -> tuple[Document, Document]:
    """Issue what is asked for as a note; return it with its tree."""
    left, taken = one.left, taken_from(map(issued, [one.invoice, *one.notes]))
    if asked.lines:
        amounts = by_lines(left, asked.lines)
    else:
        amounts = whole(left) if asked.minor is None else by_amount(left, asked.minor)
    number = len(one.notes) + 1
    credits_ = None if asked.again else {line: f"adj_{number}_{line}" for line in amounts}
    draft = note_draft(one.invoice, amounts, Cause(f"n{number}", "Sorry", credits_), taken)
    one.gives(lambda _: amounts, "Sorry")
    return one.notes[-1], by_hand(one.invoice, left, asked, draft, taken)
