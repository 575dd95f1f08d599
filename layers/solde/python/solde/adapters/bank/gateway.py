"""Direct debits as a provider: nobody is called; what was stored goes to the bank in a file."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from solde.domain.attempts import Answer, Attempt, Decline, Declines, NotKnown, Settles
from solde.domain.banking.debit import became, collected_on, debit_of
from solde.ports.debits import Debits


class SepaGateway:
    """The port `Gateway`; `today` is the business day."""

    def __init__(self, debits: Debits, today: Callable[[], date]) -> None:
        self._debits, self._today = debits, today

    def charge(self, attempt: Attempt) -> Answer:
        today = self._today()
        known = self._debits.debit(attempt.id)
        if known:
            return became(known, today)
        mandate = self._debits.mandate(attempt.customer_id, attempt.method)
        invoice = self._debits.invoice(attempt.invoice_id)
        if mandate is None or not mandate.usable:
            return Declines(Decline.HARD, "no_mandate")
        if invoice is None or invoice.entity != mandate.entity:
            return Declines(Decline.HARD, "other_entity")
        mandate = self._debits.used(mandate, attempt.id)
        collect_on = collected_on(invoice.due_on, invoice.issued_on, mandate.notice_days, today)
        said = (attempt.id, attempt.invoice_id, attempt.number, attempt.amount)
        asked = debit_of(said, (invoice.entity, invoice.number), mandate, collect_on)
        return became(self._debits.ask(asked), today)

    def look_up(self, attempt: Attempt) -> Answer:
        known = self._debits.debit(attempt.id)
        return became(known, self._today()) if known else NotKnown()

    def take(self, attempt: Attempt) -> Answer:
        return self.look_up(attempt)

    def give_up(self, attempt: Attempt) -> bool:
        """Say no: there is no page, and what was sent is the bank's."""
        del attempt
        return False

    def since(self, from_: datetime, until: datetime) -> Iterable[tuple[Settles, str]]:
        """List nothing: what a bank has is in its statements."""
        del from_, until
        return ()
