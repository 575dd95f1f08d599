"""Direct debits: the files that go to the bank, and what it refuses of them."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import Field

from solde.adapters.bank.pain002 import refusals
from solde.domain.errors import NotFoundError, StateConflictError
from solde.domain.identity import no_id
from solde.ports.debits import DebitBatch
from solde.runtime import wiring
from solde.runtime.clock import business_now
from solde.runtime.debits import debit_context, debits
from solde.runtime.fields import Strict, described, instant_text, listed
from solde.runtime.paging import Asked, indexed, page
from solde.runtime.payments import payments
from solde.runtime.settings import settings
from solde.storage.debits import batch_from_item
from solde.storage.table import Key
from solde.workflows.hear_return import receive_return
from solde.workflows.write_debits import XML, file_key, write_debits

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]
PATH = "/v1/debit-batches"


class NewReturns(Strict):
    """What the bank refused of a file before it collected: pain.002, as text of the XML."""

    pain002: str = Field(min_length=1)


@router.post(PATH, status_code=201, summary="Write the files of debits that are due soon")
def write() -> dict[str, Any]:
    """Do what is done each morning; what is in a file already is in no other."""
    found = write_debits(business_now(), debit_context())
    if found.failed:
        raise StateConflictError(
            f"entity: expected a creditor_id and an iban in the registration of {found.failed[0]}"
        )
    batches = (debits().batch(one) for one in found.batches)
    return listed([_shown(one) for one in batches if one], next_cursor=None)


@router.get(PATH, summary="List the files of debits, newest first")
def every(
    cursor: Annotated[str | None, Query()] = None, limit: Annotated[int, Query()] = 20
) -> dict[str, Any]:
    rows, following = page(indexed("ddb"), Asked(cursor, limit))
    wanted = [Key(row["pk"], row["sk"]) for row in rows]
    items = wiring.table().get_many(wanted)
    data = [_shown(batch_from_item(items[key])) for key in wanted if key in items]
    return listed(data, next_cursor=following)


@router.get(f"{PATH}/<batch>/file", summary="Get the file that a bank is sent (pain.008)")
def file(batch: str) -> dict[str, Any]:
    """Return its XML as text: the bytes that were written once, in UTF-8."""
    body = wiring.archive().get(file_key(batch)) if debits().batch(batch) else None
    if body is None:
        raise NotFoundError(f"batch: {no_id('ddb', batch)}")
    return described(
        "debit_file",
        id=batch,
        name=f"{batch}.xml",
        content_type=XML,
        content=body.decode(),
        livemode=settings.live,
    )


@router.post("/v1/debit-returns", status_code=201, summary="Take in what a bank refuses of debits")
def refuse(body: NewReturns) -> dict[str, Any]:
    """Take in refusals; what comes back after its day comes by an account statement."""
    found, now = list(refusals(body.pain002)), business_now()
    new = [receive_return(one, now, payments()) for one in found]
    return described("debit_returns", refused=len(found), new=sum(new), livemode=settings.live)


def _shown(one: DebitBatch) -> dict[str, Any]:
    return described(
        "debit_batch",
        id=one.id,
        entity=one.entity,
        debits=len(one.debits),
        total=one.total,
        currency="EUR",
        created_at=instant_text(one.made_at),
        livemode=settings.live,
    )
